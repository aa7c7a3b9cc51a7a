"""The voice encoder of Resemblyzer, three layers of PyTorch: how far lstm_ref is off, and the largest number."""

import sys

import numpy as np
import torch

from lstm_ref import LSTM, layouts

state_dict = torch.load(f"{sys.argv[1]}/resemblyzer/pretrained.pt", map_location="cpu")["model_state"]
layers = layouts.from_pytorch_state_dict(state_dict)

lstm = torch.nn.LSTM(40, 256, 3, batch_first=True)  # as the package makes it
lstm.load_state_dict({name.removeprefix("lstm."): of for name, of in state_dict.items() if name.startswith("lstm.")})
x = np.random.default_rng(0).exponential(0.1, (2, 160, 40)).astype(np.float32)  # 160 frames, 40 mel channels
with torch.no_grad():
    expected = lstm(torch.tensor(x))[0].numpy()

y = x
for weights in layers:
    layer = LSTM(256, return_sequences=True)
    layer.set_weights(weights)
    y = layer(y)
print(np.abs(y - expected).max(), np.abs(expected).max())
