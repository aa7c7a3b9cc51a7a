"""A real series, one month ahead: LSTMs of several sizes against what costs nothing, from four origins.

elnino.csv is the data set of that name in statsmodels 0.15.0: the surface temperature of the Pacific between 0 and 10
degrees south, 90 and 80 degrees west, each month from 1950 to 2010, by NOAA; in the public domain.
"""

from pathlib import Path

import numpy as np
from seeds import Seeds

STEPS, BATCH, TESTED, VALIDATED = 600, 32, 60, 60  # months
CONDITIONS = [
    {"window": window, "units": units, "origin": origin}
    for window in (12, 24, 48)
    for units in (1, 2, 4, 8, 16, 32)
    for origin in (1986, 1991, 1996, 2001, 2006)
]
CHECKED = [{"window": 12, "units": 4, "origin": 2001}]


def run(seeds, window, units, origin, steps=STEPS):
    """Root of the mean squared error of each seed over the five years from the origin on, in degrees."""
    x, target, _, deviation, first_test = windows(window, origin)
    together = max(1, 80 // units)  # seeds in one layer
    errors = [
        error
        for k in range(0, len(seeds), together)
        for error in forecast(seeds[k : k + together], units, x, target, first_test, steps)
    ]
    simple = {
        name: round(float(rmse(told[first_test:], target[first_test:]) * deviation), 4)
        for name, told in baselines(x, target, first_test).items()
    }
    return {"error": [round(float(error * deviation), 4) for error in errors], **simple}


def windows(window, origin):
    """All windows, scaled by what came before the origin, with the month after each; and the first that is tested."""
    table = np.loadtxt(Path(__file__).with_name("elnino.csv"), delimiter=",", skiprows=1)
    values, known = table[:, 1:].ravel(), int(12 * (origin - table[0, 0]))
    mean, deviation = values[:known].mean(), values[:known].std()
    scaled = ((values[: known + TESTED] - mean) / deviation).astype("float32")
    pieces = np.lib.stride_tricks.sliding_window_view(scaled, window + 1)
    return pieces[:, :-1, np.newaxis], pieces[:, -1], mean, deviation, len(pieces) - TESTED


def forecast(seeds, units, x, target, first_test, steps):
    """Train on all but the last five years before the origin; those choose the step whose weights are tested."""
    first_validated = first_test - VALIDATED
    net = Seeds(seeds, units, features=1, scores=1)
    rngs = [np.random.default_rng([seed, 2]) for seed in seeds]
    best, tested = np.full(len(seeds), np.inf), np.zeros(len(seeds))
    later = np.broadcast_to(x[first_validated:], (len(seeds), *x[first_validated:].shape))
    for step in range(1, steps + 1):
        rows = np.stack([rng.integers(0, first_validated, BATCH) for rng in rngs])
        net.learn(x[rows], lambda scores, rows=rows: squared(scores, target[rows]))
        if step % 20 == 0:
            told = net.scores(later)[:, :, -1, 0]
            validated = rmse(told[:, :VALIDATED], target[first_validated:first_test])
            better = validated < best
            best = np.where(better, validated, best)
            tested = np.where(better, rmse(told[:, VALIDATED:], target[first_test:]), tested)
    return tested


def squared(scores, target):
    by_scores = np.zeros_like(scores)
    by_scores[:, :, -1, 0] = 2 * (scores[:, :, -1, 0] - target) / target.shape[1]
    return by_scores


def baselines(x, target, first_test):
    """The last month, the same month a year before, and a linear function of the window, fitted to the months that train."""
    design = np.concatenate([x[..., 0], np.ones((len(x), 1))], axis=1).astype(float)
    fitted = first_test - VALIDATED
    line = np.linalg.lstsq(design[:fitted], target[:fitted], rcond=None)[0]
    return {"last_month": x[:, -1, 0], "last_year": x[:, -12, 0], "linear": design @ line}


def rmse(told, target):
    return np.sqrt(np.mean((told - target) ** 2, axis=-1))
