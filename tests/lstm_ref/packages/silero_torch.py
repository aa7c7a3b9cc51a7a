"""The TorchScript file of Silero VAD, which has two cells: how far lstm_ref is off, and the largest number."""

import sys

import numpy as np
import torch

from lstm_ref import LSTM, layouts

model = torch.jit.load(f"{sys.argv[1]}/silero_vad/data/silero_vad.jit")
state_dict = model.state_dict()
rng = np.random.default_rng(0)
off, largest = 0.0, 0.0
for name in ("_model", "_model_8k"):
    layer = LSTM(128, return_sequences=True)
    layer.set_weights(*layouts.from_pytorch_state_dict(state_dict, f"{name}.decoder.rnn"))
    x, h, c = (rng.uniform(-1, 1, shape).astype(np.float32) for shape in ((2, 20, 128), (2, 128), (2, 128)))
    cell, states, steps = getattr(model, name).decoder.rnn, (torch.tensor(h), torch.tensor(c)), []
    with torch.no_grad():
        for t in range(20):
            states = cell(torch.tensor(x[:, t]), states)
            steps.append(states[0].numpy())
    expected = np.stack(steps, axis=1)
    off = max(off, np.abs(layer(x, initial_state=[h, c]) - expected).max())
    largest = max(largest, np.abs(expected).max())
print(off, largest)
