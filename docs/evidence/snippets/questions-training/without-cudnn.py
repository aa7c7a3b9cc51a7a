import torch

lstm = torch.nn.LSTM(3, 4, batch_first=True).eval()
x = torch.ones(2, 5, 3, requires_grad=True)
with torch.backends.cudnn.flags(enabled=False):
    y, _ = lstm(x)  # the forward pass is what counts
(gradient,) = torch.autograd.grad(y.sum(), x, create_graph=True)
gradient.square().sum().backward()
print("second derivatives:", tuple(x.grad.shape), bool(x.grad.any()))
