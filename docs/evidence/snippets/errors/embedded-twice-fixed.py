import keras
import numpy as np

vectors = np.zeros((2, 5, 3))
y = keras.layers.LSTM(4)(vectors)
print("vectors:", tuple(y.shape))

numbers = np.zeros((2, 5), int)  # one integer for each word
words = keras.layers.Embedding(10, 3)(numbers)
print("integers:", tuple(keras.layers.LSTM(4)(words).shape))
