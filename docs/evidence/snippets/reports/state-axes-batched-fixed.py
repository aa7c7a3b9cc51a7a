import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
h, c = torch.zeros(1, 2, 4), torch.zeros(1, 2, 4)
y, _ = lstm(torch.ones(2, 5, 3), (h, c))
print("2 sequences:", tuple(y.shape))

h, c = torch.zeros(1, 4), torch.zeros(1, 4)
y, _ = lstm(torch.ones(5, 3), (h, c))
print("1 sequence, without a batch:", tuple(y.shape))
