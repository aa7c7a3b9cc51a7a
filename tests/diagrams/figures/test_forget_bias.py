import math

import pytest

from lstm_ref import LSTM
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, box_of, places, words

BIASES, TIME = (0, 1, 2), range(11)
KEPT = {bias: 1 / (1 + math.exp(-bias)) for bias in BIASES}  # of c, at each timestep


def test_every_number_follows_from_the_bias():
    expected = {f"c-t{t}-bias-{bias}": KEPT[bias] ** t for bias in BIASES for t in TIME}
    for bias in BIASES:
        half_life = math.log(2) / math.log(1 + math.exp(-bias))
        expected |= {f"bias-{bias}": bias, f"f-bias-{bias}": KEPT[bias], f"half-life-bias-{bias}": half_life}
    assert_numbers("forget-bias", expected)


def test_bars_are_as_high_as_their_numbers_and_stand_over_them():
    for bias in BIASES:
        bars = [box_of("forget-bias", f"bar-t{t}-bias-{bias}") for t in TIME]
        whole = bars[0].bottom - bars[0].top
        (_, half), *_ = [place for place in places("forget-bias", "half") if bars[0].top < place[1] < bars[0].bottom]
        assert half == pytest.approx(bars[0].bottom - whole / 2, abs=1)
        for t, bar in zip(TIME, bars, strict=True):
            assert bar.bottom == bars[0].bottom
            assert bar.bottom - bar.top == pytest.approx(whole * KEPT[bias] ** t, abs=0.02)
            ((x, y),) = places("forget-bias", f"c-t{t}-bias-{bias}")
            assert x == pytest.approx((bar.left + bar.right) / 2, abs=0.02)
            assert bar.bottom < y < bar.bottom + 20


def test_columns_are_timesteps_and_each_row_has_its_own_bars_and_words():
    assert_columns("forget-bias", {str(t): [f"c-t{t}-bias-{bias}" for bias in BIASES] for t in TIME})
    settings = {0: "unit_forget_bias=False", 1: "unit_forget_bias=True: Keras starts here"}
    for bias in BIASES:
        ((_, head),) = places("forget-bias", f"bias-{bias}")
        bar = box_of("forget-bias", f"bar-t0-bias-{bias}")
        assert head < bar.top < head + 30
        for beside in (f"f-bias-{bias}", f"half-life-bias-{bias}"):
            assert places("forget-bias", beside)[0][1] == head
        if bias in settings:
            assert head < places("forget-bias", settings[bias])[0][1] < bar.bottom


def test_the_words():
    row = ["half", "c ="]
    false, true = ["unit_forget_bias=False", *row], ["unit_forget_bias=True: Keras starts here", *row]
    head = ["c starts at 1, and nothing is written: c = f · previous c", "t =", *map(str, TIME)]
    assert words("forget-bias") == [*head, *false, *true, *row]


def test_what_the_settings_start_from():
    for unit_forget_bias, forget_bias in ((False, 0), (True, 1)):
        layer = LSTM(1, unit_forget_bias=unit_forget_bias)
        layer.build((None, None, 1))
        assert layer.bias.tolist() == [0, forget_bias, 0, 0]
    assert LSTM(1).unit_forget_bias


def test_the_caption_and_the_alternative_text_hold():
    assert KEPT[0] == 0.5
    assert KEPT[0] < KEPT[1] < KEPT[2] < 1
