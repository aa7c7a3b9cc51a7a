from lstm_ref.examples import worked_input, worked_layer
from oracle import scalar_lstm
from svg_numbers import assert_numbers


def test_every_number_is_that_of_the_run():
    run = scalar_lstm(worked_input()[0], *worked_layer().get_weights())
    expected = {f"{name}-t{t}-u{j}": run[name][t][j] for name in "hc" for t in range(5) for j in range(4)}
    assert_numbers("n-unit-chain", expected)
