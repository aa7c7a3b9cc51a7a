import torch
from torch.nn.utils.rnn import pack_padded_sequence

x = torch.ones(2, 5, 3)
lengths = torch.tensor([5, 2], device="meta")  # stands for a GPU
pack_padded_sequence(x, lengths, batch_first=True)
