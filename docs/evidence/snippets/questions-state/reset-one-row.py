import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
x, keep = np.ones((2, 5, 3)), np.array([[0.0], [1.0]])  # row 0 anew
from_zeros = model.predict(x, verbose=0)
for name in ("a call:          ", "a second predict:"):
    layer.reset_state()
    model(x)
    for state in layer.states:
        state.assign(state * keep)
    again = model.predict(x, verbose=0) if "predict" in name else model(x)
    y = keras.ops.convert_to_numpy(again)
    zero = np.isclose(y, from_zeros, atol=1e-4).all(axis=1)
    print(name, "as from zeros:", zero.tolist())
