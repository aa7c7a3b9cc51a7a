import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True)
compiled = torch.compile(lstm, fullgraph=True, backend="eager")
compiled(torch.ones(2, 5, 3))
