import math
from itertools import pairwise

import pytest

from lstm_ref import LSTM, activations
from tests.diagrams.svg_numbers import assert_numbers, box_of, places, shapes, words

NAME = "hard-sigmoid"
FORMULAS = {
    "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "keras2": lambda x: min(max(0.2 * x + 0.5, 0), 1),
    "keras3": lambda x: min(max(x + 3, 0), 6) / 6,
}
TITLES = {"sigmoid": "sigmoid", "keras2": "hard_sigmoid, Keras 1 and 2", "keras3": "hard_sigmoid, Keras 3"}


def value_of(place):
    """From a place in the figure to x and y, by the numbers beside the axes."""
    ((x0, _),), ((x1, _),) = places(NAME, "x = 0"), places(NAME, "x = 1")
    ((_, y0),), ((_, y1),) = places(NAME, "y-0"), places(NAME, "y-1")
    return (place[0] - x0) / (x1 - x0), (place[1] - y0) / (y1 - y0)


def test_every_number_follows_from_the_formulas():
    expected = {f"y-{y:g}": y for y in (0, 0.5, 1)}
    expected |= {"keras2-line-1": [0.2, 0.5, 0, 1], "keras3-line-1": [6, 3, 6], "keras3-line-2": []}
    # keras/layers/recurrent.py: hard_sigmoid at the tag 2.2.5, sigmoid at the tag 2.3.0
    expected |= {"keras2-line-2": 2.3, "sigmoid-line-1": 2.3}
    for name, line in {"keras2": 3, "sigmoid": 2, "keras3": 3}.items():
        expected[f"{name}-line-{line}"] = [1, FORMULAS[name](1)]
    for name, end in {"keras2": 0.5 / 0.2, "keras3": 3}.items():
        expected |= {f"{name}-end-0": -end, f"{name}-end-1": end}
    assert_numbers(NAME, expected)


@pytest.mark.parametrize("name", FORMULAS)
def test_curve_dot_and_leader_are_where_the_formula_says(name):
    formula, drawn = FORMULAS[name], shapes(NAME)
    curve = [value_of(point) for point in drawn[f"curve-{name}"]]
    assert [x for x, _ in curve[:: len(curve) - 1]] == pytest.approx([-4, 4])
    assert all(y == pytest.approx(formula(x), abs=0.003) for x, y in curve)
    gaps = [(formula(a) + formula(b)) / 2 - formula((a + b) / 2) for (a, _), (b, _) in pairwise(curve)]
    assert max(map(abs, gaps)) < 0.003, "a straight piece leaves the curve"
    dot = box_of(NAME, f"dot-{name}")
    assert value_of(((dot.left + dot.right) / 2, (dot.top + dot.bottom) / 2)) == pytest.approx(
        (1, formula(1)), abs=0.01
    )
    x, y = value_of(drawn[f"leader-{name}"][-1])
    assert y == pytest.approx(formula(x), abs=0.005)
    others = [abs(y - other(x)) for key, other in FORMULAS.items() if key != name]
    assert min(others) > 0.02, "the leader points at two curves"


def test_words_stand_together_at_their_leader():
    for name, title in TITLES.items():
        ((x, y),) = places(NAME, title)
        start = shapes(NAME)[f"leader-{name}"][0]
        assert y - 11 < start[1] < y + 1
        for line in (1, 2):
            assert places(NAME, f"{name}-line-{line}")[0] == pytest.approx((x, y + 15 * line), abs=0.02)


def test_ends_of_a_slope_are_marked_where_the_curve_turns():
    for name in ("keras2", "keras3"):
        for level in (0, 1):
            ((x, y),) = places(NAME, f"{name}-end-{level}")
            end, height = value_of((x, y))
            assert FORMULAS[name](end) == pytest.approx(level, abs=0.003)
            assert 0 < FORMULAS[name](end * 0.98) < 1
            assert abs(height - level) < 0.1


def test_the_words():
    titles = [TITLES[name] for name in ("keras2", "sigmoid", "keras3")]
    head = ["recurrent_activation", "what the gates i, f and o apply"]
    assert words(NAME) == [*head, "x = 0", "x = 1", *titles]


def test_the_default_now_is_the_sigmoid():
    assert LSTM(1).recurrent_activation is activations.sigmoid
