import warnings

import torch

lstm = torch.nn.LSTM(3, 4)
lstm.weight_hh_l0 = torch.nn.Parameter(torch.zeros(16, 4))  # a new array
with warnings.catch_warnings(record=True) as caught:
    lstm(torch.ones(5, 2, 3))
print("warnings on the CPU:", len(caught))
for name, weights in lstm.named_parameters():
    memory = weights.untyped_storage().nbytes()
    print(name, "alone in its memory:", memory == weights.nbytes)
