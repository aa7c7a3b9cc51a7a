import numpy as np
import onnx.parser
import onnxruntime

text = """<ir_version: 8, opset_import: ["" : 14]>
lstm (float[5,2,3] X, float[2,16,3] W, float[2,16,4] R, int32[2] lengths)
  => (float[5,2,2,4] Y, float[2,2,4] Y_h) {
  Y, Y_h = LSTM <hidden_size=4, direction="bidirectional"> (X, W, R, "", lengths)
}"""
model = onnx.parser.parse_model(text).SerializeToString()
run = onnxruntime.InferenceSession(model).run
shapes = {"X": (5, 2, 3), "W": (2, 16, 3), "R": (2, 16, 4)}
feed = {name: np.full(shape, 0.1, "float32") for name, shape in shapes.items()}
y, h = run(None, feed | {"lengths": np.array([5, 3], "int32")})
print(y.shape, h.shape)
print(y[:, 0, 1, 0].astype(float).round(3).tolist())  # forward, sequence 1, unit 0
