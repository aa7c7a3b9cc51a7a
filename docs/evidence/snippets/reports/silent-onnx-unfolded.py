import io

import onnx
import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
file = io.BytesIO()
x = torch.ones(1, 5, 3)
torch.onnx.export(lstm, (x,), file, dynamo=False, do_constant_folding=False)
graph = onnx.load_from_string(file.getvalue()).graph
print("initializers:", *[each.name for each in graph.initializer])
for node in graph.node:
    if node.op_type == "LSTM":
        print("the node reads:", *node.input[1:4])
