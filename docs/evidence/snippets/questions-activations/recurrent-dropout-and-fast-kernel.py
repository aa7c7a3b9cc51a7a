import keras
import numpy as np

x = np.ones((2, 5, 3), "float32")
layer = keras.layers.LSTM(4, recurrent_dropout=0.1, use_cudnn=True)
layer(x)
