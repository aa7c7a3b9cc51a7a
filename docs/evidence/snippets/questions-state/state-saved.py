import tempfile

import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
model(np.ones((2, 5, 3)))
with tempfile.TemporaryDirectory() as folder:
    model.save(f"{folder}/model.keras")
    loaded = keras.saving.load_model(f"{folder}/model.keras").layers[0]
for name, each in [("before saving", layer), ("after loading", loaded)]:
    c = keras.ops.convert_to_numpy(each.states[1])
    print(name, "c is zero:", not c.any())
