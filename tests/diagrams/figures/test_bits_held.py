import json

import numpy as np
import pytest

from tests.diagrams.svg_numbers import assert_numbers, dots, read_off, shapes, words
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/experiments/bits_held.json").read_text())["facts"]
UNITS, BITS, HIDDEN = (1, 2, 3, 4, 5, 6, 8), (2, 3, 4), (0, 16)
X_TICKS, Y_TICKS = {"1": 1, "8": 8}, {"0": 0, "100 %": 1}


def rates(bits: int, units: int, hidden: int) -> list[float]:
    return FACTS[f"flip_flops-{bits}-units-{units}-hidden-{hidden}"]["right"]["seeds"]


def test_dots_are_the_seeds_and_lines_their_means():
    for panel, bits in enumerate(BITS):
        for hidden, shift in zip(HIDDEN, (-4, 4), strict=True):
            name = f"{bits}-{hidden}"
            middles = [(x - shift, y) for x, y in dots("bits-held", f"seeds-{name}")]
            found = read_off("bits-held", middles, X_TICKS, Y_TICKS, panel)
            wanted = [(units, rate) for units in UNITS for rate in rates(bits, units, hidden)]
            assert [x for x, _ in found] == pytest.approx([x for x, _ in wanted], rel=0.05, abs=0.05)
            assert [y for _, y in found] == pytest.approx([y for _, y in wanted], abs=0.01)
            line = read_off("bits-held", shapes("bits-held")[f"means-{name}"], X_TICKS, Y_TICKS, panel)
            means = [(units, np.mean(rates(bits, units, hidden))) for units in UNITS]
            assert np.array(line) == pytest.approx(np.array(means), abs=0.02)


def test_the_dashed_line_is_of_bits_that_are_held_and_guessed():
    for panel, bits in enumerate(BITS):
        line = read_off("bits-held", shapes("bits-held")[f"held-{bits}"], X_TICKS, Y_TICKS, panel)
        wanted = [(units, 0.5 ** max(bits - units, 0)) for units in range(1, 9)]
        assert np.array(line) == pytest.approx(np.array(wanted), abs=0.02)


def test_the_numbers():
    numbers = {
        f"mean-{bits}-{hidden}": 100 * np.mean(rates(bits, bits - 1, hidden)) for bits in BITS for hidden in HIDDEN
    }
    assert_numbers("bits-held", {gid: float(value.round()) for gid, value in numbers.items()})


def test_the_page_the_caption_and_the_alternative_text_hold():
    for bits in (1, *BITS):
        for units in UNITS:
            linear = np.mean(rates(bits, units, 0))
            assert linear == pytest.approx(0.5 ** max(bits - units, 0), abs=0.02)
            assert (min(rates(bits, units, 0)) >= 0.95) == (units >= bits)
            if units < bits:
                assert np.mean(rates(bits, units, 16)) > linear + 0.05
                assert max(rates(bits, units, 16)) < 0.95


def test_the_words():
    assert words("bits-held")[0] == "All bits right at once, by number of units N"
    assert [word for word in words("bits-held") if word.endswith(("bit", "bits"))] == [
        "2 bits",
        "3 bits",
        "4 bits",
    ]
