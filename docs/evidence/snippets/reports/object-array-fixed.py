import keras
import numpy as np

model = keras.Sequential(
    [
        keras.Input((None, 3)),
        keras.layers.Masking(),
        keras.layers.LSTM(4),
    ]
)
x = np.empty(2, object)  # two sequences, of 5 and of 4 timesteps
x[0] = [[1.0, 2.0, 3.0]] * 5
x[1] = [[1.0, 2.0, 3.0]] * 4
x = keras.utils.pad_sequences(x, padding="post", dtype="float32")
print(x.shape, x.dtype)
print(model.predict(x, verbose=0).shape)
