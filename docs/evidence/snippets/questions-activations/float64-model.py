import os

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np

from lstm_ref import LSTM

x = np.random.default_rng(0).normal(size=(2, 5, 3))
for floatx in ("float32", "float64"):  # float32 is the default
    keras.config.set_floatx(floatx)
    layer = keras.layers.LSTM(4, dtype="float64")
    model = keras.Sequential([keras.Input((5, 3)), layer])
    ours = LSTM(4)
    ours.set_weights(layer.get_weights())
    y = model.predict(x, verbose=0)
    off = abs(y - ours(x)).max()
    print("floatx", floatx, "- off by at most 1e-12:", off <= 1e-12)
keras.config.set_floatx("float32")
