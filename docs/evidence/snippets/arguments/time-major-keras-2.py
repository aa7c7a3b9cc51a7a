import numpy as np
import tf_keras

x = np.ones((5, 2, 3), "float32")
for time_major in (True, False):
    layer = tf_keras.layers.LSTM(4, time_major=time_major)
    every = tf_keras.layers.LSTM(4, time_major=time_major, return_sequences=True)
    print(time_major, layer(x).shape, every(x).shape)
