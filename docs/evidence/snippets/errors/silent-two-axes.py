import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 3)
y, (h, c) = lstm(x)
print(tuple(y.shape), "equal rows:", torch.allclose(y[0], y[1]))
