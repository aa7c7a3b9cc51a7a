import re
from itertools import product

from diagrams.figures.stateful_lanes import CAPTION
from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import (
    assert_columns,
    assert_inside,
    assert_numbers,
    assert_rows,
    assert_wires,
    words,
    written,
)
from tests.oracle import scalar_lstm

B, T, F = 2, 5, 3
ENDS = 2, 4, 5  # of the three calls


def test_every_number_is_that_of_the_run():
    weights = worked_layer().get_weights()
    expected = {"shape-0": [B, 2, F], "shape-1": [B, 2, F], "shape-2": [B, 1, F]}
    for b in range(B):
        whole = scalar_lstm(worked_input()[b], *weights)
        for name in "hc":
            expected |= {f"{name}-call{k}-b{b}": whole[name][end - 1][0] for k, end in enumerate(ENDS)}
            expected |= {f"{name}-once-b{b}": whole[name][T - 1][0]}
            expected |= {f"{name}-start-b{b}": 0, f"{name}-reset-b{b}": 0}
    assert_numbers("stateful-lanes", expected)


def test_the_caption_holds_several_calls_end_where_one_call_ends():
    found = written("stateful-lanes")
    ends = [found[f"{name}-call2-b{b}"] for name in "hc" for b in range(B)]
    assert ends == [found[f"{name}-once-b{b}"] for name in "hc" for b in range(B)]
    assert len(set(ends)) == len(ends)
    assert re.findall(r"\d+ \w+", CAPTION) == [f"{len(ENDS)} calls", f"{T} timesteps"]


def test_the_caption_holds_rows_never_meet():
    """Other numbers in row 1 leave the states of row 0 as they are."""
    states = []
    for factor in (1, -3):
        x = worked_input()
        x[1] *= factor
        layer = worked_layer(stateful=True)
        for first, end in zip((0, *ENDS), ENDS, strict=False):
            layer(x[:, first:end])
        states.append(layer.states)
    for one, other in zip(*states, strict=True):
        assert abs(one[0] - other[0]).max() < 1e-12 < 0.01 < abs(one[1] - other[1]).max()


def test_h_and_c_of_a_row_lead_from_call_to_call_in_its_lane():
    wires = {}
    for b, name, (k, end) in product(range(B), "hc", enumerate(ENDS)):
        first = (0, *ENDS)[k]
        before = f"card-call{k - 1}-b{b}-u0" if k else f"{name}-start-b{b}"
        wires[f"{name}-wire-call{k}-b{b}-in"] = (before, f"x-t{first}-b{b}")
        wires[f"{name}-wire-call{k}-b{b}-out"] = (f"x-t{end - 1}-b{b}", f"card-call{k}-b{b}-u0")
    assert_wires("stateful-lanes", wires)


def test_numbers_stand_on_their_card_and_in_their_lane():
    cards = ("call0", "call1", "call2", "reset")
    numbers = [(f"{name}-{card}-b{b}", f"card-{card}-b{b}-u0", b) for name in "hc" for card in cards for b in range(B)]
    assert_inside("stateful-lanes", {number: card for number, card, _ in numbers})
    assert_inside("stateful-lanes", {number: f"lane-b{b}" for number, _, b in numbers})
    assert_rows("stateful-lanes", {f"b = {b}": [f"h-start-b{b}"] for b in range(B)})
    assert_columns("stateful-lanes", {f"call {k + 1}": [f"shape-{k}"] for k in range(3)})


def test_the_words():
    starts = ["b = 0", "h", "c", "b = 1", "h", "c"]
    first = ["call 1", "x₁", "x₂", "x₁", "x₂", "unit 0"]
    second = ["call 2", "x₃", "x₄", "x₃", "x₄", "unit 0"]
    third = ["call 3", "x₅", "x₅", "unit 0"]
    once = ["One call with all timesteps", "ends in the same states:", *starts]
    cards = ["Each stack: h and c of one row, unit 0 in front, the others behind"]
    assert words("stateful-lanes") == [*starts, *first, *second, *third, "unit 0", "reset_state()", *once, *cards]
