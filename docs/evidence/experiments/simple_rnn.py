"""The plain recurrence h = tanh(x @ kernel + h @ recurrent_kernel + bias), to hold an LSTM against."""

import numpy as np

from lstm_ref.initializers import glorot_uniform, orthogonal


class SimpleRNN:
    """Keras's layer of this name with its default weights, as far as training needs it."""

    def __init__(self, units, seed=None, return_sequences=True):
        assert return_sequences
        self.units, self.seed = units, seed

    def build(self, input_shape):
        rng = np.random.default_rng(self.seed)
        kernel = glorot_uniform((input_shape[-1], self.units), rng)
        self.set_weights([kernel, orthogonal((self.units, self.units), rng), np.zeros(self.units)])

    def set_weights(self, weights):
        self.kernel, self.recurrent_kernel, self.bias = weights

    def get_weights(self):
        return [self.kernel, self.recurrent_kernel, self.bias]

    def __call__(self, x):
        h = np.zeros((len(x), x.shape[1] + 1, self.units), x.dtype)  # before the first step, and after each
        for t in range(x.shape[1]):
            h[:, t + 1] = np.tanh(x[:, t] @ self.kernel + h[:, t] @ self.recurrent_kernel + self.bias)
        return h[:, 1:]

    def gradients(self, x, dy):
        """dL/d kernel, recurrent kernel and bias, from a function that gives dL/dy for y."""
        h = self(x)
        dz, dh = dy(h).copy(), 0
        for t in reversed(range(x.shape[1])):
            dz[:, t] = (dz[:, t] + dh) * (1 - h[:, t] ** 2)
            dh = dz[:, t] @ self.recurrent_kernel.T
        steps = ([0, 1], [0, 1])
        return np.tensordot(x, dz, steps), np.tensordot(h[:, :-1], dz[:, 1:], steps), dz.sum(axis=(0, 1))
