import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np

x = np.ones((2, 5, 3), "float32")
for dropout in ({"dropout": 0.1}, {"recurrent_dropout": 0.1}):
    layer = keras.layers.LSTM(4, use_cudnn=True, **dropout)
    print(dropout, "->", tuple(layer(x).shape))
