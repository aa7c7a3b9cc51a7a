import numpy as np
import tf_keras

model = tf_keras.Sequential([tf_keras.Input((None, 3)), tf_keras.layers.LSTM(4)])
x = np.empty(2, object)  # two sequences, of 5 and of 4 timesteps
x[0] = [[1.0, 2.0, 3.0]] * 5
x[1] = [[1.0, 2.0, 3.0]] * 4
model.predict(x, verbose=0)
