import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import torch

features, units = 25, 100
layers = {
    "GRU": keras.layers.GRU(units),
    "GRU, reset_after=False": keras.layers.GRU(units, reset_after=False),
    "LSTM": keras.layers.LSTM(units),
}
for name, layer in layers.items():
    layer.build((None, None, features))
    print("Keras", name, layer.count_params())
for module in (torch.nn.GRU(features, units), torch.nn.LSTM(features, units)):
    count = sum(weights.numel() for weights in module.parameters())
    print("PyTorch", type(module).__name__, count)
