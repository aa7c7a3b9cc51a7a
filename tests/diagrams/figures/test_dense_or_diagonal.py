import json

import numpy as np
import pytest

from lstm_ref import LSTM
from tests.diagrams.svg_numbers import assert_numbers, dots, read_off, shapes, words
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/experiments/counting.json").read_text())["facts"]
SIZES = {"dense": (1, 2, 3, 4, 6, 8), "diagonal": (1, 2, 4, 8, 16)}
MODULI, SHIFTS = (2, 3, 4, 8), {"dense": -4, "diagonal": 4}
X_TICKS, Y_TICKS = {"1": 1, "16": 16}, {"0": 0, "100 %": 1}


def rates(modulus: int, links: str, units: int, length: str) -> list[float]:
    return FACTS[f"modulus-{modulus}-links-{links}-units-{units}"][length]["seeds"]


def test_strokes_are_the_seeds_and_lines_their_means():
    for panel, modulus in enumerate(MODULI):
        for links, sizes in SIZES.items():
            strokes = dots("dense-or-diagonal", f"seeds-{modulus}-{links}-right")
            middles = [(x - SHIFTS[links], y) for x, y in strokes]
            found = read_off("dense-or-diagonal", middles, X_TICKS, Y_TICKS, panel, log="x")
            wanted = [(units, rate) for units in sizes for rate in rates(modulus, links, units, "right")]
            assert [x for x, _ in found] == pytest.approx([x for x, _ in wanted], rel=0.05, abs=0.05)
            assert [y for _, y in found] == pytest.approx([y for _, y in wanted], abs=0.01)
            for length in ("right", "right_long"):
                line = shapes("dense-or-diagonal")[f"means-{modulus}-{links}-{length}"]
                means = [(units, np.mean(rates(modulus, links, units, length))) for units in sizes]
                drawn = read_off("dense-or-diagonal", line, X_TICKS, Y_TICKS, panel, log="x")
                assert np.array(drawn) == pytest.approx(np.array(means), rel=0.03, abs=0.02)


def test_the_numbers_are_of_layers_with_as_many_weights():
    chosen = {"dense": 4, "diagonal": 8}
    numbers = {
        f"mean-{modulus}-{links}": float(np.round(100 * np.mean(rates(modulus, links, units, "right"))))
        for modulus in MODULI
        for links, units in chosen.items()
    }
    assert_numbers("dense-or-diagonal", numbers)


def test_guessing_is_right_once_in_as_many_as_the_modulus():
    for panel, modulus in enumerate(MODULI):
        line = shapes("dense-or-diagonal")[f"guessed-{modulus}"]
        levels = [y for _, y in read_off("dense-or-diagonal", line, X_TICKS, Y_TICKS, panel, log="x")]
        assert levels == pytest.approx([1 / modulus] * 2, abs=0.01)


def test_the_page_the_caption_and_the_alternative_text_hold():
    for modulus in MODULI[1:]:
        for units in SIZES["dense"][2:]:
            assert min(rates(modulus, "dense", units, "right")) >= 0.95
        for units in SIZES["diagonal"]:
            assert max(rates(modulus, "diagonal", units, "right")) < 0.7
    for modulus in MODULI:
        best = {links: max(np.mean(rates(modulus, links, units, "right")) for units in SIZES[links]) for links in SIZES}
        assert best["dense"] > 0.99
        assert (best["diagonal"] > 0.99) == (modulus == 2)
    for dense, diagonal in ((4, 8), (6, 16)):
        layer = LSTM(dense)
        layer.build((None, None, 1))
        assert layer.count_params() == diagonal * 4 * 3  # x, its own h, bias, for each gate
        for links, units in (("dense", dense), ("diagonal", diagonal)):
            assert FACTS[f"modulus-4-links-{links}-units-{units}"]["weights"] == layer.count_params()


def test_the_words():
    assert words("dense-or-diagonal")[:5] == [
        "Count right, by number of units N",
        "dense: units read one another",
        "diagonal: they do not",
        "mean, 40 timesteps, as trained",
        "mean, 400 timesteps",
    ]
