import numpy as np
import torch

x = torch.from_numpy(np.zeros((2, 5, 3))).float()
print(torch.nn.LSTM(3, 4, batch_first=True)(x)[0].dtype)
