import os

os.environ["KERAS_BACKEND"] = "jax"

import keras
import numpy as np

ids, input_dim = np.array([[1, 2, 3], [4, 5, 10]]), 11
if ids.max() >= input_dim:
    raise ValueError("an id is too large")
embedding = keras.layers.Embedding(input_dim, 8)
model = keras.Sequential([embedding, keras.layers.LSTM(1)])
model.compile("sgd", "mse")
model.fit(ids, np.ones((2, 1)), verbose=0)
print("NaN after:", np.isnan(model.predict(ids, verbose=0)).ravel())
