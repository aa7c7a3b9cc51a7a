import keras

x = keras.ops.zeros((2, 5, 3))
y, *state = keras.layers.LSTM(4, return_state=True)(x)
print(tuple(y.shape), [tuple(each.shape) for each in state])
