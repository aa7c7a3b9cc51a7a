import numpy as np
import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 5, 3)
h = torch.from_numpy(np.zeros((1, 2, 4))).float()
c = torch.from_numpy(np.zeros((1, 2, 4))).float()
print(x.dtype, h.dtype)
print(tuple(lstm(x, (h, c))[0].shape))
