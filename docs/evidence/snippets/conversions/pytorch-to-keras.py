import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch

from lstm_ref import layouts

of_torch = torch.nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True)
x = np.linspace(-1, 1, 30, dtype="float32").reshape(2, 5, 3)
expected, _ = of_torch(torch.from_numpy(x))

first = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))
second = keras.layers.Bidirectional(keras.layers.LSTM(4, return_sequences=True))
model = keras.Sequential([keras.Input((5, 3)), first, second])
weights_of_layers = layouts.from_pytorch_state_dict(of_torch.state_dict())
for layer, weights in zip(model.layers, weights_of_layers, strict=True):
    layer.set_weights(weights)

y = keras.ops.convert_to_numpy(model(x))
print("within 1e-6:", abs(y - expected.detach().numpy()).max() <= 1e-6)
