import numpy as np
import pytest

from lstm_ref import LSTM, step_jacobian
from lstm_ref.initializers import glorot_uniform, orthogonal
from tests.diagrams.svg_numbers import assert_numbers, read_off, shapes, words

STEPS, UNITS, FEATURES, SEEDS, LEAST = 60, 32, 3, 20, 1e-9
X_TICKS = {"k = 0": 0, "60": 60}
Y_TICKS = {"1": 1, "10⁻⁹": 1e-9}


def lstm(forget_bias: float, seed: int) -> dict[str, list[float]]:
    """Gradients of a random sum of the last h, by the whole matrices dh/dh, dh/dc, dc/dh, dc/dc of each step."""
    rng = np.random.default_rng([seed, 1])
    layer = LSTM(UNITS, seed=seed)
    layer.build((None, None, FEATURES))
    kernel, recurrent_kernel, bias = layer.get_weights()
    bias[UNITS : 2 * UNITS] = forget_bias
    layer.set_weights([kernel, recurrent_kernel, bias])
    x = rng.normal(size=(1, STEPS + 1, FEATURES))
    trace, toward = layer.trace(x), rng.normal(size=UNITS)
    h = np.concatenate([np.zeros((1, UNITS)), trace.h[0]])
    c = np.concatenate([np.zeros((1, UNITS)), trace.c[0]])
    by_h, by_c, kept = toward, np.zeros(UNITS), []
    last = toward * trace.o[0, -1] * (1 - np.tanh(c[-1]) ** 2)
    alone = [np.linalg.norm(last * np.prod(trace.f[0, t:], axis=0)) for t in range(STEPS + 1, 0, -1)]
    for t in reversed(range(STEPS + 1)):
        kept.append(np.linalg.norm(by_c + by_h * trace.o[0, t] * (1 - np.tanh(c[t + 1]) ** 2)))
        step = step_jacobian(x[0, t], h[t], c[t], kernel, recurrent_kernel, bias)
        by_h, by_c = by_h @ step.dh_dh + by_c @ step.dc_dh, by_h @ step.dh_dc + by_c @ step.dc_dc
    return {"c": kept, "alone": alone}


def plain(spread: float, seed: int) -> dict[str, list[float]]:
    rng, weights = np.random.default_rng([seed, 1]), np.random.default_rng(seed)
    kernel, recurrent_kernel = glorot_uniform((FEATURES, UNITS), weights), orthogonal((UNITS, UNITS), weights)
    x, h, states = spread * rng.normal(size=(STEPS + 1, FEATURES)), np.zeros(UNITS), []
    for now in x:
        h = np.tanh(now @ kernel + h @ recurrent_kernel)
        states.append(h)
    through, by_h = rng.normal(size=UNITS), []
    for h in reversed(states):
        by_h.append(np.linalg.norm(through))
        through = through @ (np.diag(1 - h**2) @ recurrent_kernel.T)
    return {"c": by_h}


@pytest.fixture(scope="module")
def curves() -> dict[str, np.ndarray]:
    """What is left after k steps, geometric means over the seeds."""
    runs = {str(bias): [lstm(bias, seed) for seed in range(SEEDS)] for bias in (0, 1, 2)}
    runs |= {f"plain-{spread}": [plain(spread, seed) for seed in range(SEEDS)] for spread in (1.0, 0.3)}
    return {
        f"{key}-alone" if name == "alone" else key: np.exp(
            np.mean([np.log(np.divide(run[name], run[name][0])) for run in found], axis=0)
        )
        for key, found in runs.items()
        for name in found[0]
    }


def last_shown(parts: np.ndarray) -> int:
    return int((parts >= LEAST).sum()) - 1


def test_each_line_is_what_is_left_after_k_steps(curves):
    for gid, parts in curves.items():
        points = read_off("gradient-flow", shapes("gradient-flow")[gid], X_TICKS, Y_TICKS, log="y")
        last = last_shown(parts)
        ks = [*range(0, last, 6), last]
        assert [k for k, _ in points] == pytest.approx(ks, abs=0.05)
        assert [part for _, part in points] == pytest.approx(parts[ks], rel=0.01)


def test_the_factors_are_of_the_whole_line(curves):
    lines = {gid: parts for gid, parts in curves.items() if not gid.endswith("alone")}
    factors = {f"factor-{gid}": parts[last_shown(parts)] ** (1 / last_shown(parts)) for gid, parts in lines.items()}
    assert_numbers("gradient-flow", factors)


def test_the_page_the_caption_and_the_alternative_text_hold(curves):
    left = {gid: parts[STEPS] for gid, parts in curves.items()}
    assert left["0"] < left["plain-1.0"] < left["1"] < left["plain-0.3"] < left["2"]
    assert left["1"] < 1e-4
    for bias in (0, 1, 2):
        assert left[f"{bias}-alone"] < left[f"{bias}"] / 100


def test_the_words():
    assert words("gradient-flow")[:5] == [
        "Gradient left, k timesteps back from the loss",
        "all of it",
        "along c alone: the product of the forget gates",
        f"{UNITS} units, {FEATURES} normal inputs, {SEEDS} seeds, untrained",
        "|dL/dc|, and |dL/dh| of the plain recurrence",
    ]
