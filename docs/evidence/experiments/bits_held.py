"""k flip-flops: how many bits does a layer hold, read out by a line or through a hidden layer?"""

import numpy as np
from seeds import Seeds, bits, outcome
from training import flip_flops

STEPS, BATCH, TIMESTEPS, LONG = 1500, 32, 40, 400
CONDITIONS = [
    {"flip_flops": number, "units": units, "hidden": hidden}
    for number in (1, 2, 3, 4)
    for units in (1, 2, 3, 4, 5, 6, 8)
    for hidden in (0, 16)
]
CHECKED = [{"flip_flops": 2, "units": 2, "hidden": 0}]


def run(seeds, flip_flops, units, hidden, steps=STEPS):
    """How often all bits are right, over ten times the timesteps of the training."""
    net, curve = trained(seeds, flip_flops, units, hidden, steps)
    x, held = draw([np.random.default_rng([seed, 3]) for seed in seeds], flip_flops, 50, LONG)
    return {"right": outcome(all_right(net.scores(x), held)), "curve": curve}


def trained(seeds, number, units, hidden, steps):
    rngs = [np.random.default_rng([seed, 2]) for seed in seeds]
    net, curve = Seeds(seeds, units, number, number, hidden), []
    for step in range(steps):
        x, held = draw(rngs, number, BATCH, TIMESTEPS)
        scores = net.learn(x, lambda scores, held=held: bits(scores, held))
        if step % 200 == 199:
            curve.append(all_right(scores, held))
    return net, curve


def draw(rngs, number, batch, timesteps):
    """Pulses and bits of each seed, (seeds, batch, timesteps, bits)."""
    drawn = [flip_flops(number, batch, timesteps, rng) for rng in rngs]
    return np.stack([x for x, _ in drawn]).astype("float32"), np.stack([held for _, held in drawn])


def all_right(scores, held):
    return ((scores > 0) == (held > 0)).all(axis=-1).mean(axis=(1, 2)).round(4).tolist()
