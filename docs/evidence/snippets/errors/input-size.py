import torch

lstm = torch.nn.LSTM(5, 4, batch_first=True)
lstm(torch.zeros(2, 5, 3))
