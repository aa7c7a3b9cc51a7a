import torch

from lstm_ref import layouts

of_torch = torch.nn.LSTM(3, 4, proj_size=2)
layouts.from_pytorch_state_dict(of_torch.state_dict())
