import keras
import numpy as np

sequences = [np.ones((5, 3)), np.ones((2, 3))]
x = keras.utils.pad_sequences(sequences, dtype="float32", padding="post")
lengths = np.array([len(sequence) for sequence in sequences])
mask = np.arange(5) < lengths[:, np.newaxis]
print(tuple(keras.layers.LSTM(4)(x, mask=mask).shape), mask.sum(axis=1))
