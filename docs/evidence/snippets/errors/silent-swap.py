import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 5, 3)
_, (c, h) = lstm(x[:, :2])
y, _ = lstm(x[:, 2:], (h, c))
print("as in one pass:", torch.allclose(y, lstm(x)[0][:, 2:], atol=1e-3))
