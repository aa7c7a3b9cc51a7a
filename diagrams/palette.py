"""Colours by role. Figures name roles; this is the only module that knows colours."""

from typing import NamedTuple


class Shade(NamedTuple):
    """One role's colour on a light and on a dark page."""

    light: str
    dark: str


# The light colours are all different, because an exported SVG is searched for them to find the roles again.
ROLES: dict[str, Shade] = {
    "ink": Shade("#1f2933", "#e6e9ef"),
    "muted": Shade("#556270", "#aab4c3"),
    "wire": Shade("#8793a0", "#8592a3"),
    "line": Shade("#c6ced7", "#454e5c"),
    "band": Shade("#f2f5f8", "#272c36"),
    "paper": Shade("#ffffff", "#1e2129"),
    "input": Shade("#475569", "#b8c3d2"),
    "input-soft": Shade("#e6ebf1", "#303845"),
    "unit-0": Shade("#1d5fd6", "#82adff"),
    "unit-0-soft": Shade("#dfeafc", "#1f3157"),
    "unit-1": Shade("#b8430a", "#ff9f66"),
    "unit-1-soft": Shade("#fce8dc", "#4b2b19"),
    "unit-2": Shade("#15763a", "#63d58d"),
    "unit-2-soft": Shade("#dff3e5", "#183b27"),
    "unit-3": Shade("#9a1ba6", "#e892f2"),
    "unit-3-soft": Shade("#f8e3fa", "#45214c"),
    "unit-4": Shade("#5f6600", "#cdd65a"),
    "unit-4-soft": Shade("#f0f2d0", "#363a12"),
    "unit-5": Shade("#a8164f", "#ff8fb8"),
    "unit-5-soft": Shade("#fbe0ea", "#4a1a2e"),
    "gate-i": Shade("#0d6d66", "#52d3c3"),
    "gate-i-soft": Shade("#d8f1ee", "#153b38"),
    "gate-f": Shade("#b8123a", "#ff8299"),
    "gate-f-soft": Shade("#fce1e6", "#4d1f2a"),
    "gate-g": Shade("#8a5a00", "#e9bf55"),
    "gate-g-soft": Shade("#f9edcf", "#40331a"),
    "gate-o": Shade("#5527b3", "#b9a1ff"),
    "gate-o-soft": Shade("#e9e1fa", "#31275a"),
    "cell": Shade("#84400d", "#e2aa72"),
    "cell-soft": Shade("#f6e6d8", "#43301f"),
    "hidden": Shade("#0c677f", "#60cbe2"),
    "hidden-soft": Shade("#d9eff5", "#173944"),
    "moved": Shade("#ffc400", "#ffc400"),  # by what a reader holds
}


def colour(role: str) -> str:
    """Return the colour to draw a role with.

    >>> colour("paper")
    '#ffffff'
    """
    if role not in ROLES:
        raise ValueError(f"{role!r} is not a role of the palette; the roles are {', '.join(ROLES)}")
    return ROLES[role].light


def stylesheet() -> str:
    """Return the CSS that gives every role its colour, following the page's `color-scheme`.

    >>> "--fig-ink:light-dark(#1f2933,#e6e9ef);" in stylesheet()
    True
    """
    light = [f"--fig-{role}:{shade.light};" for role, shade in ROLES.items()]  # for a browser without light-dark()
    both = [f"--fig-{role}:light-dark({shade.light},{shade.dark});" for role, shade in ROLES.items()]
    supported = ["@supports (color: light-dark(#000, #fff)) {", ":root {", *both, "}", "}"]
    return "\n".join([":root {", *light, "}", *supported, ""])
