import warnings

import torch

warnings.simplefilter("ignore")  # PyTorch says that it is deprecated
model = torch.nn.Sequential(torch.nn.LSTM(3, 4, proj_size=2))
quantize = torch.ao.quantization.quantize_dynamic
quantized = quantize(model, {torch.nn.LSTM})
print("quantized")
quantized(torch.ones(5, 2, 3))
