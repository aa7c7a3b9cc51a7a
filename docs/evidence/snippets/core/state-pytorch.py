import torch

x = torch.randn(2, 5, 3)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
whole, _ = lstm(x)

output, (h, c) = lstm(x[:, :2])
output, (h, c) = lstm(x[:, 2:4], (h, c))
output, (h, c) = lstm(x[:, 4:], (h, c))
print("as in one pass:", torch.allclose(output, whole[:, 4:], atol=1e-6))
