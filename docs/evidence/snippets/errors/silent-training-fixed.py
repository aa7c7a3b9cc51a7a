import keras
import numpy as np

x = np.ones((8, 5, 3), dtype="float32")
inputs = keras.Input((5, 3))
outputs = keras.layers.LSTM(4, dropout=0.5)(inputs)
model = keras.Model(inputs, outputs)

first = keras.ops.convert_to_numpy(model(x, training=True))
second = keras.ops.convert_to_numpy(model(x, training=True))
print("two predictions differ:", (first != second).any())
