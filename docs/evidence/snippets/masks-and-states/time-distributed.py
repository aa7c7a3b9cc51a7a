import keras
import numpy as np

x = np.ones((1, 2, 5, 3), dtype="float32")
x[:, :, 3:] = 0
lstm = keras.layers.LSTM(4)
short = keras.ops.convert_to_numpy(lstm(x[:, 0, :3]))

apart = keras.Sequential(
    [
        keras.layers.TimeDistributed(keras.layers.Masking()),
        keras.layers.TimeDistributed(lstm),
    ]
)
inner = keras.Sequential([keras.layers.Masking(), lstm])
together = keras.layers.TimeDistributed(inner)
for name, model in (("two wrappers:", apart), ("one wrapper: ", together)):
    y = keras.ops.convert_to_numpy(model(x))
    print(name, "masked:", np.allclose(y[:, 0], short, atol=1e-5))
