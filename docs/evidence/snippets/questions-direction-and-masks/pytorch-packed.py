import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

torch.manual_seed(0)
lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.randn(2, 5, 3)
x[1, 3:] = 0  # the second sequence has 3 timesteps
_, (short, _) = lstm(x[1:, :3])

_, (h_n, _) = lstm(x)
print("padded:", torch.allclose(h_n[:, 1:], short, atol=1e-6))
packed = pack_padded_sequence(x, [5, 3], batch_first=True)
output, (h_n, _) = lstm(packed)
print("packed:", torch.allclose(h_n[:, 1:], short, atol=1e-6))
output, lengths = pad_packed_sequence(output, batch_first=True)
print(tuple(output.shape), "zeros:", bool((output[1, 3:] == 0).all()))
