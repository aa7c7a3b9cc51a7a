import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
dropout = torch.nn.Dropout(0.5)
x = torch.ones(2, 5, 3)
print("zeros among the outputs:", bool((dropout(lstm(x)[0]) == 0).any()))
