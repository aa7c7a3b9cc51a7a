import torch

for batch_first in (False, True):
    lstm = torch.nn.LSTM(3, 4, batch_first=batch_first)
    output, (h_n, c_n) = lstm(torch.ones(2, 5, 3))
    print(batch_first, tuple(output.shape), tuple(h_n.shape))
