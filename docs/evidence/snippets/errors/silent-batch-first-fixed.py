import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 5, 3)
y, (h, c) = lstm(x)
print(tuple(y.shape), tuple(h.shape))
x[0] = 9
print("row 1 is as before:", torch.equal(lstm(x)[0][1], y[1]))
