import keras
import numpy as np

h = np.array([[-0.5, 0.25], [0.5, 1.0]])  # of two sequences
for activation in ("linear", "softmax", "relu"):
    dense = keras.layers.Dense(1, activation=activation)
    dense.build((None, 2))
    dense.set_weights([np.array([[1.0], [1.0]]), np.array([-3.0])])
    y = keras.ops.convert_to_numpy(dense(h))
    print(activation, y[:, 0].tolist())
