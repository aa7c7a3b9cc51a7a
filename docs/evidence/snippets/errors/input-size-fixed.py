import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
print(tuple(lstm(torch.zeros(2, 5, 3))[0].shape))
