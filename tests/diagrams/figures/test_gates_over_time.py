import math

import pytest

from diagrams.figures.gates_over_time import SCALE, data, draw
from lstm_ref.examples import latch
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, places, texts, words
from tests.oracle import scalar_lstm

LAYER, X = latch()
RUN = {name: [row[0] for row in rows] for name, rows in scalar_lstm(X[0], *LAYER.get_weights()).items()}
VALUE, WRITE, ERASE = X[0].T.tolist()
ROWS = {"x-t{}-k0": VALUE, **{f"{name}-t{{}}-u0": values for name, values in RUN.items()}}
TIME = range(10)
STATES = {"stored", "kept", "erased"}


def drawn():
    return {patch.get_gid(): patch for patch in draw().axes[0].patches if patch.get_gid()}


def test_every_number_is_that_of_the_run():
    assert_numbers("gates-over-time", {gid.format(t): values[t] for gid, values in ROWS.items() for t in TIME})


def test_steps_are_as_high_as_their_numbers():
    shapes = drawn()
    for gid, values in ROWS.items():
        levels = [shapes[f"{gid.format(t)}-level"] for t in TIME]
        zero = levels[0].get_y() + levels[0].get_height()  # all rows begin at or above zero
        for level, value in zip(levels, values, strict=True):
            expected = (zero - SCALE * max(value, 0), SCALE * abs(value))
            assert (level.get_y(), level.get_height()) == pytest.approx(expected), gid


def test_flags_stand_where_the_input_says():
    flags = {gid for gid in drawn() if gid.startswith(("write", "erase"))}
    expected = {f"write-t{t}" for t in TIME if WRITE[t]} | {f"erase-t{t}" for t in TIME if ERASE[t]}
    assert flags == expected == {"write-t1", "write-t8", "erase-t5"}


def test_the_words_say_what_the_gates_do():
    words = {text for _, text in texts("gates-over-time")}
    said = ["input gate: open only at write", "forget gate: shut only at erase", "output gate: always open here"]
    assert words.issuperset(said)
    assert [gate > 0.99 for gate in RUN["i"]] == [flag == 1 for flag in WRITE]
    assert all(gate > 0.99 or gate < 0.01 for gate in RUN["i"] + RUN["f"])
    assert [gate < 0.01 for gate in RUN["f"]] == [flag == 1 for flag in ERASE]
    assert min(RUN["o"]) > 0.9
    assert RUN["g"] == [math.tanh(value) for value in VALUE]


def test_stored_kept_and_erased_are_said_where_that_happens():
    labels = draw().axes[0].texts
    columns = {label.get_position()[0]: t for t in TIME for label in labels if label.get_gid() == f"c-t{t}-u0"}
    said = {columns[label.get_position()[0]]: label.get_text() for label in labels if label.get_text() in STATES}
    happens = {}
    for t in TIME:
        before, now = RUN["c"][t - 1] if t else 0.0, RUN["c"][t]
        if abs(now) > 0.1:
            happens[t] = "kept" if abs(now - before) < 0.01 else "stored"
        elif abs(before) > 0.1:
            happens[t] = "erased"
    assert said == happens
    assert set(happens.values()) == STATES


def height(name, text):
    ((_, y),) = places(name, text)
    return y


def test_columns_are_timesteps_and_rows_are_what_they_are_called():
    assert_columns("gates-over-time", {str(t + 1): [gid.format(t) for gid in ROWS] for t in TIME})
    heads = {gid[0]: height("gates-over-time", gid[0]) for gid in ROWS}
    for gid in ROWS:
        number = height("gates-over-time", gid.format(0))
        above = [head for head in heads if heads[head] < number]
        assert max(above, key=heads.get) == gid[0], f"{gid} stands below another head"


def test_the_words():
    head = ["t =", "1", "2", "write", "3", "4", "5", "6", "erase", "7", "8", "9", "write", "10"]
    gates = ["x", "input: value, and the flags write and erase", "i", "input gate: open only at write"]
    gates += ["f", "forget gate: shut only at erase", "g", "candidate: follows value at every timestep"]
    gates += ["o", "output gate: always open here"]
    cell = ["c", "cell state: f · previous c + i · g"]
    cell += ["stored", "kept", "kept", "kept", "erased", "stored", "kept"]
    assert words("gates-over-time") == [*head, *gates, *cell, "h", "hidden state, the output: o · tanh(c)"]


def test_what_the_widget_reads_is_what_is_drawn():
    arrays = dict(zip(("kernel", "recurrent_kernel", "bias", "x"), (*LAYER.get_weights(), X[0]), strict=True))
    given = data()
    assert {name: given[name] for name in arrays} == {name: array.tolist() for name, array in arrays.items()}
    levels = [drawn()[f"x-t{t}-k0-level"] for t in TIME]
    assert [level.get_x() for level in levels] == [given["left"] + t * given["column"] for t in TIME]
    assert {level.get_width() for level in levels} == {given["column"]}
