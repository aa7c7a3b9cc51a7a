from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, box_of, places, shapes
from tests.oracle import scalar_lstm

B, T, N = 2, 5, 4
LAYERS = "forward", "backward"


def outputs():
    """h of both layers, [t][unit]; the backward one is a run on the reversed list, whose h belongs to t = 5, 4, ..."""
    x = worked_input()[0].tolist()
    forward = scalar_lstm(x, *worked_layer().get_weights())["h"]
    backward = scalar_lstm(x[::-1], *worked_layer(seed=2).get_weights())["h"]
    return forward, {T - 1 - position: h for position, h in enumerate(backward)}


def test_every_number_and_shape_is_that_of_the_two_runs():
    forward, backward = outputs()
    expected = {f"forward-t{t}-u{j}": forward[t][j] for t in range(T) for j in range(N)}
    expected |= {f"backward-t{t}-u{j}": backward[t][j] for t in range(T) for j in range(N)}
    expected |= {f"y-{j}": forward[4][j] for j in range(N)}
    expected |= {f"y-{N + j}": backward[0][j] for j in range(N)}
    expected["difference"] = max(abs(backward[4][j] - backward[0][j]) for j in range(N))
    expected |= {"y-seq-shape": [B, T, 2 * N], "y-shape": [B, 2 * N]}
    assert_numbers("bidirectional", expected)


def test_every_number_stands_at_its_timestep_and_unit():
    columns = {f"t = {t + 1}": [f"{name}-t{t}-u{j}" for name in LAYERS for j in range(N)] for t in range(T)}
    assert_columns("bidirectional", columns)
    rows = [(k, [f"y-{k}", *(f"{LAYERS[k // N]}-t{t}-u{k % N}" for t in range(T))]) for k in range(2 * N)]
    assert_rows("bidirectional", {f"[{k}]": row for k, row in rows})


def test_y_comes_from_the_frames_around_the_steps_read_last():
    wires = {"forward-wire": ("forward-last", "y-1-box"), "backward-wire": ("backward-last", "y-7-box")}
    assert_wires("bidirectional", wires)
    for name, last in zip(LAYERS, (4, 0), strict=True):
        frame = box_of("bidirectional", f"{name}-last")
        held = {(t, j) for t in range(T) for j in range(N) if holds(frame, f"{name}-t{t}-u{j}-box")}
        assert held == {(last, j) for j in range(N)}


def holds(frame, gid):
    left, top, right, bottom = box_of("bidirectional", gid)
    return frame.holds((left, top)) or frame.holds((right, bottom))


def test_each_layer_reads_towards_the_step_it_ends_with():
    for name, last in zip(LAYERS, ("t = 5", "t = 1"), strict=True):
        start, end = (x for x, _ in shapes("bidirectional")[f"{name}-reads"])
        ((goal, _),) = places("bidirectional", last)
        assert abs(end - goal) < abs(start - goal)


def test_the_caption_holds_the_backward_half_at_the_end_has_read_one_timestep():
    """Other numbers in the earlier timesteps change y, and leave that half of y_seq[:, -1] as it is."""
    _, backward = outputs()
    x = worked_input()[:1]
    x[:, :-1] *= -3
    layer = worked_layer(seed=2, return_sequences=True, go_backwards=True)
    changed = layer(x)[0, ::-1]
    assert abs(changed[-1] - backward[T - 1]).max() < 1e-12
    assert abs(changed[0] - backward[0]).max() > 0.01
