import numpy as np
import onnx
import onnxruntime

from lstm_ref import LSTM, layouts

# The initializers are in PyTorch's order, i f g o.
# The graph puts them in ONNX's, i o f g.
model = onnx.parser.parse_model("""<ir_version: 10, opset_import: ["" : 22]>
    lstm (float[5, 2, 3] X) => (float[T, D, B, N] Y) {
        order = Constant <
            value_ints = [0, 1, 2, 3, 12, 13, 14, 15, 4, 5, 6, 7, 8, 9, 10, 11]
        > ()
        W = Gather <axis = 1> (weight_ih, order)
        R = Gather <axis = 1> (weight_hh, order)
        Y = LSTM <hidden_size = 4> (X, W, R)
    }""")
rng = np.random.default_rng(0)
for name, features in (("weight_ih", 3), ("weight_hh", 4)):
    array = rng.uniform(-1, 1, (1, 16, features)).astype("float32")
    model.graph.initializer.append(onnx.numpy_helper.from_array(array, name))

x = rng.standard_normal((2, 5, 3)).astype("float32")
session = onnxruntime.InferenceSession(model.SerializeToString())
(Y,) = session.run(None, {"X": x.swapaxes(0, 1)})

node = next(node for node in model.graph.node if node.op_type == "LSTM")
held = [each.name for each in model.graph.initializer]
print("W and R are initializers:", [name in held for name in node.input[1:3]])

# Let the graph compute them.
for name in node.input[1:3]:
    output = onnx.helper.make_empty_tensor_value_info(name)
    model.graph.output.append(output)
session = onnxruntime.InferenceSession(model.SerializeToString())
Y, W, R = session.run(None, {"X": x.swapaxes(0, 1)})

layer = LSTM(4)
layer.set_weights(layouts.from_onnx(W, R))
print("apart, at most 1e-6:", abs(layer(x) - Y[-1, 0]).max() <= 1e-6)
