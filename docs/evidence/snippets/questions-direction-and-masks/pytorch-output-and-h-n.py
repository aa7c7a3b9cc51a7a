import torch

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, bidirectional=True, batch_first=True)
output, (h_n, c_n) = lstm(torch.randn(2, 5, 3))

print(tuple(output.shape), tuple(h_n.shape))
print(torch.equal(output[:, -1, :4], h_n[0]), "forward, last timestep")
print(torch.equal(output[:, 0, 4:], h_n[1]), "backward, first timestep")
print(torch.equal(output[:, -1, 4:], h_n[1]), "backward, last timestep")
