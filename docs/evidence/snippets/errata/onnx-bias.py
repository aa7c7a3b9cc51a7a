import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator

node = onnx.helper.make_node("LSTM", list("xwrb"), ["y"], hidden_size=4)
lstm = ReferenceEvaluator(node)
shapes = {"x": (5, 2, 3), "w": (1, 16, 3), "r": (1, 16, 4), "b": (1, 32)}
feed = {name: np.full(shape, 0.1) for name, shape in shapes.items()}
(y,) = lstm.run(None, feed)
for gate in range(4):
    b = feed["b"].copy()
    b[:, 4 * gate : 4 * gate + 4] = 1
    (other,) = lstm.run(None, feed | {"b": b})
    print("bias of", "iofc"[gate], "changes y:", not np.allclose(y, other))
