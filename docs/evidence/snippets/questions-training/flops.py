import torch
from torch.utils.flop_counter import FlopCounterMode

features, units, timesteps = 3, 4, 5
cell = torch.nn.LSTMCell(features, units)
state = torch.zeros(1, units), torch.zeros(1, units)
with FlopCounterMode(display=False) as counter:
    for x in torch.ones(timesteps, 1, features):
        state = cell(x, state)
print("counted:", counter.get_total_flops())
print("formula:", timesteps * 2 * 4 * units * (features + units))
