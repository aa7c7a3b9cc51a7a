from diagrams.build import load
from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_inside, assert_numbers, words
from tests.oracle import scalar_lstm

B, T, F, N = 2, 5, 3, 4


def test_every_number_is_that_of_the_run():
    x = worked_input()[0]
    y = scalar_lstm(x, *worked_layer().get_weights())["h"]
    expected = {f"x-t{t}-k{k}": x[t][k] for t in range(T) for k in range(F)}
    expected |= {f"y-t{t}-u{j}": y[t][j] for t in range(T) for j in range(N)}
    for place in ("shape", "axis"):
        expected |= {f"x-{place}-{axis}": size for axis, size in enumerate((B, T, F))}
        expected |= {f"y-{place}-{axis}": size for axis, size in enumerate((B, T, N))}
    assert_numbers("input-shape", expected)


def test_the_second_sheet_has_as_many_cells():
    drawn = {patch.get_gid() for patch in load("input-shape").draw().axes[0].patches} - {None}
    sheets = {f"{name}-sheet-b{b}" for name in "xy" for b in range(B)}
    cells = {f"{name}-t{t}-{row}-{where}" for t in range(T) for name, row in rows() for where in ("box", "b1")}
    assert drawn == sheets | cells


def rows():
    return [("x", f"k{k}") for k in range(F)] + [("y", f"u{j}") for j in range(N)]


def test_numbers_stand_on_the_front_sheet_and_the_axes_are_named_as_in_the_shape():
    assert_inside("input-shape", {f"{name}-t{t}-{row}": f"{name}-sheet-b0" for t in range(T) for name, row in rows()})
    for name in "xy":
        last = "features" if name == "x" else "units"
        heads = {"batch": [f"{name}-shape-0"], "timesteps": [f"{name}-shape-1"], last: [f"{name}-shape-2"]}
        assert_columns("input-shape", heads)


def test_the_words():
    axes = ["features", "timesteps", "batch", "units", "timesteps", "batch"]
    x = ["x.shape", "(", ",", "batch", ",", "timesteps", ")", "features"]
    y = ["y.shape", "(", ",", "batch", ",", "timesteps", ")", "units"]
    assert words("input-shape") == [*axes, *x, *y, "LSTM(4)", "return_sequences=True"]
