import torch

lstm = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
_, (h, c) = lstm(torch.ones(1, 5, 3))  # 1 sequence
print("c", tuple(c.shape), "memories:", c.numel())
print("arrays of weights:", len(list(lstm.parameters())))
for name in ("weight_ih_l0", "weight_ih_l1"):
    print(name, tuple(lstm.get_parameter(name).shape))
