import tempfile
from pathlib import Path

import keras
import tf_keras

x = tf_keras.Input((5, 3))
old = tf_keras.Model(x, tf_keras.layers.LSTM(4)(x))
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "model.keras")
    old.save(file)
    try:
        keras.saving.load_model(file)
    except TypeError as error:  # its message lists the whole model
        print("TypeError:", str(error).split(".")[0])
