import keras
import numpy as np

x = np.ones((1, 5, 3), dtype="float32")
x[:, 3:] = np.nan
mask = ~np.isnan(x).any(axis=-1)  # first the mask
x = np.nan_to_num(x)  # then a number instead of NaN
sequences, real = keras.Input((5, 3)), keras.Input((5,), dtype="bool")
y = keras.layers.LSTM(4)(sequences, mask=real)
model = keras.Model([sequences, real], y)
model.compile("sgd", "mse")
model.train_on_batch([x, mask], np.zeros((1, 4)))
finite = [np.isfinite(weights).all() for weights in model.get_weights()]
print("the weights are finite:", all(finite))
