import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
model = torch.nn.Sequential(lstm, torch.nn.Linear(4, 1))
model(torch.zeros(2, 5, 3))
