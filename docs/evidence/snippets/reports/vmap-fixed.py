import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
groups = torch.ones(6, 2, 5, 3)  # 6 groups of 2 sequences
y, _ = lstm(groups.flatten(0, 1))  # one batch of 12
y = y.unflatten(0, (6, 2))
print(tuple(y.shape))
