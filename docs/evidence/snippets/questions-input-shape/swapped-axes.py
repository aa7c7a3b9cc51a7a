import keras
import numpy as np

x = np.zeros((2, 5, 3))  # 2 sequences, 5 timesteps, 3 features
for data in (x, x.transpose(0, 2, 1)):
    layer = keras.layers.LSTM(4)
    y = layer(data)
    print(data.shape, "->", tuple(y.shape), layer.count_params(), "weights")
