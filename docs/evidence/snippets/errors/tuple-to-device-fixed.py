import torch

device = "cpu"  # or "cuda"
lstm = torch.nn.LSTM(3, 4, batch_first=True)
output, (h, c) = lstm(torch.ones(2, 5, 3))
state = h.to(device), c.to(device)
print(type(state).__name__, "of", len(state))
