import json

import numpy as np
import pytest

from lstm_ref import LSTM, step_jacobian
from tests.diagrams.svg_numbers import assert_numbers, box_of, dots, places, words
from tests.project import ROOT

BIASES, DELAYS = (6, 4, 3, 2, 1, 0, None), (10, 20, 50, 100, 200)
UNITS, BACK, SEEDS = 8, 40, 20
FACTS = json.loads((ROOT / "docs/evidence/experiments/delay.json").read_text())["facts"]


def rates(delay: int, bias: int | None) -> list[float]:
    return FACTS[f"delay-{delay}-forget_bias-{bias}"]["right"]["seeds"]


def factor(bias: int) -> float:
    """By whole matrices: dL/dc of the step before is dL/d(h, c) times the derivatives of (h, c) by it."""
    logs = []
    for seed in range(SEEDS):
        rng = np.random.default_rng([seed, 1])
        layer = LSTM(UNITS, seed=seed)
        layer.build((None, None, 2))
        kernel, recurrent_kernel, biases = layer.get_weights()
        biases[UNITS : 2 * UNITS] = bias
        layer.set_weights([kernel, recurrent_kernel, biases])
        sign = rng.choice([-1.0, 1.0], size=(1, BACK + 1, 1))
        x = np.concatenate([sign, np.eye(1, BACK + 1)[..., np.newaxis]], axis=-1)
        trace = layer.trace(x)
        by_h, by_c, lengths = rng.normal(size=UNITS), np.zeros(UNITS), []
        for t in range(BACK, -1, -1):
            lengths.append(np.linalg.norm(by_c + by_h * trace.o[0, t] * (1 - np.tanh(trace.c[0, t]) ** 2)))
            h, c = (trace.h[0, t - 1], trace.c[0, t - 1]) if t else (np.zeros(UNITS), np.zeros(UNITS))
            by = step_jacobian(x[0, t], h, c, kernel, recurrent_kernel, biases)
            by_h, by_c = by_h @ by.dh_dh + by_c @ by.dc_dh, by_h @ by.dh_dc + by_c @ by.dc_dc
        logs.append(np.log(lengths[-1] / lengths[0]) / BACK)
    return float(np.exp(np.mean(logs)))


def test_every_number_is_recorded_or_computed():
    learned = {
        f"learned-{delay}-{bias}": sum(rate >= 0.95 for rate in rates(delay, bias))
        for delay in DELAYS
        for bias in BIASES
    }
    assert_numbers("delay", learned | {f"factor-{bias}": factor(bias) for bias in BIASES if bias is not None})


def test_a_bar_of_each_seed_is_as_high_as_its_rate():
    for delay in DELAYS:
        for bias in BIASES:
            middles, found = dots("delay", f"seeds-{delay}-{bias}"), rates(delay, bias)
            assert len(middles) == len(found) == 10
            assert [x for x, _ in middles] == sorted(x for x, _ in middles)
            heights = [2 * (max(y for _, y in middles) - y) for _, y in middles]
            most = max(max(found) - max(0.5, min(found)), 1e-9)
            expected = [24 * 2 * (max(rate, 0.5) - max(0.5, min(found))) for rate in found]
            assert most and heights == pytest.approx(expected, abs=2.1)


def test_cells_stand_in_their_row_and_column():
    for bias in BIASES:
        name = "plain tanh" if bias is None else f"{bias}{', default' if bias == 1 else ''}"
        ((_, row),) = places("delay", name)
        for delay in DELAYS:
            ((column, _),) = places("delay", str(delay))
            cell = box_of("delay", f"seeds-{delay}-{bias}")
            assert cell.left - 26 < column < cell.right + 2 and cell.top - 26 < row < cell.bottom + 8


def test_the_caption_and_the_alternative_text_hold():
    learned = {(delay, bias): sum(rate >= 0.95 for rate in rates(delay, bias)) for delay in DELAYS for bias in BIASES}
    assert all(learned[10, bias] == 10 for bias in BIASES)
    assert (learned[20, 0], learned[20, 1], learned[50, 1]) == (0, 10, 0)
    for bias in (2, 3, 4, 6):
        assert learned[50, bias] > 5
        assert learned[50, bias] > learned[100, bias] > learned[200, bias]
    factors = [factor(bias) for bias in (0, 1, 2, 3, 4, 6)]
    assert factors == sorted(factors)
    assert all((abs(kept - 1) < 0.06) == (bias >= 2) for bias, kept in zip((0, 1, 2, 3, 4, 6), factors, strict=True))
    layer = LSTM(1)
    layer.build((None, None, 1))
    assert layer.bias[1] == 1


def test_the_words():
    assert words("delay")[:7] == [
        "Seeds of 10 that learned, by delay in timesteps",
        "8 units, 1,000 training steps",
        *map(str, DELAYS),
    ]
