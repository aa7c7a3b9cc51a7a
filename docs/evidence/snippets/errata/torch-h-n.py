import torch

x = torch.ones(5, 2, 3)  # timesteps, batch, features
output, (h_n, c_n) = torch.nn.LSTM(3, 4)(x)
print("output", tuple(output.shape), "h_n", tuple(h_n.shape))
print("h_n is the last timestep:", torch.equal(h_n[0], output[-1]))
