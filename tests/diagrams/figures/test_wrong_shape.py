import numpy as np
import pytest

from lstm_ref import LSTM
from tests.diagrams.svg_numbers import (
    assert_columns,
    assert_inside,
    assert_numbers,
    assert_rows,
    assert_wires,
    box_of,
    places,
    words,
)
from tests.oracle import scalar_lstm

NAME = "wrong-shape"
ROWS, WIDE, N = 2, 5, 4
X = [[row * WIDE + k for k in range(WIDE)] for row in range(ROWS)]
AXES = "batch", "timesteps", "features"
# The array as nested lists, [sample][timestep][feature].
READINGS = {
    "features": [[[number] for number in row] for row in X],
    "timesteps": [[row] for row in X],
    "batch": [X],
}
CODE = {"features": "x[..., None]", "timesteps": "x[:, None, :]", "batch": "x[None]"}


def size(reading):
    return len(reading), len(reading[0]), len(reading[0][0])


def cells(missing):
    """Yield (b, t, k, number) of one reading."""
    for b, sequence in enumerate(READINGS[missing]):
        for t, features in enumerate(sequence):
            for k, number in enumerate(features):
                yield b, t, k, number


def test_every_number_is_that_of_the_array_or_follows_from_the_shape():
    expected = {f"x-r{row}-c{k}": X[row][k] for row in range(ROWS) for k in range(WIDE)}
    expected["x-shape"] = [ROWS, WIDE]
    for missing, reading in READINGS.items():
        batch, _, features = size(reading)
        expected |= {f"{missing}-b{b}-t{t}-k{k}": number for b, t, k, number in cells(missing)}
        expected |= {f"{missing}-shape-{axis}": length for axis, length in enumerate(size(reading))}
        expected[f"{missing}-weights"] = 4 * (features * N + N * N + N)
        expected[f"{missing}-y.shape"] = [batch, N]
    assert_numbers(NAME, expected)


def test_the_code_of_a_panel_makes_its_reading():
    for missing, code in CODE.items():
        made = eval(code, {"x": np.array(X)})
        assert made.tolist() == READINGS[missing]


def test_a_number_stands_in_its_timestep_and_the_timestep_in_its_sequence():
    for missing in READINGS:
        for b, t, k, _ in cells(missing):
            number, step, frame = f"{missing}-b{b}-t{t}-k{k}", f"{missing}-b{b}-t{t}", f"{missing}-b{b}"
            assert_inside(NAME, {number: step})
            inner, outer, panel = box_of(NAME, step), box_of(NAME, frame), box_of(NAME, missing)
            assert outer.left < inner.left < inner.right < outer.right
            assert outer.top < inner.top < inner.bottom < outer.bottom
            assert panel.left < outer.left < outer.right < panel.right
            assert panel.top < outer.top < outer.bottom < panel.bottom
            assert [place for place in places(NAME, f"b = {b}") if outer.holds(place)]
    frames = [f"{missing}-b{b}" for missing, reading in READINGS.items() for b in range(len(reading))]
    for one in frames:
        for other in set(frames) - {one}:
            assert not box_of(NAME, one).holds(box_of(NAME, other)[:2]), f"{one} and {other} overlap"


def test_every_timestep_stands_under_its_name():
    for missing in READINGS:
        panel = box_of(NAME, missing)
        for b, t, _, _ in cells(missing):
            step = box_of(NAME, f"{missing}-b{b}-t{t}")
            heads = [x for x, y in places(NAME, f"t = {t + 1}") if panel.holds((x, y)) and y < step.top]
            assert [x for x in heads if abs(x - (step.left + step.right) / 2) < 1]


def test_time_runs_to_the_right_and_features_run_down():
    assert_columns(
        NAME, {f"x-r0-c{k}": [f"x-r1-c{k}", f"features-b0-t{k}-k0", f"features-b1-t{k}-k0"] for k in range(5)}
    )
    for one in ("timesteps-b0-t0", "timesteps-b1-t0", "batch-b0-t0", "batch-b0-t1"):
        ys = [places(NAME, f"{one}-k{k}")[0][1] for k in range(WIDE)]
        assert ys == sorted(set(ys))
    assert box_of(NAME, "batch-b0-t0").right < box_of(NAME, "batch-b0-t1").left


def test_states_run_along_the_row_nowhere_or_from_row_to_row():
    wires = {
        f"{missing}-wire-b{b}-t{t}": (f"{missing}-b{b}-t{t - 1}", f"{missing}-b{b}-t{t}")
        for missing, reading in READINGS.items()
        for b, sequence in enumerate(reading)
        for t in range(1, len(sequence))
    }
    assert len(wires) == ROWS * (WIDE - 1) + (ROWS - 1)
    assert_wires(NAME, wires)


def test_the_table_names_each_entry_and_frames_the_added_axis():
    heads = {axis: [f"{missing}-shape-{row}" for missing in READINGS] for row, axis in enumerate(AXES)}
    heads |= {name: [f"{missing}-{name}" for missing in READINGS] for name in ("weights", "y.shape")}
    assert_rows(NAME, heads | {"LSTM(4)": []})
    for row, axis in enumerate(AXES):
        assert_inside(NAME, {f"{axis}-shape-{row}": f"{axis}-added", f"{axis}-weights": axis, f"{axis}-y.shape": axis})
        assert size(READINGS[axis])[row] == 1


def test_the_words():
    meanings = {
        "features": "Each row is a sequence: h and c run along the row.",
        "timesteps": "Each row is a sequence of one timestep: h and c run nowhere.",
        "batch": "The rows are one sequence: h and c run from row to row.",
    }
    expected = ["x", "x.shape"]
    drawn = {
        "features": ["b = 0", "t = 1", "t = 2", "t = 3", "t = 4", "t = 5", "b = 1"],
        "timesteps": ["b = 0", "t = 1", "b = 1", "t = 1"],
        "batch": ["b = 0", "t = 1", "t = 2"],
    }
    for missing in READINGS:
        expected += [f"{missing} is missing", CODE[missing], meanings[missing], *drawn[missing]]
        expected += [*AXES, "LSTM(4)", "weights", "y.shape"]
    assert words(NAME) == expected


@pytest.mark.parametrize("missing", READINGS)
def test_the_caption_holds_none_raises_and_each_sequence_is_run_by_itself(missing):
    reading = READINGS[missing]
    layer = LSTM(N, seed=3)
    y = layer(np.array(reading, dtype=float))
    assert y.shape == (len(reading), N)
    for sequence, result in zip(reading, y, strict=True):
        assert np.allclose(result, scalar_lstm(sequence, *layer.get_weights())["h"][-1], atol=1e-12)


def test_the_caption_holds_where_h_and_c_run():
    """A change of the first number of row 0 reaches what comes out for row 1 in one reading only."""
    for missing, reaches in (("features", False), ("timesteps", False), ("batch", True)):
        before, after = np.array(READINGS[missing], dtype=float), np.array(READINGS[missing], dtype=float)
        after[0, 0, 0] = -3
        layer = LSTM(N, seed=3)
        assert np.array_equal(layer(before / 10)[-1], layer(after / 10)[-1]) is not reaches
