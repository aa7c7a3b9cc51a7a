import keras
import numpy as np

keras.utils.set_random_seed(0)
trained = keras.layers.LSTM(4, stateful=True)
trained(np.zeros((2, 5, 3)))
# here it would be trained, with 2 sequences at a time

layer = keras.layers.LSTM(4, stateful=True)
layer.build((1, 5, 3))
layer.set_weights(trained.get_weights())
print(tuple(layer(np.zeros((1, 5, 3))).shape))
print(tuple(trained(np.zeros((1, 5, 3))).shape))
