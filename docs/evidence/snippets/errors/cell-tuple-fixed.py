import torch

cell = torch.nn.LSTMCell(3, 4)
h, c = torch.zeros(2, 4), torch.zeros(2, 4)
h, c = cell(torch.ones(2, 3), (h, c))
print(tuple(h.shape), tuple(c.shape))
