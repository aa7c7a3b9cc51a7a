import math

import numpy as np

from diagrams.figures import windowing
from lstm_ref import LSTM
from tests.diagrams.svg_numbers import (
    assert_columns,
    assert_inside,
    assert_numbers,
    assert_rows,
    assert_wires,
    box_of,
    places,
    shapes,
    words,
    written,
)
from tests.oracle import scalar_lstm

NAME = "windowing"
S, T, F, N = 5, 3, 1, 4
SERIES = [round(math.sin(index + 1), 1) for index in range(8)]
SAMPLES = range(S)


def test_every_number_is_that_of_the_series_or_of_a_shape():
    expected = {f"series-{index}": value for index, value in enumerate(SERIES)}
    expected |= {f"index-{index}": index for index in range(len(SERIES))}
    expected |= {f"x-s{s}-t{t}": SERIES[s + t] for s in SAMPLES for t in range(T)}
    expected |= {f"target-s{s}": SERIES[s + T] for s in SAMPLES}
    expected |= {f"start-s{s}": 0 for s in SAMPLES}
    expected |= {f"x-shape-{axis}": size for axis, size in enumerate((S, T, F))}
    expected |= {f"y-shape-{axis}": size for axis, size in enumerate((S, N))}
    assert_numbers(NAME, expected | {"window-length": T})
    assert S + T == len(SERIES) == len(set(SERIES)), "each window has a target, and no value can stand for another"


def test_every_number_stands_under_its_index_and_in_its_sample():
    of_index = {f"index-{index}": [f"series-{index}"] for index in range(len(SERIES))}
    of_sample = {f"sample {s}": [f"start-s{s}", f"target-s{s}"] for s in SAMPLES}
    for s in SAMPLES:
        of_index[f"index-{s + T}"].append(f"target-s{s}")
        for t in range(T):
            of_index[f"index-{s + t}"].append(f"x-s{s}-t{t}")
            of_sample[f"sample {s}"].append(f"x-s{s}-t{t}")
    assert_columns(NAME, of_index)
    assert_rows(NAME, {"index": ["index-0"], "series": ["series-0"], **of_sample})
    assert_inside(NAME, {gid: f"{gid}-box" for gids in of_index.values() for gid in gids})


def test_samples_stand_below_the_series_in_their_order():
    tops = [box_of(NAME, f"{gid}-box").top for gid in ("series-0", *(f"x-s{s}-t0" for s in SAMPLES))]
    assert tops == sorted(set(tops))
    ((left, height),) = places(NAME, "target: the next value")
    target = box_of(NAME, "target-s0-box")
    assert target.right < left < target.right + 10
    assert target.top < height < target.bottom


def test_each_sample_starts_from_zero_and_no_wire_leads_from_sample_to_sample():
    starts = {f"start-wire-s{s}": (f"start-s{s}", f"x-s{s}-t0-box") for s in SAMPLES}
    axes = {"samples-wire": ("windows", "y-shape-0-box"), "units-wire": ("number per step", "y-shape-1-box")}
    assert_wires(NAME, starts | axes)


def test_the_bracket_embraces_one_window_without_its_target():
    bracket, row = box_of(NAME, "window"), f"s{S - 1}"
    assert abs(bracket.left - box_of(NAME, f"x-{row}-t0-box").left) < 1
    assert abs(bracket.right - box_of(NAME, f"x-{row}-t{T - 1}-box").right) < 1
    assert box_of(NAME, f"target-{row}-box").bottom < bracket.top < places(NAME, "window-length")[0][1]


def test_entries_of_the_shapes_stand_under_their_names_and_in_their_shape():
    for axis, heads in enumerate(
        (("samples", "windows"), ("timesteps", "steps in each"), ("features", "number per step"))
    ):
        assert {places(NAME, head)[0][0] for head in heads} == {places(NAME, f"x-shape-{axis}")[0][0]}
    assert places(NAME, "samples")[1][0] == places(NAME, "y-shape-0")[0][0]
    assert places(NAME, "units")[0][0] == places(NAME, "y-shape-1")[0][0]
    assert_rows(NAME, {"x.shape": [f"x-shape-{axis}" for axis in range(3)], "y.shape": ["y-shape-0", "y-shape-1"]})
    (_, start), (_, end) = shapes(NAME)["layer"]
    assert start < box_of(NAME, "x-shape-0-box").top < box_of(NAME, "y-shape-0-box").bottom < end


def test_the_words():
    meanings = ["samples", "windows", "timesteps", "steps in each", "features", "number per step"]
    names = ["x.shape", "(", ",", ",", ")", "y.shape", "(", ",", ")", "samples", "units"]
    assert words(NAME) == [
        *("index", "series"),
        *(f"sample {s}" for s in SAMPLES),
        "target: the next value",
        *meanings,
        *names,
        *("only h of the last step", "LSTM(4)"),
    ]
    assert {written(NAME)[f"start-s{s}"] for s in SAMPLES} == {"h = c = 0"}
    assert written(NAME)["window-length"] == f"one window = one sample of {T} timesteps"


def test_the_caption_holds_each_window_is_a_sample_of_its_own_with_as_many_steps_as_it_is_long():
    windows = [SERIES[s : s + T] for s in SAMPLES]
    layer = LSTM(N, seed=3)
    together = layer(np.array(windows)[..., np.newaxis])
    assert together.shape == (S, N)
    for s, window in enumerate(windows):
        alone = scalar_lstm([[value] for value in window], *layer.get_weights())["h"]
        assert len(alone) == T
        assert np.allclose(together[s], alone[-1], atol=1e-12)
    assert layer(np.zeros((S, 7, F))).shape == (S, N), "the length of a window is free of the units"
    assert f"here {T};" in windowing.CAPTION
    assert f"{N} `units`" in windowing.CAPTION
