import keras
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
layer = keras.layers.LSTM(4)
y = keras.ops.convert_to_numpy(layer(x))
kernel, recurrent_kernel, bias = layer.get_weights()

h, c = np.zeros((2, 4)), np.zeros((2, 4))
for t in range(5):
    z = x[:, t] @ kernel + h @ recurrent_kernel + bias
    i, f, g, o = np.split(z, 4, axis=1)  # 4 columns of the weights each
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)

print("h is what the layer returns:", np.allclose(h, y, atol=1e-6))
