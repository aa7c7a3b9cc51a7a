import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 6, 3)), layer])
x = np.zeros((5, 6, 3))
padded = np.concatenate([x, np.zeros((-len(x) % 2, 6, 3))])
print(model.predict(padded, batch_size=2, verbose=0)[: len(x)].shape)
