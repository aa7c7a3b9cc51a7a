"""Counting pulses modulo m: with units that read one another (dense), and with units that do not (diagonal)."""

import numpy as np
from seeds import Seeds, classes, outcome

STEPS, BATCH, TIMESTEPS, LONG = 1500, 32, 40, 400
CONDITIONS = [
    {"modulus": modulus, "links": links, "units": units}
    for modulus in (2, 3, 4, 8)
    for links, sizes in (("dense", (1, 2, 3, 4, 6, 8)), ("diagonal", (1, 2, 4, 8, 16)))
    for units in sizes
]
CHECKED = [{"modulus": 4, "links": "dense", "units": 4}]


def run(seeds, modulus, links, units, steps=STEPS):
    """The rate of right counts of each seed at the length that it was trained on and at ten times that."""
    rngs = [np.random.default_rng([seed, 2]) for seed in seeds]
    net = Seeds(seeds, units, features=1, scores=modulus, diagonal=links == "diagonal")
    curve = []
    for step in range(steps):
        x, counts = pulses(rngs, modulus, BATCH, TIMESTEPS)
        scores = net.learn(x, lambda scores, counts=counts: classes(scores, counts))
        if step % 200 == 199:
            curve.append(right(scores, counts))
    found = {"curve": curve, "weights": 4 * units * (2 + (units if links == "dense" else 1))}
    for name, timesteps in (("right", TIMESTEPS), ("right_long", LONG)):
        x, counts = pulses([np.random.default_rng([seed, 3]) for seed in seeds], modulus, 50, timesteps)
        found[name] = outcome(right(net.scores(x), counts))
    return found


def pulses(rngs, modulus, batch, timesteps):
    """Pulses of 0 and 1, and how many there have been so far, modulo m."""
    drawn = np.stack([rng.integers(0, 2, (batch, timesteps)) for rng in rngs])
    return drawn[..., np.newaxis].astype("float32"), drawn.cumsum(axis=-1) % modulus


def right(scores, counts):
    return (scores.argmax(axis=-1) == counts).mean(axis=(1, 2)).round(4).tolist()
