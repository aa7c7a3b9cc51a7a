import torch
from torch.nn.utils.rnn import pack_padded_sequence

x = torch.ones(2, 5, 3)
lengths = torch.tensor([5, 2])
packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True)
print(packed.batch_sizes.tolist())
