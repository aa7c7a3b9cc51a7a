import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
output, state = lstm(torch.ones(2, 5, 3))
state.cuda()
