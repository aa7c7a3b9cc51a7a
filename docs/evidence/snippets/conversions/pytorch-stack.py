import numpy as np
import torch

from lstm_ref import LSTM, layouts

of_torch = torch.nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True)
model = torch.nn.ModuleDict({"lstm": of_torch})
x = np.linspace(-1, 1, 30, dtype="float32").reshape(2, 5, 3)
expected, _ = of_torch(torch.from_numpy(x))

y = x
for weights in layouts.from_pytorch_state_dict(model.state_dict()):
    forward = LSTM(4, return_sequences=True)
    backward = LSTM(4, return_sequences=True, go_backwards=True)
    forward.set_weights(weights[:3])
    backward.set_weights(weights[3:])
    y = np.concatenate([forward(y), backward(y)[:, ::-1]], axis=-1)

print(y.shape)
print("within 1e-6:", abs(y - expected.detach().numpy()).max() <= 1e-6)
