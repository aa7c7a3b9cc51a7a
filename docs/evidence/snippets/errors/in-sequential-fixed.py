import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
linear = torch.nn.Linear(4, 1)
y, (h, c) = lstm(torch.zeros(2, 5, 3))
print(tuple(linear(y).shape), tuple(linear(h[-1]).shape))
