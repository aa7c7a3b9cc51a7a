import torch

x = torch.ones(2, 5, 3)  # batch, timesteps, features
lstm = torch.nn.LSTM(3, 4, batch_first=True)
output, (h_n, c_n) = lstm(x)  # there is no option: all three come back
print("output, h of every timestep:", tuple(output.shape))
print("h_n, the last h:", tuple(h_n.shape))
print("c_n, the last c:", tuple(c_n.shape))
print("last of output is h_n:", torch.equal(output[:, -1], h_n[0]))
