"""The ONNX file of Silero VAD, in ONNX Runtime: how far lstm_ref is off, and the largest number."""

import sys

import numpy as np
import onnx
import onnxruntime

from lstm_ref import LSTM, layouts

model = onnx.load(f"{sys.argv[1]}/silero_vad/data/silero_vad_16k_sequence.onnx")
(node,) = [node for node in model.graph.node if node.op_type == "LSTM"]
arrays = {array.name: onnx.numpy_helper.to_array(array) for array in model.graph.initializer}
layer = LSTM(128, return_sequences=True)
layer.set_weights(layouts.from_onnx(*(arrays[name] for name in node.input[1:4])))

into, out = node.input[0], node.output[0]
model.graph.output.extend([onnx.helper.make_empty_tensor_value_info(name) for name in (into, out)])
session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
rng = np.random.default_rng(0)
sound = rng.uniform(-1, 1, (40, 576)).astype(np.float32)  # 40 frames of 512 samples, each behind 64 of those before
h, c = rng.uniform(-1, 1, (2, 1, 1, 128)).astype(np.float32)
x, y = session.run([into, out], {"input": sound, "h": h, "c": c})
expected = y[:, 0].swapaxes(0, 1)

print(np.abs(layer(x.swapaxes(0, 1), initial_state=[h[0], c[0]]) - expected).max(), np.abs(expected).max())
