"""A small LSTM in NumPy that can be read in one sitting and stands where `keras.layers.LSTM` stood.

`step` is the six equations, `run` repeats it over time, `LSTM` is the layer around them.

>>> import numpy as np
>>> from lstm_ref import LSTM
>>> x = np.zeros((2, 5, 3))           # batch, timesteps, features
>>> LSTM(units=4)(x).shape            # one number per unit
(2, 4)
"""

from lstm_ref.core import Trace, run, step
from lstm_ref.gradients import Gradients, run_back, step_back
from lstm_ref.jacobian import Jacobian, step_jacobian
from lstm_ref.layer import LSTM
from lstm_ref.units import diagonal_blocks, one_unit, unit_columns

__all__ = [
    "LSTM",
    "Gradients",
    "Jacobian",
    "Trace",
    "diagonal_blocks",
    "one_unit",
    "run",
    "run_back",
    "step",
    "step_back",
    "step_jacobian",
    "unit_columns",
]
__version__ = "0.1.0"
