import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
h, c = torch.zeros(2, 4), torch.zeros(2, 4)
lstm(torch.ones(2, 5, 3), (h, c))
