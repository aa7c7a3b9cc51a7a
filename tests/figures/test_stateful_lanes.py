from lstm_ref.examples import worked_input, worked_layer
from oracle import scalar_lstm
from svg_numbers import assert_numbers, written

B, T, F = 2, 5, 3
ENDS = 2, 4, 5  # of the three calls


def test_every_number_is_that_of_the_run():
    weights = worked_layer().get_weights()
    expected = {"shape-0": [B, 2, F], "shape-1": [B, 2, F], "shape-2": [B, 1, F]}
    for b in range(B):
        whole = scalar_lstm(worked_input()[b], *weights)
        for name in "hc":
            expected |= {f"{name}-call{k}-b{b}": whole[name][end - 1][0] for k, end in enumerate(ENDS)}
            expected |= {f"{name}-once-b{b}": whole[name][T - 1][0]}
            expected |= {f"{name}-start-b{b}": 0, f"{name}-reset-b{b}": 0}
    assert_numbers("stateful-lanes", expected)


def test_the_caption_holds_several_calls_end_where_one_call_ends():
    found = written("stateful-lanes")
    ends = [found[f"{name}-call2-b{b}"] for name in "hc" for b in range(B)]
    assert ends == [found[f"{name}-once-b{b}"] for name in "hc" for b in range(B)]
    assert len(set(ends)) == len(ends)


def test_the_caption_holds_rows_never_meet():
    """Other numbers in row 1 leave the states of row 0 as they are."""
    states = []
    for factor in (1, -3):
        x = worked_input()
        x[1] *= factor
        layer = worked_layer(stateful=True)
        for first, end in zip((0, *ENDS), ENDS, strict=False):
            layer(x[:, first:end])
        states.append(layer.states)
    for one, other in zip(*states, strict=True):
        assert abs(one[0] - other[0]).max() < 1e-12 < 0.01 < abs(one[1] - other[1]).max()
