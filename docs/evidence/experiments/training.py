"""Train an LSTM with nothing but NumPy: gradients from lstm_ref, a dense read-out, clipping and Adam."""

import numpy as np

from lstm_ref import LSTM


class Adam:
    """Move each weight against its gradient, by about `rate` a step (Kingma and Ba, 2015)."""

    def __init__(self, weights, rate=0.01):
        self.weights, self.rate, self.steps = weights, rate, 0
        self.means = [np.zeros_like(weight) for weight in weights]
        self.squares = [np.zeros_like(weight) for weight in weights]

    def update(self, gradients):
        self.steps += 1
        for weight, gradient, mean, square in zip(self.weights, gradients, self.means, self.squares, strict=True):
            gradient = np.clip(gradient, -1, 1)
            mean += 0.1 * (gradient - mean)
            square += 0.001 * (gradient**2 - square)
            root = np.sqrt(square / (1 - 0.999**self.steps))
            weight -= self.rate * mean / (1 - 0.9**self.steps) / (root + 1e-7)


def flip_flops(bits, batch, timesteps, rng):
    """Pulses that set a bit (+1) or clear it (-1), and what every bit is after each of them."""
    chance = rng.random((batch, timesteps, bits))
    pulses = np.where(chance < 0.1, -1.0, np.where(chance > 0.9, 1.0, 0.0))
    pulses[:, 0] = np.where(chance[:, 0] < 0.5, -1.0, 1.0)
    held = pulses.copy()
    for t in range(1, timesteps):
        held[:, t] = np.where(pulses[:, t] == 0, held[:, t - 1], pulses[:, t])
    return pulses, held


def main():
    rng = np.random.default_rng(0)
    layer = LSTM(2, return_sequences=True, seed=0)
    layer.build((None, None, 2))
    read_out, bias = 0.1 * rng.normal(size=(2, 2)), np.zeros(2)
    weights = [*layer.get_weights(), read_out, bias]
    adam = Adam(weights)
    for step in range(1, 501):
        x, held = flip_flops(bits=2, batch=32, timesteps=40, rng=rng)
        layer.set_weights(weights[:3])
        h = layer(x)
        scores = h @ read_out + bias
        chance = 1 / (1 + np.exp(-scores))  # that the bit is set
        by_scores = (chance - (held > 0)) / held.size
        by_h = by_scores @ read_out.T
        by_layer = layer.gradients(x, by_h)
        by_read_out = np.tensordot(h, by_scores, ([0, 1], [0, 1]))
        adam.update([*by_layer[:3], by_read_out, by_scores.sum(axis=(0, 1))])
        if step % 100 == 0:
            right = ((scores > 0) == (held > 0)).all(axis=-1).mean()
            print(f"step {step}: both bits right at {right:.1%} of the timesteps")


if __name__ == "__main__":
    main()
