import keras
import numpy as np
from keras import layers

mask = np.array([[True, True, True, False, False]])
for flag in (True, False):
    first = layers.LSTM(4, return_sequences=flag)
    print(flag, first.compute_mask(None, mask))

sequences = layers.LSTM(4, return_sequences=True)
model = keras.Sequential([layers.Masking(), sequences, layers.LSTM(2)])
x = np.concatenate([np.ones((1, 3, 3)), np.zeros((1, 2, 3))], axis=1)
difference = model.predict(x, verbose=0) - model.predict(x[:, :3], verbose=0)
print("as without the padding:", abs(difference).max() < 1e-6)
