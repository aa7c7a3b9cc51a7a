import keras

x, h = keras.ops.zeros((2, 5, 3)), keras.ops.zeros((2, 4))
c = keras.ops.zeros((2, 4))
print(tuple(keras.layers.LSTM(4)(x, initial_state=[h, c]).shape))
