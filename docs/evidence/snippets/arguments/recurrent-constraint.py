import keras
import numpy as np

unit = keras.constraints.UnitNorm()
layer = keras.layers.LSTM(4, recurrent_constraint=unit)
model = keras.Sequential([keras.Input((5, 3)), layer])
model.compile(keras.optimizers.SGD(0.001), "mse")
for moment in ("before:", "after: "):
    u = layer.get_weights()[1]
    rows, columns = (np.linalg.norm(u, axis=axis) for axis in (1, 0))
    print(moment, "rows", np.allclose(rows, 1, atol=1e-3), end=", ")
    print("columns", np.allclose(columns, 1, atol=1e-3))
    model.fit(np.ones((2, 5, 3)), np.ones((2, 4)), verbose=0)
