import numpy as np
from onnx.backend.test.case.node import collect_testcases

from lstm_ref import LSTM, layouts

cases = {case.name: case for case in collect_testcases("LSTM")}
for name in ("test_lstm_defaults", "test_lstm_with_initial_bias"):
    (((x, w, r, *b), (y_h,)),) = cases[name].data_sets
    units = r.shape[-1]
    layer = LSTM(units)
    bias = b[0] if b else np.zeros((1, 8 * units), "float32")
    layer.set_weights(layouts.from_onnx(w, r, bias))
    y = layer(x.swapaxes(0, 1))  # ONNX has the timesteps first
    print(name, "within 1e-6:", abs(y - y_h[0]).max() <= 1e-6)
