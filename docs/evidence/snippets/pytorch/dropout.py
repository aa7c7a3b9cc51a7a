import torch

torch.manual_seed(0)
x = torch.randn(5, 2, 3)

two_layers = torch.nn.LSTM(3, 4, num_layers=2, dropout=1.0)
output, other = two_layers(x)[0], two_layers(9 * x)[0]
print("layer 1 reads zeros only:", torch.equal(output, other))
print("its own output is dropped:", not output.any())

one_layer = torch.nn.LSTM(3, 4, dropout=1.0)
output, without = one_layer(x)[0], one_layer.eval()(x)[0]
print("one layer, nothing dropped:", torch.equal(output, without))
