import torch

x = torch.ones(2, 5, 3)
torch.nn.utils.rnn.pack_padded_sequence(x, [5, 0], batch_first=True)
