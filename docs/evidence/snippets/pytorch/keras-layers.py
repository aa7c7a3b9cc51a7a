import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

torch.manual_seed(0)
module = torch.nn.LSTM(3, 4, num_layers=2, batch_first=True)
model = keras.Sequential(
    [
        keras.Input((None, 3)),
        keras.layers.LSTM(4, return_sequences=True),
        keras.layers.LSTM(4, return_sequences=True),
    ]
)
for layer, arrays in zip(model.layers, module.all_weights, strict=True):
    W, U, b, b2 = (array.detach().numpy() for array in arrays)
    layer.set_weights([W.T, U.T, b + b2])

x = torch.randn(2, 5, 3)
output, _ = module(x)
difference = (output - model(x)).abs().max().item()
print("equal to 6 digits:", difference < 1e-6)
print("weights in Keras:", model.count_params())
