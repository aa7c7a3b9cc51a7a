"""Train several seeds at once: as blocks of one LSTM that nothing links, each with its own data and its own read-out."""

from itertools import pairwise

import numpy as np
from training import Adam

from lstm_ref import LSTM


class Seeds:
    """The layers LSTM(units, seed=seed), side by side in one; what links two of them is 0 and stays 0.

    With `diagonal=True` nothing links the units of a seed either. `hidden` puts that many tanh neurons before the
    linear read-out.
    """

    def __init__(self, seeds, units, features, scores, hidden=0, diagonal=False, forget_bias=1, rate=0.01, kind=LSTM):
        self.shape = len(seeds), units
        layers = [kind(units, seed=seed) for seed in seeds]
        for layer in layers:
            layer.build((None, None, features))
        gates = len(layers[0].bias) // units
        self.layer = kind(len(seeds) * units, return_sequences=True)
        kernels = [layer.kernel.reshape(features, gates, units) for layer in layers]
        recurrent_kernels = [layer.recurrent_kernel.reshape(units, gates, units) for layer in layers]
        bias = np.zeros((gates, len(seeds) * units))
        if kind is LSTM:
            bias[1] = forget_bias
        self.reads = side_by_side([np.ones_like(kernel) for kernel in kernels])
        links = [np.ones_like(kernel) for kernel in recurrent_kernels]
        if diagonal:
            links = [np.eye(units)[:, np.newaxis] * link for link in links]
        self.links = side_by_side(links)
        recurrent_kernel = side_by_side(recurrent_kernels) * self.links
        weights = [side_by_side(kernels), recurrent_kernel, bias.reshape(-1)]
        sizes = [units, hidden, scores] if hidden else [units, scores]
        draws = [np.random.default_rng([seed, 1]) for seed in seeds]
        self.dense = []
        for before, after in pairwise(sizes):
            limit = np.sqrt(6 / (before + after))
            drawn = [draw.uniform(-limit, limit, (before, after)) for draw in draws]
            self.dense += [np.stack(drawn).astype("float32"), np.zeros((len(seeds), 1, after), "float32")]
        self.adam = Adam([*(weight.astype("float32") for weight in weights), *self.dense], rate)
        self.layer.set_weights(self.adam.weights[:3])

    def scores(self, x):
        """From x (seeds, batch, timesteps, features) to scores (seeds, batch, timesteps, scores)."""
        return self._read_out(self.layer(np.concatenate(x, axis=-1)))[-1]

    def learn(self, x, loss):
        """One step of Adam; `loss` gives dL/d scores for scores. Return the scores before it."""
        kept = {}

        def by_h(h):
            *read, kept["scores"] = self._read_out(h)
            back = loss(kept["scores"])
            kept["gradients"] = []
            for k in range(len(self.dense) - 2, -1, -2):
                by_kernel = np.einsum("sbti,sbto->sio", read[k // 2], back, optimize=True)
                kept["gradients"] = [by_kernel, back.sum(axis=(1, 2))[:, np.newaxis], *kept["gradients"]]
                back = np.einsum("sbto,sio->sbti", back, self.dense[k], optimize=True)
                if k:
                    back = back * (1 - read[k // 2] ** 2)
            return back.transpose(1, 2, 0, 3).reshape(h.shape)

        kernel, recurrent_kernel, bias, *_ = self.layer.gradients(np.concatenate(x, axis=-1), by_h)
        self.adam.update([kernel * self.reads, recurrent_kernel * self.links, bias, *kept["gradients"]])
        self.layer.set_weights(self.adam.weights[:3])
        return kept["scores"]

    def _read_out(self, h):
        """Each layer of the read-out, h (seeds, batch, timesteps, units) first, the scores last."""
        values = [h.reshape(*h.shape[:2], *self.shape).transpose(2, 0, 1, 3)]
        for k in range(0, len(self.dense), 2):
            kernel, bias = self.dense[k][:, np.newaxis], self.dense[k + 1][:, np.newaxis]
            values.append(values[-1] @ kernel + bias)
            if k < len(self.dense) - 2:
                values[-1] = np.tanh(values[-1])
        return values


def side_by_side(kernels):
    """From one kernel (rows, gates, units) for each seed to one kernel for all, with zeros where seeds would meet."""
    seeds, (rows, gates, units) = len(kernels), kernels[0].shape
    whole = np.zeros((seeds, rows, gates, seeds, units), "float32")
    for s, kernel in enumerate(kernels):
        whole[s, :, :, s] = kernel
    return whole.reshape(seeds * rows, -1)


def outcome(rates):
    """The rate of right answers of each seed, their mean, and how many seeds learned: at least 95 % right."""
    rates = np.round(np.asarray(rates, float), 4)
    return {"seeds": rates.tolist(), "mean": round(float(rates.mean()), 4), "learned": int((rates >= 0.95).sum())}


def bits(scores, held):
    """dL/d scores, for bits of +1 and -1, each told by a score of its own; L is the mean over all that a seed tells."""
    return (1 / (1 + np.exp(-scores)) - (held > 0)) / held[0].size


def classes(scores, right):
    """The same for one class of several; `right` (seeds, batch, timesteps) is its number."""
    chance = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chance /= chance.sum(axis=-1, keepdims=True)
    return (chance - (right[..., np.newaxis] == np.arange(scores.shape[-1]))) / right[0].size
