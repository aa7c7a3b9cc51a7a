from itertools import product

from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, words
from tests.oracle import scalar_lstm


def test_every_number_is_that_of_the_run():
    run = scalar_lstm(worked_input()[0], *worked_layer().get_weights())
    expected = {f"{name}-t{t}-u{j}": run[name][t][j] for name in "hc" for t in range(5) for j in range(4)}
    assert_numbers("n-unit-chain", expected)


def test_h_leads_from_every_unit_to_every_unit_and_c_only_along_its_row():
    wires = {f"x-wire-t{t}": (f"x{'₁₂₃₄₅'[t]}", f"timestep-t{t}") for t in range(5)}
    for t, j in product(range(4), range(4)):
        here = f"unit-t{t}-u{j}"
        wires |= {f"h-wire-t{t}-u{j}-to-u{k}": (here, f"unit-t{t + 1}-u{k}") for k in range(4)}
        wires |= {f"c-wire-t{t}-u{j}": (here, f"unit-t{t + 1}-u{j}")}
    assert_wires("n-unit-chain", wires)


def test_columns_are_timesteps_and_rows_are_units():
    assert_columns(
        "n-unit-chain", {f"t = {t + 1}": [f"{s}-t{t}-u{j}" for s in "hc" for j in range(4)] for t in range(5)}
    )
    assert_rows("n-unit-chain", {f"unit {j}": [f"{s}-t{t}-u{j}" for s in "hc" for t in range(5)] for j in range(4)})


def test_the_words():
    columns = ["t = 1", "x₁", "t = 2", "x₂", "t = 3", "x₃", "t = 4", "x₄", "t = 5", "x₅"]
    rows = ["unit 0", "h", "c", "unit 1", "h", "c", "unit 2", "h", "c", "unit 3", "h", "c"]
    below = ["3 features", "c: private to its unit", "h: read by all 4 units"]
    assert words("n-unit-chain") == columns + rows + below
