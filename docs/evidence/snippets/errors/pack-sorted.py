import torch
from torch.nn.utils.rnn import pack_padded_sequence

x = torch.ones(5, 2, 3)
pack_padded_sequence(x, [2, 5])
