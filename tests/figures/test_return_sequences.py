from itertools import product

from diagrams.build import load
from lstm_ref.examples import worked_input, worked_layer
from oracle import scalar_lstm
from svg_numbers import assert_numbers

B, T, N = 2, 5, 4


def run():
    return scalar_lstm(worked_input()[0], *worked_layer().get_weights())


def test_every_number_and_shape_is_that_of_the_run():
    history = run()
    expected = {f"h-t{t}-u{j}": history["h"][t][j] for t in range(T) for j in range(N)}
    expected |= {f"c-t{T - 1}-u{j}": history["c"][T - 1][j] for j in range(N)}
    for state in ("false", "true"):
        expected[f"y-sequences-false-state-{state}"] = [B, N]
        expected[f"y-sequences-true-state-{state}"] = [B, T, N]
    for sequences, name in product(("false", "true"), "hc"):
        expected[f"{name}-sequences-{sequences}-state-true"] = [B, N]
    assert_numbers("return-sequences", expected)


def test_a_cell_is_filled_where_its_value_comes_back():
    """All values of h and c differ, so that a value that comes back tells its cell."""
    history = run()
    expected = set()
    for sequences, state in product((False, True), repeat=2):
        result = worked_layer(return_sequences=sequences, return_state=state)(worked_input())
        values = {round(float(value), 9) for array in (result if state else [result]) for value in array[0].flat}
        for name, t, j in [*product("h", range(T), range(N)), *product("c", [T - 1], range(N))]:
            kind = "back" if round(history[name][t][j], 9) in values else "kept"
            expected.add(f"{kind}-sequences-{sequences}-state-{state}-".lower() + f"{name}-t{t}-u{j}")
    drawn = {patch.get_gid() or "" for patch in load("return-sequences").draw().axes[0].patches}
    assert {gid for gid in drawn if gid.startswith(("back", "kept"))} == expected


def test_the_caption_holds_no_earlier_c_comes_back():
    earlier = {round(value, 9) for row in run()["c"][:-1] for value in row}
    y, h, c = worked_layer(return_sequences=True, return_state=True)(worked_input())
    assert len(earlier) == (T - 1) * N
    assert not earlier & {round(float(value), 9) for array in (y, h, c) for value in array[0].flat}
