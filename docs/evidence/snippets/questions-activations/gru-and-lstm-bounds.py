import keras
import numpy as np

x = np.ones((1, 30, 1), "float32")  # 30 timesteps
lstm = keras.layers.LSTM(1, return_state=True)
gru = keras.layers.GRU(1, reset_after=False)
lstm(x), gru(x)  # makes the weights
# Every gate of the LSTM is open, and it writes 1 at each timestep.
lstm.set_weights([np.zeros((1, 4)), np.zeros((1, 4)), np.full(4, 20.0)])
# The GRU's update gate is at a half, and it writes 1 as well.
gru.set_weights([np.zeros((1, 3)), np.zeros((1, 3)), np.array([0.0, 0.0, 20.0])])
_, h, c = map(keras.ops.convert_to_numpy, lstm(x))
print("LSTM c", c[0, 0].round(1), "h", h[0, 0].round(1))
print("GRU h", keras.ops.convert_to_numpy(gru(x))[0, 0].round(1))
