from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, words
from tests.oracle import scalar_lstm


def test_every_number_is_that_of_the_run():
    x = worked_input()[0].tolist()
    run = scalar_lstm(x, *worked_layer(units=1).get_weights())
    expected = {f"{name}-t{t}-u0": run[name][t][0] for name in "hc" for t in range(5)}
    expected |= {f"x-t{t}-k{k}": x[t][k] for t in range(5) for k in range(3)}
    # Each of the 4 gates has a weight for each of the 3 features, one for h, and a bias.
    expected |= {"timesteps": 5, "params": 4 * (3 + 1 + 1)}
    assert_numbers("one-unit-chain", expected)


def test_the_unit_hands_h_and_c_to_itself_and_reads_x_at_every_timestep():
    wires = {f"{s}-wire-t{t}-u0": (f"unit-t{t}-u0", f"unit-t{t + 1}-u0") for s in "hc" for t in range(4)}
    wires |= {f"x-wire-t{t}": (f"x-t{t}-k0-box", f"unit-t{t}-u0") for t in range(5)}
    assert_wires("one-unit-chain", wires)


def test_columns_are_timesteps():
    heads = {t: ["h-t{}-u0", "c-t{}-u0", "x-t{}-k0", "x-t{}-k1", "x-t{}-k2"] for t in range(5)}
    assert_columns("one-unit-chain", {f"t = {t + 1}": [gid.format(t) for gid in gids] for t, gids in heads.items()})
    rows = {f"feature {k}": [f"x-t{t}-k{k}" for t in range(5)] for k in range(3)}
    rows |= {s: [f"{s}-t{t}-u0" for t in range(5)] for s in "hc"}
    assert_rows("one-unit-chain", rows)


def test_the_words():
    rows = ["h", "c", "feature 0", "feature 1", "feature 2"]
    first, last = ["t = 1", "unit 0", "x₁", "t = 2", "unit 0", "x₂", "t = 3", "unit 0", "x₃"], ["t = 4", "unit 0", "x₄"]
    assert words("one-unit-chain") == [*rows, *first, *last, "t = 5", "unit 0", "x₅"]
