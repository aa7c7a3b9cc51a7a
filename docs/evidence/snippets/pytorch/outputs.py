import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
x = torch.randn(2, 5, 3)  # 2 sequences, 5 timesteps, 3 features
output, (h_n, c_n) = lstm(x)
print("output", tuple(output.shape))
print("h_n", tuple(h_n.shape), "c_n", tuple(c_n.shape))

first = torch.nn.LSTM(3, 4, batch_first=True)
first.load_state_dict(lstm.state_dict(), strict=False)  # the weights of layer 0
_, (h_first, c_first) = first(x)
print("h_n[0] is the first layer's:", torch.allclose(h_n[0], h_first[0], atol=1e-6))
print("h_n[1] is output[:, -1]:", torch.equal(h_n[1], output[:, -1]))

output, (h_n, c_n) = lstm(x[0])  # one sequence, without a batch axis
print("unbatched:", tuple(output.shape), tuple(h_n.shape), tuple(c_n.shape))
