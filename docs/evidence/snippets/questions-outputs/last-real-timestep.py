import keras
import numpy as np

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
x[0, 2:] = 0  # the first sequence has 2 timesteps, then padding
lstm = keras.layers.LSTM(4, return_sequences=True)
masked = keras.Sequential([keras.layers.Masking(), lstm])
real = lstm(x[:1, :2])[0, -1]
for name, y in [
    ("last of all, no mask  ", lstm(x)[0, -1]),
    ("last of all, Masking  ", masked(x)[0, -1]),
    ("y[b, length - 1]      ", lstm(x)[0, 2 - 1]),
]:
    print(name, bool(keras.ops.max(abs(y - real)) < 1e-6))
