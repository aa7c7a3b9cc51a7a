import keras
import numpy as np

from lstm_ref.examples import worked_input, worked_layer

x = worked_input().astype("float32")
layer = keras.layers.LSTM(4)
layer.build(x.shape)
layer.set_weights(worked_layer().get_weights())


def run(x, mask=None):
    return keras.ops.convert_to_numpy(layer(x, mask=mask))


alone = run(x[:, :1])
padded = np.where(np.arange(5)[:, np.newaxis] < 1, x, 0)
mask = np.arange(5) < np.ones((2, 1))
print(f"zeros:          {abs(run(padded) - alone).max():.4f}")
print(f"zeros and mask: {abs(run(padded, mask=mask) - alone).max():.4f}")
