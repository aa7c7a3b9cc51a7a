import numpy as np
import onnx
import onnxruntime

model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (double[T, B, F] X, double[D, A, F] W, double[D, A, N] R)
    => (double[T, D, B, N] Y) { Y = LSTM <hidden_size = 4> (X, W, R) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
shapes = {"X": (5, 2, 3), "W": (1, 16, 3), "R": (1, 16, 4)}
session.run(None, {name: np.ones(shapes[name]) for name in shapes})
