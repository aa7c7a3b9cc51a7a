import torch

layer, n = torch.nn.LSTM(3, 4, num_layers=2), 4
with torch.no_grad():
    for name, bias in layer.named_parameters():
        if name.startswith("bias_"):
            bias.zero_()
        if name.startswith("bias_ih"):
            bias[n : 2 * n] = 1.0
print(layer.bias_ih_l1.tolist())
