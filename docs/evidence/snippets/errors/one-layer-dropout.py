import torch

lstm = torch.nn.LSTM(3, 4, dropout=0.5, batch_first=True)
x = torch.ones(2, 5, 3)
print("the same twice:", torch.equal(lstm(x)[0], lstm(x)[0]))
