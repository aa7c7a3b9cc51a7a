import numpy as np
import onnx
import onnxruntime

from lstm_ref.examples import worked_input, worked_layer


def iofg(array):
    i, f, g, o = np.split(array, 4, axis=-1)
    return np.concatenate([i, o, f, g], axis=-1)


model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (float[T, B, F] X, float[D, A, F] W, float[D, A, N] R)
    => (float[T, D, B, N] Y) { Y = LSTM <hidden_size = 4> (X, W, R) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
x, layer = worked_input(), worked_layer(use_bias=False)
kernel, recurrent_kernel = layer.get_weights()
W, R = iofg(kernel).T[None], iofg(recurrent_kernel).T[None]
arrays = {"X": x.swapaxes(0, 1), "W": W, "R": R}
arrays = {name: arrays[name].astype("float32") for name in arrays}
(y,) = session.run(None, arrays)
print("apart:", f"{abs(y[-1, 0] - layer(x)).max():.2f}")
