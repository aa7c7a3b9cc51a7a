import keras
import numpy as np

x = np.ones((2, 5, 3), "float32")
for use_cudnn in [False, "auto"]:
    layer = keras.layers.LSTM(4, dropout=0.5, implementation=1, use_cudnn=use_cudnn)
    print(use_cudnn, tuple(layer(x, training=True).shape))
