import keras
import numpy as np

vectors = np.zeros((2, 5, 3))  # 5 words, 3 numbers each
words = keras.layers.Embedding(10, 3)(vectors)
keras.layers.LSTM(4)(words)
