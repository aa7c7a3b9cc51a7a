"""The layer against an LSTM written without arrays."""

import numpy as np
from hypothesis import given

from tests.lstm_ref.problems import problems
from tests.oracle import scalar_lstm


@given(problems())
def test_every_gate_and_state(problem):
    trace = problem.layer().trace(problem.x, initial_state=problem.states)
    for b, x in enumerate(problem.x):
        expected = scalar_lstm(x, *problem.weights, problem.states[0][b], problem.states[1][b])
        for name, values in trace._asdict().items():
            np.testing.assert_allclose(values[b], expected[name], rtol=0, atol=1e-5 if x.dtype == "f4" else 1e-12)
