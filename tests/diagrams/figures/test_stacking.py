from diagrams.figures.stacking import layers
from lstm_ref.examples import worked_input
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, texts, words
from tests.oracle import scalar_lstm

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


def test_every_timestep_goes_into_both_lstm_layers_and_only_the_last_out_of_the_second():
    wires = {}
    for t in range(T):
        wires |= {f"layer-1-wire-in-t{t}": (f"x-t{t}-f{F - 1}-box", "layer-1")}
        wires |= {f"layer-1-wire-out-t{t}": ("layer-1", f"first-t{t}-u0-box")}
        wires |= {f"layer-2-wire-in-t{t}": (f"first-t{t}-u{N - 1}-box", "layer-2")}
    wires |= {"layer-2-wire-out-t4": ("layer-2", "second-t4-u0-box")}
    wires |= {"layer-3-wire-in-t4": (f"second-t4-u{M - 1}-box", "layer-3")}
    wires |= {"layer-3-wire-out-t4": ("layer-3", "dense-t4-u0-box")}
    assert_wires("stacking", wires)


def test_columns_are_timesteps_and_rows_are_features_and_units():
    numbers = {t: [*(f"x-t{t}-f{k}" for k in range(F)), *(f"first-t{t}-u{j}" for j in range(N))] for t in range(T)}
    numbers[4] += ["second-t4-u0", "second-t4-u1", "dense-t4-u0"]
    assert_columns("stacking", {f"t = {t + 1}": gids for t, gids in numbers.items()})
    rows = {f"feature {k}": [f"x-t{t}-f{k}" for t in range(T)] for k in range(F)}
    rows |= {f"unit {j}": [f"first-t{t}-u{j}" for t in range(T)] for j in range(N)}
    rows["unit 0"] += ["second-t4-u0", "dense-t4-u0"]
    rows["unit 1"] += ["second-t4-u1"]
    assert_rows("stacking", rows)


def test_the_words():
    head = ["t = 1", "t = 2", "t = 3", "t = 4", "t = 5", "feature 0", "feature 1", "feature 2"]
    head += ["batch, timesteps, features", "(one sample drawn)"]
    first = ["LSTM(4, return_sequences=True)", "unit 0", "unit 1", "unit 2", "unit 3"]
    first += ["batch, timesteps, units", "h of every timestep"]
    second = ["LSTM(2)", "unit 0", "unit 1", "batch, units", "h of the last timestep"]
    dense = ["Dense(1)", "unit 0", "batch, units"]
    wrong = ["Without return_sequences=True", "LSTM(4)", "LSTM(2)", "batch, units: no time axis"]
    message = ["an LSTM layer takes (batch, timesteps, features)"]
    assert words("stacking") == head + first + second + dense + wrong + message
