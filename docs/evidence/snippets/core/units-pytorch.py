import torch

lstm = torch.nn.LSTM(input_size=3, hidden_size=4, batch_first=True)
weights = sum(array.numel() for array in lstm.parameters())
for timesteps in (1, 5, 50):
    output, (h_n, c_n) = lstm(torch.ones(2, timesteps, 3))
    print(timesteps, "timesteps: last h", tuple(h_n[0].shape), "and", weights, "weights")
