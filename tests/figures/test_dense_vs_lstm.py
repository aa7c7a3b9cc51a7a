import re

from diagrams import export
from diagrams.figures import dense_vs_lstm as figure
from svg_numbers import assert_numbers

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
    numbers = [UNITS, UNITS, UNITS, READ_BY_DENSE, UNITS, 4 * READ_BY_LSTM]
    assert [int(number) for number in re.findall(r"\d+", figure.CAPTION)] == numbers


def test_every_unit_reads_all_that_the_formula_counts():
    svg = export.svg_file(figure.draw(), "dense-vs-lstm", figure.TITLE, figure.ALT)
    for name, count in (("dense", FEATURES), ("lstm", FEATURES + UNITS)):
        lines = re.findall(rf'id="dense-vs-lstm-{name}-wire-n(\d+)-to-u(\d+)"', svg)
        assert sorted(lines) == [(str(k), str(j)) for k in range(count) for j in range(UNITS)]
        assert len(re.findall(rf'id="dense-vs-lstm-{name}-unit-u\d"', svg)) == UNITS
    assert svg.count('id="dense-vs-lstm-lstm-feed-back"') == 1
