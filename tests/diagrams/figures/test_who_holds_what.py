import json

import numpy as np
import pytest

from tests.diagrams.svg_numbers import assert_rows, places, words, written
from tests.oracle import scalar_lstm
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/experiments/who_holds_what.json").read_text())["facts"]["flip_flops-3"]
PULSES = ["+...-...+.", "-.+....-..", "+..-..+..."]
STEPS, BITS = 10, 3


def seeds() -> list[int]:
    return sorted(
        {int(gid.split("-")[0][1:]) for gid in written("who-holds-what")},
        key=lambda s: places("who-holds-what", f"s{s}-h-t0-u0")[0][1],
    )


def test_h_is_that_of_the_recorded_weights():
    x = [[{"+": 1, "-": -1, ".": 0}[row[t]] for row in PULSES] for t in range(STEPS)]
    for seed in seeds():
        kernel, recurrent_kernel, bias, read_out, read_out_bias = FACTS["weights"][seed]
        h = scalar_lstm(x, kernel, recurrent_kernel, bias)["h"]
        for t in range(STEPS):
            for unit in range(BITS):
                text = written("who-holds-what")[f"s{seed}-h-t{t}-u{unit}"]
                assert float(text.replace("−", "-")) == pytest.approx(h[t][unit], abs=0.0501)
            told = [
                sum(h[t][j] * read_out[j][bit] for j in range(BITS)) + read_out_bias[bit] > 0 for bit in range(BITS)
            ]
            last = ["".join(row[: t + 1]).replace(".", "")[-1] for row in PULSES]
            assert told == [pulse == "+" for pulse in last]


def test_the_table_is_what_was_recorded():
    for seed in seeds():
        for unit in range(BITS):
            for bit in range(BITS):
                text = written("who-holds-what")[f"s{seed}-without-{unit}-{bit}"]
                assert abs(float(text.rstrip(" %")) - 100 * FACTS["without"][seed][unit][bit]) <= 0.5
            assert_rows("who-holds-what", {f"unit {unit} taken out": []})


def test_the_first_layer_holds_a_bit_in_each_unit_and_the_second_does_not():
    clean, mixed = (np.array(FACTS["without"][seed]) for seed in seeds())
    assert sorted(clean.argmin(axis=1)) == [0, 1, 2] == sorted(clean.argmin(axis=0))
    assert (np.sort(clean, axis=1)[:, 0] < 0.75).all() and (np.sort(clean, axis=1)[:, 1:] > 0.99).all()
    assert ((mixed < 0.9).sum(axis=1) > 1).any()
    assert all(FACTS["right"]["seeds"][seed] > 0.95 for seed in seeds())


def test_the_words():
    assert words("who-holds-what").count("h of each unit") == 2
