import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from lstm_ref import LSTM, layouts

# A model with one LSTM node, in two directions and without B, as a file would hold it.
rng = np.random.default_rng(0)
W = rng.uniform(-1, 1, (2, 16, 3)).astype("float32")
R = rng.uniform(-1, 1, (2, 16, 4)).astype("float32")
options = {"hidden_size": 4, "direction": "bidirectional"}
node = helper.make_node("LSTM", ["X", "W", "R"], ["Y"], **options)
inputs = [helper.make_tensor_value_info("X", TensorProto.FLOAT, [5, 2, 3])]
outputs = [helper.make_tensor_value_info("Y", TensorProto.FLOAT, [5, 2, 2, 4])]
initializers = [numpy_helper.from_array(W, "W"), numpy_helper.from_array(R, "R")]
graph = helper.make_graph([node], "lstm", inputs, outputs, initializers)
opset = helper.make_opsetid("", 22)
model = helper.make_model(graph, opset_imports=[opset], ir_version=10)

arrays = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
arrays[""] = None  # what a node leaves out
node = model.graph.node[0]
attributes = {each.name: helper.get_attribute_value(each) for each in node.attribute}
names = [*node.input, "", "", "", "", ""]
weights = layouts.from_onnx(
    *[arrays[name] for name in names[1:4]],
    P=arrays[names[7]],
    input_forget=attributes.get("input_forget", 0),
    clip=attributes.get("clip"),
)

x = rng.standard_normal((2, 5, 3)).astype("float32")
cpu = ["CPUExecutionProvider"]
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=cpu)
(Y,) = session.run(None, {"X": x.swapaxes(0, 1)})

forward = LSTM(4, return_sequences=True)
backward = LSTM(4, return_sequences=True, go_backwards=True)
forward.set_weights(weights[:3])
backward.set_weights(weights[3:])
y_forward, y_backward = Y[:, 0].swapaxes(0, 1), Y[:, 1].swapaxes(0, 1)
print("forward, within 1e-6: ", abs(forward(x) - y_forward).max() <= 1e-6)
print("backward, within 1e-6:", abs(backward(x)[:, ::-1] - y_backward).max() <= 1e-6)
