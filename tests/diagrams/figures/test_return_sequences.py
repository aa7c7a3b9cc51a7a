from itertools import product

from diagrams.build import load
from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_inside, assert_numbers, assert_rows, words
from tests.oracle import scalar_lstm

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
            expected.add(f"_{kind}-sequences-{sequences}-state-{state}-".lower() + f"{name}-t{t}-u{j}")
    drawn = {patch.get_gid() or "" for patch in load("return-sequences").draw().axes[0].patches}
    assert {gid for gid in drawn if gid.startswith(("_back", "_kept"))} == expected


def test_the_caption_holds_no_earlier_c_comes_back():
    earlier = {round(value, 9) for row in run()["c"][:-1] for value in row}
    y, h, c = worked_layer(return_sequences=True, return_state=True)(worked_input())
    assert len(earlier) == (T - 1) * N
    assert not earlier & {round(float(value), 9) for array in (y, h, c) for value in array[0].flat}


def test_columns_are_timesteps_and_rows_are_units():
    assert_columns("return-sequences", {f"t = {t + 1}": [f"h-t{t}-u{j}" for j in range(N)] for t in range(T)})
    assert_columns("return-sequences", {"h": ["h-t2-u0"], "c": [f"c-t4-u{j}" for j in range(N)]})
    numbers = {j: [*(f"h-t{t}-u{j}" for t in range(T)), f"c-t4-u{j}"] for j in range(N)}
    assert_rows("return-sequences", {f"unit {j}": gids for j, gids in numbers.items()})


def test_the_words_and_each_shape_stands_in_the_panel_of_its_settings():
    head = ["h", "c", "b = 0", "t = 1", "t = 2", "t = 3", "t = 4", "t = 5", "t = 5"]
    rows = ["unit 0", "unit 1", "unit 2", "unit 3"]
    settings = ["return_sequences=False", "return_state=False", "return_sequences=False", "return_state=True"]
    settings += ["return_sequences=True", "return_state=False", "return_sequences=True", "return_state=True"]
    assert words("return-sequences") == head + rows + settings
    panels = [f"sequences-{sequences}-state-{state}" for sequences in ("false", "true") for state in ("false", "true")]
    assert_inside("return-sequences", {f"y-{panel}": panel for panel in panels})
    false_false, false_true, true_false, true_true = panels
    stand = {"return_sequences=False": [false_false, false_true], "return_sequences=True": [true_false, true_true]}
    stand |= {"return_state=False": [false_false, true_false], "return_state=True": [false_true, true_true]}
    assert_inside("return-sequences", stand)
