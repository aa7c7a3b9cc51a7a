import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 5, 3)
lengths = torch.tensor([7, 2]).clamp(max=x.shape[1])
packed = torch.nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True)
print("rows:", len(packed.data), "by the lengths:", packed.batch_sizes.sum().item())
print(tuple(lstm(packed)[0].data.shape))
