import keras
import numpy as np

x = np.ones((8, 5, 3), dtype="float32")
inputs = keras.Input((5, 3))
outputs = keras.layers.LSTM(4, dropout=0.5)(inputs, training=True)
model = keras.Model(inputs, outputs)

first = model.predict(x, verbose=0)
second = model.predict(x, verbose=0)
print("two predictions differ:", (first != second).any())
