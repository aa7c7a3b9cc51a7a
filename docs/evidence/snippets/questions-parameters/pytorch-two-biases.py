import torch

torch.manual_seed(0)
layer, x = torch.nn.LSTM(3, 4, batch_first=True), torch.ones(2, 5, 3)
print(sum(weight.numel() for weight in layer.parameters()), "parameters")
y = layer(x)[0]
y.sum().backward()
b, b2 = layer.bias_ih_l0, layer.bias_hh_l0
print("same gradient:", b.grad.allclose(b2.grad))
with torch.no_grad():
    b += b2
    b2.zero_()
print("same output from their sum:", layer(x)[0].allclose(y, atol=1e-6))
