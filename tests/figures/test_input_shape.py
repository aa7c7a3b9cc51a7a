from diagrams.build import load
from lstm_ref.examples import worked_input, worked_layer
from oracle import scalar_lstm
from svg_numbers import assert_numbers

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
    behind = {patch.get_gid() for patch in load("input-shape").draw().axes[0].patches} - {None}
    sheets = {f"{name}-sheet-b{b}" for name in "xy" for b in range(B)}
    cells = {f"{name}-t{t}-{row}-b1" for t in range(T) for name, row in rows()}
    assert behind == sheets | cells


def rows():
    return [("x", f"k{k}") for k in range(F)] + [("y", f"u{j}") for j in range(N)]
