import torch

x = torch.ones(2, 5, 3)  # batch, timesteps, features
lstm = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
output, (h_n, c_n) = lstm(x)
print("output", tuple(output.shape))
print("h_n", tuple(h_n.shape), "c_n", tuple(c_n.shape))
print("output[:, -1] is h_n[-1]:", torch.equal(output[:, -1], h_n[-1]))
print("output[:, -1] is h_n[0]:", torch.equal(output[:, -1], h_n[0]))
