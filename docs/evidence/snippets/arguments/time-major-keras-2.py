import numpy as np
import tf_keras

x = np.ones((5, 2, 3), "float32")
print(tf_keras.layers.LSTM(4, time_major=True)(x).shape)
print(tf_keras.layers.LSTM(4)(x).shape)
