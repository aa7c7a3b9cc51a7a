import keras
import numpy as np

cell = keras.layers.LSTMCell(4)
x = np.ones((2, 3), "float32")  # batch, features: one timestep
output, (h, c) = cell(x, cell.get_initial_state(batch_size=2))
print("output", tuple(output.shape))
print("h", tuple(h.shape), "c", tuple(c.shape))
