import math

import pytest

from diagrams.figures.gate_lab import data
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, box_of, places, shapes, words
from tests.oracle import scalar_lstm, sigmoid

TIME = range(1, 41)
X = [[1.0] if t == 5 else [0.0] for t in TIME]
KERNEL, RECURRENT, BIAS = [[12.0, 0.0, 2.0, 0.0]], [[0.0] * 4], [-6.0, 3.9, 0.02, 3.0]
RUN = {name: [row[0] for row in rows] for name, rows in scalar_lstm(X, KERNEL, RECURRENT, BIAS).items()}
HALF_LIFE = math.log(2) / math.log1p(math.exp(-3.9))


def test_every_number_is_that_of_the_run():
    expected = {"x-t5": 1.0, "kept": [sigmoid(3.9), HALF_LIFE], "shown": sigmoid(3.0)}
    assert_numbers("gate-lab", expected | {"c-t40": RUN["c"][-1], "h-t40": RUN["h"][-1]})


def test_half_of_what_was_written_is_left_where_it_says():
    """Run for longer, without the little that g writes beside the pulse."""
    run = scalar_lstm(X + [[0.0]] * 10, KERNEL, RECURRENT, [*BIAS[:2], 0.0, BIAS[3]])
    c = [row[0] for row in run["c"]]
    assert c[4 + math.floor(HALF_LIFE)] > c[4] / 2 > c[4 + math.ceil(HALF_LIFE)]


def test_what_the_widget_reads_is_what_is_drawn():
    given = data()
    assert [given[name] for name in ("kernel", "recurrent_kernel", "bias", "x")] == [KERNEL, RECURRENT, BIAS, X]
    assert given["pulse"] == 5


@pytest.mark.parametrize("name", ["c", "h"])
def test_lines_are_as_high_as_their_numbers(name):
    zero, one = (places("gate-lab", tick)[{"c": 0, "h": 1}[name] - 2][1] for tick in ("0", "1"))
    points = shapes("gate-lab")[f"{name}-line"]
    assert len(points) == 41
    for t, (x, y) in enumerate(points):
        value = RUN[name][t - 1] if t else 0
        assert y == pytest.approx(zero + (one - zero) * value, abs=0.02)
        assert x == pytest.approx(points[0][0] + t * (points[-1][0] - points[0][0]) / 40, abs=0.02)
    ((x, y),) = places("gate-lab", f"{name}-t40")
    assert x > points[-1][0] and y == pytest.approx(points[-1][1], abs=0.5)
    geometry = data()
    left, column = geometry["left"], geometry["column"]
    assert (zero, one) == pytest.approx((geometry["zeros"][name], zero - geometry["scales"][name]), abs=0.02)
    assert [x for x, _ in points] == [left + t * column for t in range(41)]


def test_the_pulse_is_marked_where_it_is():
    bar, line = box_of("gate-lab", "x-bar"), shapes("gate-lab")["c-line"]
    assert (bar.left + bar.right) / 2 == line[5][0] == pytest.approx(places("gate-lab", "5")[0][0], abs=0.02)
    assert bar.bottom - bar.top == data()["scales"]["x"]
    for name in "xch":
        band = box_of("gate-lab", f"pulse-{name}")
        assert (band.left, band.right) == (bar.left, bar.right)
    assert line[4][1] == pytest.approx(line[0][1], abs=0.1) and line[5][1] < line[4][1] - 30
    assert_columns("gate-lab", {"5": ["x-t5"], "40": ["c-t40", "h-t40"]})


def test_the_words():
    x = ["x", "one pulse, at t = 5", "0", "2"]
    assert words("gate-lab") == [*x, "c", "−1", "0", "1", "2", "h", "−1", "0", "1", "5", "10", "20", "30", "40", "t ="]


def test_the_caption_and_the_alternative_text_hold():
    assert max(RUN["c"]) == RUN["c"][4] and max(RUN["c"][:4]) < 0.01
    falls = [now - then for now, then in zip(RUN["c"][5:], RUN["c"][4:], strict=False)]
    assert max(falls) < 0 and falls == sorted(falls)
    assert RUN["c"][-1] / RUN["c"][4] == pytest.approx(0.5, abs=0.02)
    assert all(0 < h < c for h, c in zip(RUN["h"], RUN["c"], strict=True))
