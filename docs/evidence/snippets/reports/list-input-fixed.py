import keras
import numpy as np

model = keras.Sequential([keras.Input((2, 1)), keras.layers.LSTM(4)])
x = [[[1.0], [2.0]], [[3.0], [4.0]]]  # 2 sequences, 2 timesteps, 1 feature
print(model.predict(np.array(x), verbose=0).shape)
