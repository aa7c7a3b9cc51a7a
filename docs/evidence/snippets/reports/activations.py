import onnx
import onnxruntime

model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (float[T, B, F] X, float[D, A, F] W, float[D, A, N] R)
    => (float[T, D, B, N] Y) {
        Y = LSTM <hidden_size = 4, direction = "bidirectional",
            activations = ["Sigmoid", "Tanh", "Tanh"]> (X, W, R)
    }""")
onnxruntime.InferenceSession(model.SerializeToString())
