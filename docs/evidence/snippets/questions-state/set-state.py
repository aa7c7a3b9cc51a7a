import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
x, h, c = np.ones((2, 5, 3)), np.full((2, 4), 0.25), np.full((2, 4), 0.5)
from_zeros = model.predict(x, verbose=0)
for name in ("a call:          ", "a second predict:"):
    for variable, value in zip(layer.states, (h, c), strict=True):
        variable.assign(value)
    y = model.predict(x, verbose=0) if "predict" in name else model(x)
    y = keras.ops.convert_to_numpy(y)
    zero = np.allclose(y, from_zeros, atol=1e-4)
    print(name, "from zeros:", zero)

layer.reset_states(states=[h, c])
