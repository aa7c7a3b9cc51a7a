import onnx
import onnxruntime

model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (float[B, T, F] X, float[D, A, F] W, float[D, A, N] R)
    => (float[B, T, D, N] Y)
    { Y = LSTM <hidden_size = 4, layout = 1> (X, W, R) }""")
session = onnxruntime.InferenceSession(model.SerializeToString())
