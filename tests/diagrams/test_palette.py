"""The colours: told apart, and legible on what they stand on, in light and in dark."""

import re

import pytest

from diagrams import palette
from tests.diagrams.contrast import contrast

MODES = ("light", "dark")
TEXT_ROLES = [role for role in palette.ROLES if f"{role}-soft" in palette.ROLES] + ["muted", "ink"]
SOFT = [role for role in palette.ROLES if role.endswith("-soft")]
GROUNDS = {role: ["paper", "band", *(soft for soft in SOFT if soft == f"{role}-soft")] for role in TEXT_ROLES}
GROUNDS["ink"] += SOFT


def apart(role: str, ground: str, mode: str) -> float:
    return contrast(getattr(palette.ROLES[role], mode), getattr(palette.ROLES[ground], mode))


@pytest.mark.parametrize("mode", MODES)
def test_text_stands_out_from_its_ground(mode):
    pairs = [(role, ground) for role in TEXT_ROLES for ground in GROUNDS[role]]
    assert len(pairs) > 3 * len(TEXT_ROLES)
    assert not {pair: apart(*pair, mode) for pair in pairs if apart(*pair, mode) < 4.5}


@pytest.mark.parametrize(("mode", "least"), [("light", 2.8), ("dark", 4.4)])  # WCAG asks 3 of a line that alone tells
def test_wires_stand_out_from_their_ground(mode, least):
    assert all(apart("wire", ground, mode) >= least for ground in ("paper", "band"))


def test_colours_are_all_different():
    for mode in MODES:
        colours = [getattr(shade, mode) for shade in palette.ROLES.values()]
        assert len(colours) == len(set(colours))


def test_stylesheet_gives_every_role_its_two_colours():
    given = re.findall(r"--fig-([\w-]+):light-dark\((#\w+),(#\w+)\);", palette.stylesheet())
    assert given == [(role, *shade) for role, shade in palette.ROLES.items()]


def test_unknown_role_is_refused():
    with pytest.raises(ValueError, match="'gate-x' is not a role"):
        palette.colour("gate-x")
