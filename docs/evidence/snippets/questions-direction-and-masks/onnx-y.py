import numpy as np
import onnx.parser
import onnxruntime

text = """<ir_version: 8, opset_import: ["" : 14]>
lstm (float[5,2,3] X, float[2,16,3] W, float[2,16,4] R)
  => (float[5,2,2,4] Y) {
  Y = LSTM <hidden_size=4, direction="bidirectional"> (X, W, R)
}"""
model = onnx.parser.parse_model(text).SerializeToString()
shapes = {"X": (5, 2, 3), "W": (2, 16, 3), "R": (2, 16, 4)}
feed = {name: np.full(shape, 0.1, "float32") for name, shape in shapes.items()}
(y,) = onnxruntime.InferenceSession(model).run(None, feed)
print(y.shape)
print(y.transpose(0, 2, 1, 3).reshape(5, 2, 8).shape)  # the next one's X
