import tempfile
from pathlib import Path

import keras
import numpy as np
import tf_keras

x = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")
old = tf_keras.Sequential([tf_keras.Input((5, 3)), tf_keras.layers.LSTM(4)])
new = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4)])
with tempfile.TemporaryDirectory() as folder:
    old.save(Path(folder, "model.keras"))
    new.load_weights(Path(folder, "model.keras"))
y = new.predict(x, verbose=0)
print("same output:", np.allclose(old.predict(x, verbose=0), y, atol=1e-6))
