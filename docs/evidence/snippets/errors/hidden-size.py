import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
h = c = torch.zeros(2, 1, 4)
lstm(torch.zeros(2, 5, 3), (h, c))
