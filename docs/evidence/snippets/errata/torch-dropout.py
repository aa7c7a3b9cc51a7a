from itertools import product

import torch

torch.manual_seed(0)
x = torch.rand(1, 1, 3)  # 1 timestep, batch 1, 3 features
both = torch.nn.LSTM(3, 4, num_layers=2, dropout=0.5)
lower, upper = torch.nn.LSTM(3, 4), torch.nn.LSTM(4, 4)
copies = [*lower.parameters(), *upper.parameters()]
for copy, weight in zip(copies, both.parameters(), strict=True):
    copy.data = weight.data

y, h = both(x)[0], lower(x)[0]
for kept in (1.0, 2.0):
    masks = torch.tensor(list(product((0.0, kept), repeat=4)))
    found = any(torch.allclose(upper(h * m)[0], y) for m in masks)
    print(f"some mask of 0 and {kept:g} gives y: {found}")
