from itertools import product

import numpy as np

from diagrams.figures.every_number import as_table, data
from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, words
from tests.oracle import scalar_lstm


def test_every_number_is_that_of_the_run():
    x = worked_input()[0]
    run = scalar_lstm(x, *worked_layer().get_weights())
    expected = {f"{name}-t0-u{j}": 0.0 for name in "hc" for j in range(4)}
    expected |= {f"{name}-t{t + 1}-u{j}": run[name][t][j] for name in "hc" for t in range(5) for j in range(4)}
    expected |= {f"x-t{t + 1}-f{k}": x[t][k] for t in range(5) for k in range(3)}
    assert_numbers("every-number", expected)


def test_h_leads_from_every_unit_to_every_unit_and_c_only_along_its_row():
    wires = {f"x-wire-t{t}": (f"x-t{t}-f0-box", f"timestep-t{t}") for t in range(1, 6)}
    for t, j in product(range(5), range(4)):
        here = f"unit-t{t}-u{j}"
        wires |= {f"h-wire-t{t}-u{j}-to-u{k}": (here, f"unit-t{t + 1}-u{k}") for k in range(4)}
        wires |= {f"c-wire-t{t}-u{j}": (here, f"unit-t{t + 1}-u{j}")}
    assert_wires("every-number", wires)


def test_columns_are_timesteps_and_rows_are_units():
    states = {t: [f"{s}-t{t}-u{j}" for s in "hc" for j in range(4)] for t in range(6)}
    assert_columns("every-number", {f"t = {t}" if t else "start": states[t] for t in range(6)})
    assert_rows("every-number", {f"unit {j}": [f"{s}-t{t}-u{j}" for s in "hc" for t in range(6)] for j in range(4)})
    assert_rows("every-number", {f"feature {k}": [f"x-t{t}-f{k}" for t in range(1, 6)] for k in range(3)})


def test_the_words():
    columns = ["start", "t = 1", "x₁", "t = 2", "x₂", "t = 3", "x₃", "t = 4", "x₄", "t = 5", "x₅"]
    rows = ["unit 0", "h", "c", "unit 1", "h", "c", "unit 2", "h", "c", "unit 3", "h", "c"]
    assert words("every-number") == [*columns, *rows, "feature 0", "feature 1", "feature 2"]


def test_the_table_has_the_numbers_of_the_figure():
    heading, *rows = as_table()
    assert heading == ["number", "start", "t = 1", "t = 2", "t = 3", "t = 4", "t = 5"]
    x = worked_input()[0]
    run = scalar_lstm(x, *worked_layer().get_weights())
    expected = {f"{name} of unit {j}": [0.0, *(run[name][t][j] for t in range(5))] for j in range(4) for name in "hc"}
    expected |= {f"x, feature {k}": [*x[:, k]] for k in range(3)}
    assert [row[0] for row in rows] == [*expected]
    for name, *cells in rows:
        shown = [float(cell.replace("−", "-")) for cell in cells if cell]
        assert np.allclose(shown, expected[name], atol=0.005 + 1e-9)


def test_the_beginning_of_the_largest_layer_is_that_of_the_figure_and_the_rest_is_no_copy_of_it():
    arrays = {name: np.array(values) for name, values in data().items()}
    assert {name: array.shape for name, array in arrays.items()} == {
        "kernel": (4, 24),
        "recurrent_kernel": (6, 24),
        "bias": (24,),
        "x": (6, 4),
    }
    columns = [6 * block + j for block in range(4) for j in range(4)]
    kernel, recurrent_kernel, bias = worked_layer().get_weights()
    assert np.array_equal(arrays["kernel"][:3, columns], kernel)
    assert np.array_equal(arrays["recurrent_kernel"][:4, columns], recurrent_kernel)
    assert np.array_equal(arrays["bias"][columns], bias)
    assert np.array_equal(arrays["x"][:5, :3], worked_input()[0])
    for name in ("kernel", "recurrent_kernel"):
        assert len(np.unique(arrays[name])) > 0.99 * arrays[name].size
