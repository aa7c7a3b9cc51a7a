import numpy as np
import pytest

from diagrams.figures.truncation import layer
from tests.diagrams.svg_numbers import box_of, places, shapes, words, written
from tests.oracle import scalar_lstm

STEPS, CALL, MASKED = 12, 4, range(4, 8)
X = np.random.default_rng(3).normal(size=(1, STEPS, 3))[0]
ROWS = ("one", "stateful", "windows", "mask")


def weights() -> list[np.ndarray]:
    fresh = layer()
    fresh(X[np.newaxis])
    return fresh.get_weights()


def slopes(x: np.ndarray, **start: list[float]) -> list[float]:
    """|dL/dx| at each timestep, from runs with x a little more and a little less; L is the sum of the last h."""
    arrays, lengths = weights(), []
    for t in range(len(x)):
        square = 0.0
        for k in range(3):
            losses = []
            for by in (1e-6, -1e-6):
                moved = x.copy()
                moved[t, k] += by
                losses.append(sum(scalar_lstm(moved, *arrays, **start)["h"][-1]))
            square += ((losses[0] - losses[1]) / 2e-6) ** 2
        lengths.append(square**0.5)
    return lengths


def expected() -> dict[str, list[float]]:
    before = scalar_lstm(X[:-CALL], *weights())
    counted = [t for t in range(STEPS) if t not in MASKED]
    of_counted = dict(zip(counted, slopes(X[counted]), strict=True))
    nothing = [0.0] * (STEPS - CALL)
    return {
        "one": slopes(X),
        "stateful": nothing + slopes(X[-CALL:], h=before["h"][-1], c=before["c"][-1]),
        "windows": nothing + slopes(X[-CALL:]),
        "mask": [of_counted.get(t, 0.0) for t in range(STEPS)],
    }


def test_every_number_is_a_slope_of_the_loss():
    numbers = {f"{row}-t{t}": length for row, lengths in expected().items() for t, length in enumerate(lengths)}
    found = {gid: "0" + text if text.startswith(".") else text for gid, text in written("truncation").items()}
    assert found.keys() == numbers.keys()
    for gid, text in found.items():
        assert float(text) == pytest.approx(numbers[gid], abs=0.0005)
        assert (text == "0") == (numbers[gid] == 0)


def test_bars_stand_over_their_numbers_and_rise_with_them():
    for row in ROWS:
        bars = {
            t: box_of("truncation", f"{row}-t{t}-bar")
            for t in range(STEPS)
            if f"{row}-t{t}-bar" in shapes("truncation")
        }
        lengths = {t: float("0" + written("truncation")[f"{row}-t{t}"]) for t in bars}
        assert [t for t in range(STEPS) if t not in bars] == [
            t for t in range(STEPS) if written("truncation")[f"{row}-t{t}"] == "0"
        ]
        heights = sorted((lengths[t], bar.bottom - bar.top) for t, bar in bars.items())
        assert [height for _, height in heights] == sorted(height for _, height in heights)
        for t, bar in bars.items():
            ((x, y),) = places("truncation", f"{row}-t{t}")
            assert bar.left < x < bar.right and bar.bottom < y < bar.bottom + 20


def test_the_words():
    assert words("truncation") == [
        "|dL/dx|, log bars; L reads the last h of the last call",
        "One call of 12 timesteps",
        "Three stateful calls of 4: h and c are handed on",
        "Three windows of 4: each starts at zeros",
        "One call, timesteps 5 to 8 masked (grey)",
    ]
