import keras
import numpy as np

norm = keras.constraints.MaxNorm(0.8)
options = {"kernel_initializer": "ones", "kernel_constraint": norm}
layer = keras.layers.LSTM(1, **options)
model = keras.Sequential([keras.Input((5, 3)), layer])
model.compile(keras.optimizers.SGD(0.001), "mse")
for moment in ("before:", "after: "):
    columns = np.linalg.norm(layer.get_weights()[0], axis=0)
    print(moment, [f"{length:.2f}" for length in columns])
    model.fit(np.ones((2, 5, 3)), np.ones((2, 1)), verbose=0)
