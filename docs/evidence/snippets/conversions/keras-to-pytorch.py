import os

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch

from lstm_ref import layouts

first = keras.layers.LSTM(4, return_sequences=True)
second = keras.layers.LSTM(4, return_sequences=True)
model = keras.Sequential([keras.Input((5, 3)), first, second])
x = np.linspace(-1, 1, 30, dtype="float32").reshape(2, 5, 3)
expected = keras.ops.convert_to_numpy(model(x))

arrays = layouts.to_pytorch_state_dict([layer.get_weights() for layer in model.layers])
of_torch = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
state_dict = {name: torch.from_numpy(array) for name, array in arrays.items()}
of_torch.load_state_dict(state_dict)

with torch.no_grad():
    y, _ = of_torch(torch.from_numpy(x))
print("within 1e-6:", abs(y.numpy() - expected).max() <= 1e-6)
