import torch

lstm = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
for name, weight in lstm.named_parameters():
    print(name, tuple(weight.shape))

x = torch.ones(1, 1, 3)  # one sequence of one timestep
start = torch.ones(2, 1, 4), torch.ones(2, 1, 4)  # h_0 and c_0
_, (h_n, c_n) = lstm(x, start)
h_n[0, 0, 2].backward()  # h of unit 2 of the first layer
depends_on = lstm.weight_ih_l0.grad.any(dim=1)
print("rows of unit 2:", depends_on.nonzero().flatten().tolist())
