import keras
import numpy as np


class Own(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 1.0


x = np.ones((2, 5, 3), dtype="float32")
x[:, 3:] = 0
masked = keras.layers.Masking()(x)
own, lstm = Own(name="own"), keras.layers.LSTM(4)
for name, given in [("masked", masked), ("through own", own(masked))]:
    y, plain = map(keras.ops.convert_to_numpy, (lstm(given), lstm(x)))
    print(name, "| as without a mask:", np.allclose(y, plain))
