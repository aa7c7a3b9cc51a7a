import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
h, c = torch.zeros(1, 1, 4), torch.zeros(1, 1, 4)
lstm(torch.ones(5, 3), (h, c))
