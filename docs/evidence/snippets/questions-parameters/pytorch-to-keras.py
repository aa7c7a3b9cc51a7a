import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

torch.manual_seed(0)
theirs, ours = torch.nn.LSTM(3, 4, batch_first=True), keras.layers.LSTM(4)
ours.build((None, None, 3))
W, U, b, b2 = (p.detach().numpy() for p in theirs.parameters())
ours.set_weights([W.T, U.T, b + b2])

x = torch.randn(2, 5, 3)
difference = (theirs(x)[0][:, -1] - ours(x)).abs().max().item()
print("equal to 6 digits:", difference < 1e-6)
