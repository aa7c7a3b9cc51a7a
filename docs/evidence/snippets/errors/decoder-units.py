import keras

x = keras.ops.zeros((2, 5, 3))
_, h, c = keras.layers.LSTM(4, return_state=True)(x)
keras.layers.LSTM(6)(x, initial_state=[h, c])
