"""The vocabulary of the figures: canvas, label, box, wire, values, node, brace.

Coordinates are SVG user units, x to the right and y downwards, so that a number here is the number in the file.
"""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path

from diagrams.palette import colour

TEXT, SMALL, HEADING = 12.5, 11.0, 14.0


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """Return an empty figure whose axes cover it, one data unit to one SVG user unit.

    >>> canvas(460, 300)[0].get_size_inches().round(2).tolist()
    [6.39, 4.17]
    """
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.set_axis_off()
    return figure, axes


def number(value: float, digits: int = 2) -> str:
    """Write a number as the figures do: fixed digits, a true minus sign, and no minus before zero.

    >>> number(-0.5), number(-0.001), number(3.0, digits=0)
    ('−0.50', '0.00', '3')
    """
    text = f"{value:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def label(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    role: str = "ink",
    size: float = TEXT,
    align: str = "center",
    bold: bool = False,
    gid: str | None = None,
) -> None:
    """Write text, its vertical middle at y. `align` is `left`, `center` or `right`.

    >>> figure, axes = canvas(100, 50)
    >>> label(axes, 50, 25, "unit 0", role="unit-0")
    >>> axes.texts[0].get_text()
    'unit 0'
    """
    axes.text(
        x,
        y,
        text,
        color=colour(role),
        fontsize=size,
        ha=align,
        va="center_baseline",
        fontweight="bold" if bold else "normal",
        gid=gid,
    )


def box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str = "paper",
    edge: str | None = "line",
    radius: float = 4,
    line_width: float = 1.2,
    dashed: bool = False,
    gid: str | None = None,
) -> None:
    """Draw a rectangle with its left upper corner at (x, y).

    >>> figure, axes = canvas(100, 50)
    >>> box(axes, 10, 10, 40, 20, fill="unit-0-soft", edge="unit-0")
    >>> len(axes.patches)
    1
    """
    axes.add_artist(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle=f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0",
            facecolor=colour(fill),
            edgecolor="none" if edge is None else colour(edge),
            linewidth=0 if edge is None else line_width,
            linestyle=(0, (4, 3)) if dashed else "solid",
            joinstyle="round",
            gid=gid,
            clip_on=False,
        )
    )


def wire(
    axes: Axes,
    points: Sequence[tuple[float, float]],
    role: str = "wire",
    width: float = 1.2,
    arrow: bool = True,
    dashed: bool = False,
    gid: str | None = None,
) -> None:
    """Draw straight pieces from point to point, with an arrow head at the last.

    >>> figure, axes = canvas(100, 50)
    >>> wire(axes, [(10, 10), (50, 10), (50, 40)], role="cell")
    >>> len(axes.patches)
    1
    """
    axes.add_artist(
        FancyArrowPatch(
            path=Path(points),
            arrowstyle=f"-|>,head_length={2.2 + 1.2 * width},head_width={1.2 + 0.8 * width}" if arrow else "-",
            mutation_scale=1,
            color=colour(role),
            linewidth=width,
            linestyle=(0, (4, 3)) if dashed else "solid",
            joinstyle="round",
            capstyle="butt",
            shrinkA=0,
            shrinkB=0,
            gid=gid,
            clip_on=False,
        )
    )


def value_box(
    axes: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    value: float,
    role: str,
    gid: str,
    size: float = TEXT,
    digits: int = 2,
) -> None:
    """Draw a soft box of a role with a number in its middle; `gid` names the number for the tests, `gid`-box the box.

    >>> figure, axes = canvas(100, 50)
    >>> value_box(axes, 10, 10, 40, 20, -0.25, role="hidden", gid="h-t0-u0")
    >>> axes.texts[0].get_text(), axes.texts[0].get_gid()
    ('−0.25', 'h-t0-u0')
    """
    box(axes, x, y, width, height, fill=f"{role}-soft", edge=role, radius=3, line_width=1, gid=f"{gid}-box")
    label(axes, x + width / 2, y + height / 2, number(value, digits), size=size, gid=gid)


def node(
    axes: Axes,
    x: float,
    y: float,
    sign: str,
    role: str = "ink",
    radius: float = 10,
    gid: str | None = None,
) -> None:
    """Draw an operation, `×` or `+`, as a sign in a circle around (x, y).

    >>> figure, axes = canvas(100, 50)
    >>> node(axes, 50, 25, "×", role="cell")
    >>> len(axes.patches)
    3
    """
    circle = Circle((x, y), radius, facecolor=colour("paper"), edgecolor=colour(role), linewidth=1.4, gid=gid)
    circle.set_clip_on(False)
    axes.add_artist(circle)
    # Drawn, not written: fonts disagree about where in its line a sign stands.
    arm = 0.45 * radius
    ends = {"+": [(arm, 0), (0, arm)], "×": [(0.8 * arm, 0.8 * arm), (0.8 * arm, -0.8 * arm)]}[sign]
    for k, (dx, dy) in enumerate(ends):
        arm_gid = None if gid is None else f"{gid}-arm-{k}"
        wire(axes, [(x - dx, y - dy), (x + dx, y + dy)], role=role, width=1.6, arrow=False, gid=arm_gid)


def brace(
    axes: Axes, left: float, right: float, y: float, depth: float = 6, role: str = "muted", gid: str | None = None
) -> None:
    """Draw a square bracket from `left` to `right` at height y; it embraces what is `depth` below it (above, if < 0).

    >>> figure, axes = canvas(100, 50)
    >>> brace(axes, 10, 90, 20)
    >>> len(axes.patches)
    1
    """
    wire(axes, [(left, y + depth), (left, y), (right, y), (right, y + depth)], role, 1.4, arrow=False, gid=gid)
