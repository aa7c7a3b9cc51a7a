import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
compiled = torch.compile(lstm, backend="eager")
x = torch.ones(2, 5, 3)
print("equal:", torch.equal(compiled(x)[0], lstm(x)[0]))
