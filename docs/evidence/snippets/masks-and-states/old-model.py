import tempfile
from pathlib import Path

import keras
import tf_keras

old = tf_keras.Sequential([tf_keras.Input((5, 3)), tf_keras.layers.LSTM(4)])
with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "model.keras")
    old.save(file)
    keras.saving.load_model(file)
