import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 5, 3)
packed = torch.nn.utils.rnn.pack_padded_sequence(x, [7, 2], batch_first=True)
print("rows:", len(packed.data), "by the lengths:", packed.batch_sizes.sum().item())
lstm(packed)
