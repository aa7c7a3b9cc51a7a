import re

from diagrams.figures import dense_vs_lstm as figure
from tests.diagrams.svg_numbers import assert_numbers, assert_wires, shapes, words

TIMESTEPS, FEATURES, UNITS = 5, 3, 4
READ_BY_DENSE, READ_BY_LSTM = FEATURES + 1, FEATURES + UNITS + 1  # the 1 is the bias


def test_every_number_follows_from_the_shapes():
    expected = {
        "dense-in": [FEATURES],
        "dense-out": [UNITS],
        "dense-of-one": [FEATURES, 1, READ_BY_DENSE],
        "dense-of-all": UNITS * READ_BY_DENSE,
        "lstm-in": [TIMESTEPS, FEATURES],
        "lstm-out": [UNITS],
        "lstm-of-one": [4, FEATURES, UNITS, 1, 4 * READ_BY_LSTM],
        "lstm-of-all": 4 * UNITS * READ_BY_LSTM,
    }
    assert_numbers("dense-vs-lstm", expected)
    numbers = [UNITS, UNITS, FEATURES, UNITS, READ_BY_DENSE, UNITS, 4 * READ_BY_LSTM]
    assert [int(number) for number in re.findall(r"\d+", figure.CAPTION)] == numbers


def test_every_unit_reads_all_that_the_formula_counts():
    wires = {
        f"{name}-wire-n{k}-to-u{j}": (f"{name}-n{k}", f"{name}-unit-u{j}")
        for name, count in (("dense", FEATURES), ("lstm", FEATURES + UNITS))
        for k in range(count)
        for j in range(UNITS)
    }
    assert_wires("dense-vs-lstm", wires)
    assert sum("-unit-u" in gid for gid in shapes("dense-vs-lstm")) == 2 * UNITS
    assert "lstm-feed-back" in shapes("dense-vs-lstm")


def test_the_words():
    units = ["unit 0", "unit 1", "unit 2", "unit 3"]
    dense = ["Dense(4)", "one set of weights each", *units, *["w"] * 4, "once"]
    sets = [each for each in "ifgoc" for _ in units]
    lstm = ["LSTM(4)", "four sets of weights and a memory c each", *units, *sets, "at every timestep"]
    counts = ["x", "weights of one unit", "of all units"]
    assert words("dense-vs-lstm") == [*dense, *counts, *lstm, *counts, "h, read at the next timestep"]
