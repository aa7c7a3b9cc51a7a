import numpy as np
import torch

import lstm_ref
from lstm_ref import layouts

of_torch = torch.nn.LSTM(3, 4, batch_first=True)
x = np.linspace(-1, 1, 30, dtype="float32").reshape(2, 5, 3)
y, _ = of_torch(torch.from_numpy(x))

layer = lstm_ref.LSTM(4, return_sequences=True)
weights = (weight.detach().numpy() for weight in of_torch.parameters())
layer.set_weights(layouts.from_pytorch(*weights))
print("within 1e-6:", abs(layer(x) - y.detach().numpy()).max() <= 1e-6)
