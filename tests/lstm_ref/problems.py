"""Random layers with input for the property tests."""

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st

from lstm_ref import LSTM

DTYPES = (np.float32, np.float64)


class Problem(NamedTuple):
    x: np.ndarray
    weights: list[np.ndarray]
    states: list[np.ndarray]

    @property
    def units(self):
        return len(self.weights[1])

    def layer(self, weights=None, **arguments):
        layer = LSTM(self.units, **arguments)
        layer.set_weights(self.weights if weights is None else weights)
        return layer


@st.composite
def problems(draw, batch=1, timesteps=1, features=1, units=1, dtypes=DTYPES):
    """Draw a problem with axes of at least these lengths.

    All values are sixteenths. So x @ kernel is exact even in float32, and two runs of differently shaped
    matrices can be compared with ==, although each BLAS has its own order of adding up.
    """
    shape = [draw(st.integers(least, least + 4)) for least in (batch, timesteps, features, units)]
    batch, timesteps, features, units = shape
    dtype = draw(st.sampled_from(dtypes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def sixteenths(*shape):
        return (rng.integers(-16, 17, shape) / 16).astype(dtype)

    return Problem(
        sixteenths(batch, timesteps, features),
        [sixteenths(features, 4 * units), sixteenths(units, 4 * units), sixteenths(4 * units)],
        [sixteenths(batch, units), sixteenths(batch, units)],
    )


def assert_close(actual, expected):
    """Equal up to rounding, and in the same dtype."""
    assert actual.dtype == expected.dtype
    atol = 1e-5 if actual.dtype == np.float32 else 1e-12
    np.testing.assert_allclose(actual, expected, rtol=0, atol=atol)


def gates(units, i=0.0, f=0.0, g=0.0, o=0.0):
    """A bias: 1000 opens a gate all the way, -1000 shuts it."""
    return np.repeat([i, f, g, o], units).astype(float)


OPEN, SHUT = 1000.0, -1000.0
