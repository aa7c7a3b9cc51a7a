import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
layer = keras.layers.LSTM(4, return_state=True)
y, last_h, last_c = layer(x)

h_and_c, cs = layer.get_initial_state(batch_size=2), []
for t in range(5):
    y, h_and_c = layer.cell(x[:, t], h_and_c)
    cs.append(h_and_c[1])
cs = keras.ops.stack(cs, axis=1)
difference = keras.ops.max(abs(cs[:, -1] - last_c))
print(tuple(cs.shape), "last c as returned:", bool(difference < 1e-6))
