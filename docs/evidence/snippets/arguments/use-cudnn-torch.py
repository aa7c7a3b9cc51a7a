import os

os.environ["KERAS_BACKEND"] = "torch"
import keras
import numpy as np

x = np.ones((2, 5, 3))
for name, value in {"activation": "relu", "recurrent_dropout": 0.5}.items():
    layer = keras.layers.LSTM(4, use_cudnn=True, **{name: value})
    print(name, tuple(layer(x).shape))
