from lstm_ref.examples import worked_input, worked_layer
from oracle import scalar_lstm
from svg_numbers import assert_numbers


def test_every_number_is_that_of_the_run():
    x = worked_input()[0].tolist()
    run = scalar_lstm(x, *worked_layer(units=1).get_weights())
    expected = {f"{name}-t{t}-u0": run[name][t][0] for name in "hc" for t in range(5)}
    expected |= {f"x-t{t}-k{k}": x[t][k] for t in range(5) for k in range(3)}
    # Each of the 4 gates has a weight for each of the 3 features, one for h, and a bias.
    expected |= {"timesteps": 5, "params": 4 * (3 + 1 + 1)}
    assert_numbers("one-unit-chain", expected)
