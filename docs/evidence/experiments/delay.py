"""Remember a sign over a delay, while other signs pass: how far back does learning reach?"""

import numpy as np
from seeds import Seeds, bits, outcome
from simple_rnn import SimpleRNN

from lstm_ref import LSTM

STEPS, BATCH, UNITS = 1000, 32, 8
CONDITIONS = [
    {"delay": delay, "forget_bias": forget_bias}
    for delay in (200, 100, 50, 20, 10)
    for forget_bias in (0, 1, 2, 3, 4, 6, None)  # None is a plain recurrence, which has no forget gate
]
CONDITIONS += [{"delay": 50, "forget_bias": bias, "units": units} for bias in (1, 3) for units in (2, 32)]
CHECKED = [{"delay": 10, "forget_bias": 1}]


def run(seeds, delay, forget_bias, units=UNITS, steps=STEPS):
    """How often the sign is told rightly by each seed. Large layers are trained two seeds at a time: that is quicker."""
    together = 2 if units > 8 else len(seeds)
    pieces = [
        trained(seeds[k : k + together], delay, forget_bias, units, steps) for k in range(0, len(seeds), together)
    ]
    rates, curves = (np.concatenate(found, axis=-1) for found in zip(*pieces, strict=True))
    return {"right": outcome(rates), "curve": curves.tolist()}


def trained(seeds, delay, forget_bias, units, steps):
    rngs = [np.random.default_rng([seed, 2]) for seed in seeds]
    kind = SimpleRNN if forget_bias is None else LSTM
    net = Seeds(seeds, units, features=2, scores=1, forget_bias=forget_bias, kind=kind)
    curve = []
    for step in range(steps):
        x, sign = signs(rngs, BATCH, delay)
        scores = net.learn(x, lambda scores, sign=sign: at_the_end(scores, sign))
        if step % 100 == 99:
            curve.append(right(scores, sign))
    x, sign = signs([np.random.default_rng([seed, 3]) for seed in seeds], 500, delay)
    return right(net.scores(x), sign), curve


def signs(rngs, batch, delay):
    """Features (sign, mark): the sign that is marked, at the first timestep, is to be told after `delay` more."""
    sign = np.stack([rng.choice([-1.0, 1.0], size=(batch, delay + 1)) for rng in rngs])
    mark = np.zeros_like(sign)
    mark[..., 0] = 1
    return np.stack([sign, mark], axis=-1).astype("float32"), sign[..., 0]


def at_the_end(scores, sign):
    by_scores = np.zeros_like(scores)
    by_scores[:, :, -1, 0] = bits(scores[:, :, -1, 0], sign)
    return by_scores


def right(scores, sign):
    return ((scores[:, :, -1, 0] > 0) == (sign > 0)).mean(axis=1).round(4).tolist()
