import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
h = c = torch.zeros(1, 2, 4)
y, (h, c) = lstm(torch.zeros(2, 5, 3), (h, c))
print(tuple(y.shape), tuple(h.shape))
