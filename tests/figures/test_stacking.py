from diagrams.figures.stacking import layers
from lstm_ref.examples import worked_input
from oracle import scalar_lstm
from svg_numbers import assert_numbers, texts

B, T, F, N, M = 2, 5, 3, 4, 2


def test_every_number_and_shape_is_that_of_the_run():
    first, second = layers()
    x = worked_input()[0]
    below = scalar_lstm(x, *first.get_weights())["h"]
    above = scalar_lstm(below, *second.get_weights())["h"][-1]
    assert_numbers(
        "stacking",
        {
            **{f"x-t{t}-f{k}": x[t][k] for t in range(T) for k in range(F)},
            **{f"first-t{t}-u{j}": below[t][j] for t in range(T) for j in range(N)},
            **{f"second-t{T - 1}-u{j}": above[j] for j in range(M)},
            f"dense-t{T - 1}-u0": above[0] - above[1],  # Dense with kernel 1, -1 and without bias
            "x-shape": [B, T, F],
            "first-shape": [B, T, N],
            "second-shape": [B, M],
            "dense-shape": [B, 1],
            "without-shape": [B, N],
            "error-shape": [B, N],
        },
    )


def test_the_message_is_written_whole():
    written = [text for _, text in texts("stacking")]
    message = written.index("ValueError: x has shape (2, 4);")
    assert written[message + 1] == "an LSTM layer takes (batch, timesteps, features)"
