import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
x = torch.ones(2, 5, 3)
lengths = torch.tensor([5, 0])

some = lengths > 0
options = {"batch_first": True, "enforce_sorted": False}
packed = torch.nn.utils.rnn.pack_padded_sequence(x[some], lengths[some], **options)
last = torch.zeros(2, 4)  # an empty sequence keeps zeros
last[some] = lstm(packed)[1][0][-1]
print((last != 0).any(axis=1).tolist())
