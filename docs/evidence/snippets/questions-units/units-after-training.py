import keras
import numpy as np
from keras.layers import LSTM, Dense

x = np.linspace(-1, 1, 2 * 5 * 3, dtype="float32").reshape(2, 5, 3)
target = np.array([[0.5], [-0.5]], "float32")
keras.utils.set_random_seed(0)
random, same = "glorot_uniform", keras.initializers.Constant(0.1)
for name, a, b in [
    ("random weights, random Dense", random, random),
    ("same weights,   same Dense  ", same, same),
    ("same weights,   random Dense", same, random),
]:
    lstm = LSTM(4, kernel_initializer=a, recurrent_initializer=a)
    model = keras.Sequential([lstm, Dense(1, kernel_initializer=b)])
    model.compile(keras.optimizers.SGD(0.5), "mse")
    model.fit(x, target, epochs=20, verbose=0)
    h = keras.ops.convert_to_numpy(lstm(x))
    print(name, "| h equal:", bool(np.ptp(h, axis=1).max() < 1e-4))
