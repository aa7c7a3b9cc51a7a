import numpy as np
import onnx.parser
import onnxruntime

text = """<ir_version: 8, opset_import: ["" : 14]>
lstm (float[5,2,3] X, float[1,16,3] W, float[1,16,4] R,
      float[1,2,4] c, float[1,12] P) => (float[5,1,2,4] Y) {
  Y = LSTM <hidden_size=4> (X, W, R, "", "", "", c, P)
}"""
model = onnx.parser.parse_model(text).SerializeToString()
run = onnxruntime.InferenceSession(model).run
shapes = {"X": (5, 2, 3), "W": (1, 16, 3), "c": (1, 2, 4), "P": (1, 12)}
feed = {name: np.full(shape, 0.1, "float32") for name, shape in shapes.items()}
feed["R"] = np.zeros((1, 16, 4), "float32")  # no unit reads h of another
before = run(None, feed)[0]
feed["c"][..., 2] += 1  # c of unit 2
print((run(None, feed)[0] != before).any(axis=(0, 1, 2)).tolist())
