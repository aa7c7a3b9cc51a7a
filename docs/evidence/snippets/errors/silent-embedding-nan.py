import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np

ids = np.array([[1, 2, 3], [4, 5, 10]])
model = keras.Sequential([keras.layers.Embedding(10, 8), keras.layers.LSTM(1)])
model.compile("sgd", "mse")
print("NaN before:", np.isnan(model.predict(ids, verbose=0)).ravel())
model.fit(ids, np.ones((2, 1)), verbose=0)
print("and after: ", np.isnan(model.predict(ids, verbose=0)).ravel())
