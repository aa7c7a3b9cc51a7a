import numpy as np
import onnx
import onnxruntime

model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (float[T, B, F] X, float[D, A, F] W, float[D, A, N] R)
    => (float[T, D, B, N] Y) { Y = LSTM <hidden_size = 4> (X, W, R) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
kernel, recurrent_kernel = np.ones((3, 16)), np.ones((4, 16))  # as Keras has them
W, R = kernel.T[None], recurrent_kernel.T[None]
arrays = {"X": np.ones((5, 2, 3)), "W": W, "R": R}
arrays = {name: arrays[name].astype("float32") for name in arrays}
print(session.run(None, arrays)[0].shape)
