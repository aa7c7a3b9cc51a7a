import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
groups = torch.ones(6, 2, 5, 3)  # 6 groups of 2 sequences
torch.vmap(lambda x: lstm(x)[0])(groups)
