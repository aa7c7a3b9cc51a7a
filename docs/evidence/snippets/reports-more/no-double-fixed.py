import numpy as np
import onnx
import onnxruntime

model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (float[T, B, F] X, float[D, A, F] W, float[D, A, N] R)
    => (float[T, D, B, N] Y) { Y = LSTM <hidden_size = 4> (X, W, R) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
shapes = {"X": (5, 2, 3), "W": (1, 16, 3), "R": (1, 16, 4)}
arrays = {name: np.ones(shapes[name], "float32") for name in shapes}
print(session.run(None, arrays)[0].shape)
