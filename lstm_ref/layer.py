"""The layer: a forward pass with the names, defaults, return values and weight layout of `keras.layers.LSTM`."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from lstm_ref import _arguments, _arrays, _checks, activations, initializers
from lstm_ref.activations import Activation
from lstm_ref.core import Trace, run
from lstm_ref.gradients import SLOPES, Gradients, run_back
from lstm_ref.initializers import Initializer
from lstm_ref.types import Array


class LSTM:
    """A layer of `units` LSTM units, the forward pass of `keras.layers.LSTM` (Keras 3) in NumPy.

    The first call makes the weights, unless `build`, `set_weights`, `trace` or `gradients` did. The layer keeps them in
    float64; a call computes in the dtype of its input, and its results have that dtype.

    Args:
        units: how many units: the length of h and of c at each timestep.
        activation: for the candidate and for the cell state on its way out; a name of `lstm_ref.activations`, a
            callable or `None` (linear).
        recurrent_activation: for the gates i, f and o.
        use_bias: whether there is a bias.
        kernel_initializer: fills the fused kernel (features, 4 * units); a name of `lstm_ref.initializers`, a number
            or a callable that takes a shape.
        recurrent_initializer: fills the fused recurrent kernel (units, 4 * units).
        bias_initializer: fills the bias (4 * units,).
        unit_forget_bias: whether the forget gates' part of the bias starts at 1.
        dropout: how likely a feature of x is dropped, only with `training=True`; one mask per sequence and call.
        recurrent_dropout: how likely a number of h is dropped on its way into the next step, likewise. The four
            blocks share the mask; with `recurrent_dropout` Keras 3.15 draws four for h, and with `dropout` too, four for x.
        return_sequences: whether to return h of every timestep instead of the last.
        return_state: whether to return the last h and c as well.
        go_backwards: whether to read the timesteps last to first; a returned sequence is in the order of reading.
        stateful: whether row b of a call without `initial_state` starts from the states that the layer keeps: those that row
            b of the call before ended with, or zeros.
        seed: for the random numbers of named initializers and of dropout.

    Raises:
        TypeError: `units` or `seed` is no integer, or an argument is of a type it cannot be.
        ValueError: `units` is not positive, `seed` is negative, a dropout is outside [0, 1), or a name is not known.

    Source:
        keras/src/layers/rnn/lstm.py, Keras 3.15.

    Examples:
        >>> x = np.zeros((2, 5, 3))
        >>> layer = LSTM(units=4, return_sequences=True, return_state=True, seed=0)
        >>> [array.shape for array in layer(x)]
        [(2, 5, 4), (2, 4), (2, 4)]
        >>> [array.shape for array in layer.get_weights()], layer.count_params()
        ([(3, 16), (4, 16), (16,)], 128)
    """

    def __init__(
        self,
        units: int,
        activation: str | Activation | None = "tanh",
        recurrent_activation: str | Activation | None = "sigmoid",
        use_bias: bool = True,
        kernel_initializer: str | float | Initializer = "glorot_uniform",
        recurrent_initializer: str | float | Initializer = "orthogonal",
        bias_initializer: str | float | Initializer = "zeros",
        unit_forget_bias: bool = True,
        *,
        dropout: float = 0.0,
        recurrent_dropout: float = 0.0,
        return_sequences: bool = False,
        return_state: bool = False,
        go_backwards: bool = False,
        stateful: bool = False,
        seed: int | None = None,
    ) -> None:
        self.units = _arguments.check_units(units)
        self.activation = activations.get(activation)
        self.recurrent_activation = activations.get(recurrent_activation)
        self.use_bias = _arguments.check_flag("use_bias", use_bias)
        self.unit_forget_bias = _arguments.check_flag("unit_forget_bias", unit_forget_bias)
        self.dropout = _arguments.check_rate("dropout", dropout)
        self.recurrent_dropout = _arguments.check_rate("recurrent_dropout", recurrent_dropout)
        self.return_sequences = _arguments.check_flag("return_sequences", return_sequences)
        self.return_state = _arguments.check_flag("return_state", return_state)
        self.go_backwards = _arguments.check_flag("go_backwards", go_backwards)
        self.stateful = _arguments.check_flag("stateful", stateful)
        self._rng = np.random.default_rng(_arguments.check_seed(seed))
        self._kernel_initializer = initializers.get(kernel_initializer, self._rng)
        self._recurrent_initializer = initializers.get(recurrent_initializer, self._rng)
        self._bias_initializer = initializers.get(bias_initializer, self._rng)
        self._weights: list[Array] | None = None
        self._states: list[Array] | None = None

    def __repr__(self) -> str:
        return f"LSTM(units={self.units})"

    # Weights

    def build(self, input_shape: Sequence[int | None]) -> None:
        """Make the weights for inputs of this shape; the first call does it by itself. A layer that has weights keeps them.

        Args:
            input_shape: (batch, timesteps, features); only the last is used, the others may be `None`.

        Raises:
            ValueError: the shape is not three long, has no positive number of features, or another one than the weights.

        Source:
            keras/src/layers/rnn/lstm.py, `LSTMCell.build`.

        Examples:
            >>> layer = LSTM(4)
            >>> layer.build((None, None, 3))
            >>> layer.kernel.shape
            (3, 16)
        """
        features, columns = _arguments.check_input_shape(input_shape), 4 * self.units
        if self._weights is not None:
            if features != len(self._weights[0]):
                raise ValueError(
                    f"build got {features} features, but this LSTM has weights for {len(self._weights[0])}; "
                    "make a new layer for other inputs"
                )
            return
        with _checks.all_or_nothing(self):
            self._weights = [
                self._kernel_initializer((features, columns)),
                self._recurrent_initializer((self.units, columns)),
                *([self._initial_bias()] if self.use_bias else []),
            ]

    def _initial_bias(self) -> Array:
        if not self.unit_forget_bias:
            return self._bias_initializer((4 * self.units,))
        i, g_and_o = self._bias_initializer((self.units,)), self._bias_initializer((2 * self.units,))
        return np.concatenate([i, np.ones(self.units), g_and_o])

    def _built(self) -> list[Array]:
        if self._weights is None:
            raise ValueError(
                "this LSTM has no weights yet, because it does not know the number of features; call it on an input, "
                "or build((None, None, features)), or set_weights"
            )
        return self._weights

    @property
    def kernel(self) -> Array:
        """Input weights (features, 4 * units), columns in blocks i | f | g | o; the layer's own array."""
        return self._built()[0]

    @property
    def recurrent_kernel(self) -> Array:
        """Weights from h to the gates (units, 4 * units): row k is what unit k says; the layer's own array."""
        return self._built()[1]

    @property
    def bias(self) -> Array | None:
        """Bias (4 * units,), or `None` with `use_bias=False`."""
        return self._built()[2] if self.use_bias else None

    def get_weights(self) -> list[Array]:
        """Return copies of the weights.

        Returns:
            [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)], float64; without
            the last one if `use_bias=False`.

        Raises:
            ValueError: the layer has no weights yet.

        Source:
            keras.layers.Layer.get_weights.

        Examples:
            >>> layer = LSTM(1)
            >>> layer.build((None, None, 2))
            >>> layer.get_weights()[2].tolist()
            [0.0, 1.0, 0.0, 0.0]
        """
        return [array.copy() for array in self._built()]

    def set_weights(self, weights: Sequence[Array]) -> None:
        """Replace the weights; a layer that has none yet is built by it.

        Args:
            weights: [kernel (features, 4 * units), recurrent_kernel (units, 4 * units), bias (4 * units,)], float32
                or float64; without the last one if `use_bias=False`.

        Raises:
            TypeError: an array is not float32 or float64.
            ValueError: the number of arrays or a shape is wrong.

        Source:
            keras.layers.Layer.set_weights.

        Examples:
            >>> layer = LSTM(1)
            >>> layer.set_weights([np.zeros((2, 4)), np.zeros((1, 4)), np.zeros(4)])
            >>> layer(np.ones((1, 3, 2))).tolist()
            [[0.0]]
        """
        features = None if self._weights is None else len(self._weights[0])
        checked = _checks.check_weights(weights, self.units, self.use_bias, features)
        self._weights = [array.astype(np.float64) for array in checked]

    def count_params(self) -> int:
        """Return the number of weights: 4 * (units * (features + units) + units).

        Returns:
            The number; `4 * units` less with `use_bias=False`.

        Raises:
            ValueError: the layer has no weights yet.

        Source:
            keras.layers.Layer.count_params.

        Examples:
            >>> layer = LSTM(4)
            >>> layer.build((None, None, 3))
            >>> layer.count_params()
            128
        """
        return sum(array.size for array in self._built())

    # State kept between calls

    @property
    def states(self) -> list[Array] | None:
        """With `stateful=True` and after a call, [h, c], each (batch, units), the layer's own arrays; else `None`."""
        return None if self._states is None else list(self._states)

    def reset_state(self) -> None:
        """Set the states kept by `stateful=True` to zeros; the batch size stays.

        Source:
            keras/src/layers/rnn/rnn.py, `RNN.reset_state`.

        Examples:
            >>> layer, x = LSTM(1, stateful=True, seed=0), np.ones((1, 2, 1))
            >>> first, second = layer(x), layer(x)
            >>> layer.reset_state()
            >>> again = layer(x)
            >>> bool((first == second).all()), bool((first == again).all())
            (False, True)
        """
        if self._states is not None:
            self._states = [np.zeros_like(state) for state in self._states]

    # The forward pass

    def __call__(
        self,
        x: Array,
        mask: np.ndarray | None = None,
        initial_state: Sequence[Array] | None = None,
        training: bool = False,
    ) -> Any:
        """Run the layer over all timesteps of `x`.

        Args:
            x: input (batch, timesteps, features), float32 or float64.
            mask: (batch, timesteps), bool, True where a step counts. A masked step leaves the states as they are and
                repeats the output before it (zeros before the first step that counts).
            initial_state: [h, c], each (batch, units), to start from instead of zeros or the kept states.
            training: whether dropout acts.

        Returns:
            y (batch, units), or (batch, timesteps, units) with `return_sequences`; with `return_state` the tuple
            (y, h, c), h and c (batch, units). All in the dtype of `x`.

        Raises:
            TypeError: an array has the wrong dtype, or `training` is no bool.
            ValueError: an array has the wrong shape, or numbers too large for the dtype of `x`; `stateful` meets another
                batch size; or an activation or initializer fails. The layer is then as it was before.

        Source:
            keras/src/layers/rnn/rnn.py and lstm.py.

        Examples:
            >>> layer = LSTM(4, seed=0)
            >>> x = np.ones((2, 5, 3), dtype="float32")
            >>> y = layer(x)
            >>> y.shape, y.dtype
            ((2, 4), dtype('float32'))
        """
        training = _arguments.check_training(training)
        with _checks.all_or_nothing(self):
            x, mask, (h, c) = self._prepare(x, mask, initial_state)
            trace = self._run(x, h, c, mask, *self._dropout_masks(x, h, training))
        h, c = trace.h[:, -1].copy(), trace.c[:, -1].copy()
        if self.stateful:
            self._states = [h.copy(), c.copy()]
        y = self._returned(trace.h, mask)
        return (y, h, c) if self.return_state else y

    def trace(self, x: Array, mask: np.ndarray | None = None, initial_state: Sequence[Array] | None = None) -> Trace:
        """Return every gate and state of the run that a call would make; the states that the layer keeps stay as they are.

        As a call does, it makes the weights of a layer that has none.

        Args:
            x: input (batch, timesteps, features), float32 or float64.
            mask: (batch, timesteps), bool, True where a step counts.
            initial_state: [h, c], each (batch, units), to start from instead of zeros or the kept states.

        Returns:
            i f g o c h, each (batch, timesteps, units), in the order of reading.

        Raises:
            TypeError: an array has the wrong dtype.
            ValueError: as for a call.

        Source:
            The same run as a call without dropout.

        Examples:
            >>> layer = LSTM(4, return_sequences=True, seed=0)
            >>> x = np.ones((2, 5, 3))
            >>> trace = layer.trace(x)
            >>> trace.f.shape, bool((trace.h == layer(x)).all())
            ((2, 5, 4), True)
        """
        with _checks.all_or_nothing(self):
            x, mask, (h, c) = self._prepare(x, mask, initial_state)
            return self._run(x, h, c, mask)

    def gradients(
        self,
        x: Array,
        dy: Array | Callable[[Array], Array],
        mask: np.ndarray | None = None,
        initial_state: Sequence[Array] | None = None,
        training: bool = False,
        *,
        dh: Array | None = None,
        dc: Array | None = None,
    ) -> Gradients:
        """Return the derivatives of a loss by the weights, x and initial states of `layer(x, mask, initial_state, training)`.

        It makes the run of that call and goes back through it; kept states stay. What was before the call counts as
        given: with `stateful=True` the gradient ends at the kept states (truncated backpropagation through time).

        Args:
            x: input (batch, timesteps, features), float32 or float64.
            dy: dL/dy, of the shape of y, or a function that takes y and returns it. With dropout each run draws its own
                masks: pass a function if dL/dy depends on y.
            mask: (batch, timesteps), bool, True where a step counts.
            initial_state: [h, c], each (batch, units), to start from instead of zeros or the kept states.
            training: whether dropout acts.
            dh: dL/dh of the returned state (batch, units), where the loss reads it; y has its own.
            dc: dL/dc of the returned state (batch, units).

        Returns:
            kernel, recurrent_kernel, bias (`None` with `use_bias=False`), x, and the initial h and c: named tuple, in
            the dtype of `x`. The weights' are sums over the batch, as those of a loss that is a sum over it.

        Raises:
            TypeError: an array has the wrong dtype.
            ValueError: an array has the wrong shape, or an activation is a callable of your own, whose slope is not known.

        Source:
            Werbos, Backpropagation through time, 1990.

        Examples:
            >>> layer, x = LSTM(4, seed=0), np.ones((2, 5, 3))
            >>> gradients = layer.gradients(x, dy=np.ones((2, 4)))
            >>> gradients.kernel.shape, gradients.bias.shape, gradients.x.shape
            ((3, 16), (16,), (2, 5, 3))
        """
        training = _arguments.check_training(training)
        functions = {"activation": self.activation, "recurrent_activation": self.recurrent_activation}
        _checks.check_slopes(SLOPES, **functions)
        with _checks.all_or_nothing(self):
            x, mask, (h, c) = self._prepare(x, mask, initial_state)
            dropout_mask, recurrent_dropout_mask = self._dropout_masks(x, h, training)
            trace = self._run(x, h, c, mask, dropout_mask, recurrent_dropout_mask)
        y = self._returned(trace.h, mask)
        by_h = np.zeros_like(trace.h)
        by_h[:, slice(None) if self.return_sequences else -1] = _checks.check_gradient(
            "dy", dy(y.copy()) if callable(dy) else dy, y
        )
        if mask is not None:
            by_h *= np.logical_or.accumulate(mask, axis=1)[..., np.newaxis]
        by_h[:, -1] += _checks.check_gradient("dh", dh, h)
        kernel, recurrent_kernel, _ = self._arrays(x.dtype)
        back = run_back(
            by_h,
            _checks.check_gradient("dc", dc, c),
            self._read(x, dropout_mask),
            h,
            c,
            trace,
            kernel,
            recurrent_kernel,
            **functions,
            mask=mask,
            recurrent_dropout_mask=recurrent_dropout_mask,
        )
        by_x = self._read(back.x, dropout_mask)
        return back._replace(
            bias=back.bias if self.use_bias else None, x=by_x[:, ::-1].copy() if self.go_backwards else by_x
        )

    def _prepare(
        self, x: Array, mask: np.ndarray | None, initial_state: Sequence[Array] | None
    ) -> tuple[Array, np.ndarray | None, list[Array]]:
        x = _checks.check_x(x, features=None if self._weights is None else len(self._weights[0]))
        mask = None if mask is None else _checks.check_mask(mask, x)
        if self.stateful and self._states is not None and len(self._states[0]) != len(x):
            raise ValueError(
                f"x has batch size {len(x)}; this stateful LSTM keeps the states of {len(self._states[0])} rows, and "
                "row b of a call goes on from row b of the call before. Pad the batch, or make a new layer with set_weights"
            )
        if initial_state is not None:
            states = _checks.check_states(initial_state, x, self.units)
        elif self.stateful and self._states is not None:
            states = [_arrays.cast("a kept state", state, x.dtype) for state in self._states]
        else:
            states = [np.zeros((len(x), self.units), x.dtype) for _ in "hc"]
        if self._weights is None:
            self.build(x.shape)
        if self.go_backwards:
            x, mask = x[:, ::-1], None if mask is None else mask[:, ::-1]
        return x, mask, states

    def _arrays(self, dtype: np.dtype[Any]) -> list[Array]:
        """The weights in the dtype of a run, zeros for the bias that `use_bias=False` leaves out."""
        arrays = _checks.cast_weights(self._built(), dtype)
        return arrays if self.use_bias else [*arrays, np.zeros(4 * self.units, dtype)]

    def _dropout_masks(self, x: Array, h: Array, training: bool) -> tuple[Array | None, Array | None]:
        """Draw what x (batch, 1, features) and h (batch, units) are multiplied by at every step."""
        return (
            self._dropout_mask(self.dropout, x[:, :1]) if training and self.dropout else None,
            self._dropout_mask(self.recurrent_dropout, h) if training and self.recurrent_dropout else None,
        )

    def _dropout_mask(self, rate: float, like: Array) -> Array:
        keep = self._rng.random(like.shape) >= rate
        return (keep / (1 - rate)).astype(like.dtype)

    def _run(
        self,
        x: Array,
        h: Array,
        c: Array,
        mask: np.ndarray | None,
        dropout_mask: Array | None = None,
        recurrent_dropout_mask: Array | None = None,
    ) -> Trace:
        kernel, recurrent_kernel, bias = self._arrays(x.dtype)
        return run(
            self._read(x, dropout_mask),
            h,
            c,
            kernel,
            recurrent_kernel,
            bias,
            self.activation,
            self.recurrent_activation,
            mask,
            recurrent_dropout_mask,
        )

    @staticmethod
    def _read(x: Array, dropout_mask: Array | None) -> Array:
        with np.errstate(all="ignore"):
            return x if dropout_mask is None else x * dropout_mask

    def _returned(self, h: Array, mask: np.ndarray | None) -> Array:
        """What a call returns of h at each timestep: zeros before the first that counts, all or the last."""
        if mask is not None:
            h = np.where(np.logical_or.accumulate(mask, axis=1)[..., np.newaxis], h, np.zeros_like(h))
        return h if self.return_sequences else h[:, -1]
