import torch

lstm = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
for timesteps in (5, 50):
    output, (h_n, c_n) = lstm(torch.zeros(1, timesteps, 3))
    weights = sum(weight.numel() for weight in lstm.parameters())
    print(timesteps, "timesteps:", c_n.numel(), "memories,", weights, "weights")
