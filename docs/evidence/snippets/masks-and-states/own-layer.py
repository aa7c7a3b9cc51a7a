import keras
import numpy as np


class Scale(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.supports_masking = True  # hand the mask on as it is

    def call(self, x):
        return 2 * x


x = np.ones((1, 5, 3), dtype="float32")
x[:, 3:] = 0
for scale in (keras.layers.Lambda(lambda x: 2 * x), Scale()):
    lstm = keras.layers.LSTM(4)
    model = keras.Sequential([keras.layers.Masking(), scale, lstm])
    with_padding = keras.ops.convert_to_numpy(model(x))
    without = keras.ops.convert_to_numpy(lstm(2 * x[:, :3]))
    masked = np.allclose(with_padding, without, atol=1e-5)
    print(type(scale).__name__, "masked:", masked)
