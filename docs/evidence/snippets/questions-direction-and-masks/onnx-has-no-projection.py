import onnx.defs
import torch

lstm = torch.nn.LSTM(3, 4, proj_size=2)  # c has 4 numbers, h has 2
for name, weight in lstm.named_parameters():
    print(name, tuple(weight.shape))
print([each.name for each in onnx.defs.get_schema("LSTM").inputs])
