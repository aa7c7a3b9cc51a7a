import keras
import numpy as np

ids = np.array([[1, 2, 10]])
layers = keras.layers.Embedding(int(ids.max()) + 1, 8), keras.layers.LSTM(4)
print(keras.Sequential(layers).predict(ids, verbose=0).shape)
