import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 3)  # meant: 2 samples, one timestep of 3 features
output, (h_n, c_n) = lstm(x)
print(tuple(output.shape), tuple(h_n.shape))
print("equal rows, equal outputs:", torch.equal(output[0], output[1]))

output, (h_n, c_n) = lstm(x[:, None, :])
print(tuple(output.shape), tuple(h_n.shape))
print("equal rows, equal outputs:", torch.equal(output[0], output[1]))
