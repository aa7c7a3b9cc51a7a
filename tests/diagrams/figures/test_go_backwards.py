from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, places, shapes, written
from tests.oracle import scalar_lstm

T, N = 5, 4


def test_every_number_is_that_of_the_run_on_the_reversed_list():
    """What is read first is the last timestep, and stands at index 0; flipped, it stands at the end."""
    read = scalar_lstm(worked_input()[0].tolist()[::-1], *worked_layer().get_weights())["h"]
    expected = {f"y-{index}-u{j}": read[index][j] for index in range(T) for j in range(N)}
    expected |= {f"flipped-t{t}-u{j}": read[4 - t][j] for t in range(T) for j in range(N)}
    for column, (time, reversed_time) in enumerate(zip((1, 2, 3, 4, 5), (5, 4, 3, 2, 1), strict=True)):
        expected |= {f"x-time-{column}": time, f"y-time-{column}": reversed_time, f"flipped-time-{column}": time}
    assert_numbers("go-backwards", expected)


def test_every_number_stands_in_its_column_and_row():
    indices = {f"y[:, {k}]": [f"y-time-{k}", *(f"y-{k}-u{j}" for j in range(N))] for k in range(T)}
    assert_columns("go-backwards", indices)
    times = {f"x-time-{t}": [f"flipped-time-{t}", *(f"flipped-t{t}-u{j}" for j in range(N))] for t in range(T)}
    assert_columns("go-backwards", times)
    both = {f"unit {j}": [f"{name}{k}-u{j}" for name in ("y-", "flipped-t") for k in range(T)] for j in range(N)}
    assert_rows("go-backwards", both)


def test_every_line_joins_two_columns_of_one_timestep():
    found, drawn = written("go-backwards"), shapes("go-backwards")
    for above, below in (("x", "y"), ("y", "flipped")):
        for column in range(T):
            start, end = (drawn[f"{above}-to-{below}-{column}"][k][0] for k in (0, -1))
            assert time_at(found, above, start) == time_at(found, below, end)
    assert [time_at(found, "x", x) for x, _ in drawn["reads"]] == ["t = 5", "t = 1"]


def time_at(found, name, x):
    """The time that is written above the column at x."""
    column = min(range(T), key=lambda k: abs(places("go-backwards", f"{name}-time-{k}")[0][0] - x))
    return found[f"{name}-time-{column}"]


def test_the_caption_holds_the_flipped_outputs_line_up_with_x():
    """Other numbers at one timestep change the outputs at it and before it, which are those read later."""
    layer = worked_layer(return_sequences=True, go_backwards=True)
    before = layer(worked_input())[:, ::-1]
    for t in range(T):
        x = worked_input()
        x[:, t] += 1
        apart = abs(layer(x)[:, ::-1] - before).max(axis=(0, 2))
        assert (apart[: t + 1] > 1e-6).all()
        assert not apart[t + 1 :].any()
