import torch

lstm, state = torch.nn.LSTM(3, 4, batch_first=True), None
for chunk in torch.ones(6, 2, 5, 3):
    y, state = lstm(chunk, state)
    y.sum().backward()
    state = [each.detach() for each in state]
print(lstm.weight_hh_l0.grad.shape)
