import keras
import numpy as np

keras.utils.set_random_seed(0)
x = np.linspace(-1, 1, 30).reshape(2, 5, 3)
one = keras.layers.LSTM(4, implementation=1, use_cudnn=False)
two = keras.layers.LSTM(4, implementation=2, use_cudnn=False)
one.build(x.shape), two.build(x.shape)
two.set_weights(one.get_weights())
difference = np.abs(keras.ops.convert_to_numpy(one(x) - two(x))).max()
print("equal to 6 digits:", bool(difference < 1e-6))
