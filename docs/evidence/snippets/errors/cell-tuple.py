import torch

cell = torch.nn.LSTMCell(3, 4)
h = torch.zeros(2, 4)
cell(torch.ones(2, 3), h)
