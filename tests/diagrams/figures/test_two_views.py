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

UNITS, FEATURES = range(4), range(3)


def test_every_number_is_that_of_the_run():
    x = worked_input()[0].tolist()
    run = scalar_lstm(x, *worked_layer().get_weights())
    expected = {f"{view}-{s}-t{t}-u{j}": run[s][t][j] for view in "ab" for s in "hc" for t in (1, 2) for j in UNITS}
    expected |= {f"{view}-x-t2-k{k}": x[2][k] for view in "ab" for k in FEATURES}
    expected |= {f"width-{s}-t{t}": 4 for s in "hc" for t in (1, 2)}
    expected |= {"width-x-t2": 3, "units-a": 4, "units-b": 4}
    assert_numbers("two-views", expected)


def test_both_views_write_the_same_digits():
    found = written("two-views")
    vector = {gid.removeprefix("a-"): text for gid, text in found.items() if gid.startswith("a-")}
    single = {gid.removeprefix("b-"): text for gid, text in found.items() if gid.startswith("b-")}
    assert len(vector) == 2 * 2 * len(UNITS) + len(FEATURES)
    assert vector == single


def test_h_of_every_unit_leads_to_every_unit_and_c_through_its_own():
    wires = {"x-wire": ("vector-x-t2", "layer-a")}
    for s in "hc":
        wires |= {f"{s}-wire-t1": (f"vector-{s}-t1", "layer-a"), f"{s}-wire-t2": ("layer-a", f"vector-{s}-t2")}
    wires |= {f"x-wire-k{k}": (f"b-x-t2-k{k}-box", "layer-b") for k in FEATURES}
    for j in UNITS:
        wires[f"h-wire-u{j}-in"] = (f"b-h-t1-u{j}-box", "layer-b")
        wires |= {f"h-wire-u{j}-to-u{k}": (f"h-wire-u{j}-in", f"unit-u{k}") for k in UNITS}
        wires[f"h-wire-u{j}-out"] = (f"unit-u{j}", f"b-h-t2-u{j}-box")
        wires[f"c-wire-u{j}"] = (f"b-c-t1-u{j}-box", f"b-c-t2-u{j}-box")
    assert_wires("two-views", wires)


def test_numbers_stand_in_their_vector_and_in_the_row_of_their_unit():
    inside = {f"a-{s}-t{t}-u{j}": f"vector-{s}-t{t}" for s in "hc" for t in (1, 2) for j in UNITS}
    assert_inside("two-views", inside | {f"a-x-t2-k{k}": "vector-x-t2" for k in FEATURES} | {"units-a": "layer-a"})
    assert_rows("two-views", {f"unit {j}": [f"b-{s}-t{t}-u{j}" for s in "hc" for t in (1, 2)] for j in UNITS})
    assert_columns("two-views", {f"h{'₁₂₃'[t]}": [f"{v}-h-t{t}-u{j}" for v in "ab" for j in UNITS] for t in (1, 2)})


def test_the_words():
    above = ["One step as one box: each wire a vector", "h₂", "h₃", "c₂", "c₃", "x₃"]
    states = ["h₂", "c₂", "h₃", "c₃"]
    below = ["unit 0", *states, "unit 1", *states, "unit 2", *states, "unit 3", *states, "x₃", "read by all units"]
    assert words("two-views") == above + below
