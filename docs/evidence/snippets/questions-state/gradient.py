import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

first, second = torch.ones(2, 5, 3, requires_grad=True), torch.ones(2, 5, 3)
for stateful in (True, False):
    layer = keras.layers.LSTM(4, stateful=stateful, return_state=True)
    _, *state = layer(first)
    y = layer(second, initial_state=None if stateful else state)[0]
    (gradient,) = torch.autograd.grad(y.sum(), first, allow_unused=True)
    how = "kept by the layer" if stateful else "handed over"
    print(how, "- a gradient:", gradient is not None)
