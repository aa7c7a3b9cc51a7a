import keras
import numpy as np

layer = keras.layers.LSTM(units=1, return_sequences=True)
layer.build((1, 3, 1))
layer.set_weights(
    [
        np.array([[1, 0.5, -1.5, 0.75]]),  # kernel: i, f, c, o
        np.array([[0.5, -0.25, 1, -0.5]]),  # recurrent_kernel
        np.array([0.25, 1, 0.5, -0.125]),  # bias
    ]
)
y = keras.ops.convert_to_numpy(layer(np.array([[[1.0], [-0.5], [2.0]]])))
print("y", y[0, :, 0].astype(float).round(4).tolist())
