"""As many units as flip-flops: which unit holds which bit? Each is held at 0 in turn."""

import numpy as np
from bits_held import LONG, STEPS, draw, trained
from seeds import Seeds, outcome

CONDITIONS = [{"flip_flops": number} for number in (2, 3, 4)]
CHECKED = [{"flip_flops": 2}]


def run(seeds, flip_flops, steps=STEPS):
    """How often each bit is right while unit j is held at 0 (seeds, units, bits), and of three bits the weights."""
    net, _ = trained(seeds, flip_flops, flip_flops, 0, steps)
    x, held = draw([np.random.default_rng([seed, 3]) for seed in seeds], flip_flops, 50, LONG)
    right = (net.scores(x) > 0) == (held > 0)
    without = [(without_unit(net, x, unit) == (held > 0)).mean(axis=(1, 2)) for unit in range(flip_flops)]
    without = np.stack(without, axis=1).round(3)
    found = {
        "right": outcome(right.all(axis=-1).mean(axis=(1, 2))),
        "without": without.tolist(),
        "one_bit_each": one_bit_each(without),
        "without_recurrence": outcome(without_recurrence(net, x, held)),
        "before": gates(Seeds(seeds, flip_flops, flip_flops, flip_flops), x),
        "after": gates(net, x),
    }
    if flip_flops == 3:
        found["weights"] = [[array.round(5).tolist() for array in alone(net, s)] for s in range(len(seeds))]
    return found


def one_bit_each(right):
    """In how many seeds each unit taken out spoils one bit, another for each, and leaves the others right."""
    spoilt = right < 0.75
    alone = (spoilt.sum(axis=1) == 1).all(axis=1) & (spoilt.sum(axis=2) == 1).all(axis=1)
    return int((alone & (spoilt | (right > 0.99)).all(axis=(1, 2))).sum())


def without_recurrence(net, x, held):
    """How often all bits are right when no unit reads any h, its own included."""
    weights = net.layer.get_weights()
    net.layer.set_weights([weights[0], np.zeros_like(weights[1]), weights[2]])
    right = (net.scores(x) > 0) == (held > 0)
    net.layer.set_weights(weights)
    return right.all(axis=-1).mean(axis=(1, 2))


def gates(net, x):
    """Of each gate, over all seeds: the mean bias, and the values that a tenth, a half, nine tenths of it lie below."""
    trace = net.layer.trace(np.concatenate(x, axis=-1))
    biases = net.layer.get_weights()[2].reshape(4, -1)
    return {
        name: {
            "bias": round(float(bias.mean()), 2),
            "value": (np.quantile(getattr(trace, name), [0.1, 0.5, 0.9]).round(2) + 0.0).tolist(),
        }
        for name, bias in zip("ifgo", biases, strict=True)
    }


def without_unit(net, x, unit):
    """What the bits are told to be by a layer whose unit has been taken out: its h is 0 for the others and the read-out."""
    seeds, units = net.shape
    weights = net.layer.get_weights()
    kernel, recurrent_kernel, bias = (array.copy() for array in weights)
    for s in range(seeds):
        for gate in range(4):
            column = gate * seeds * units + s * units + unit
            kernel[:, column], recurrent_kernel[:, column], bias[column] = 0, 0, 0
    net.layer.set_weights([kernel, recurrent_kernel, bias])
    told = net.scores(x) > 0
    net.layer.set_weights(weights)
    return told


def alone(net, s):
    """The weights of one seed as those of a layer of its own: kernel, recurrent kernel, bias, read-out and its bias."""
    seeds, units = net.shape
    kernel, recurrent_kernel, bias = net.layer.get_weights()
    own = [
        kernel.reshape(seeds, -1, 4, seeds, units)[s, :, :, s].reshape(-1, 4 * units),
        recurrent_kernel.reshape(seeds, units, 4, seeds, units)[s, :, :, s].reshape(units, 4 * units),
        bias.reshape(4, seeds, units)[:, s].reshape(-1),
    ]
    return [*own, net.dense[0][s], net.dense[1][s, 0]]
