import keras

x = keras.ops.zeros((5, 2, 3))
y = keras.layers.LSTM(4)(keras.ops.transpose(x, (1, 0, 2)))
print(tuple(y.shape))
