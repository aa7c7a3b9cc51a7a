import keras

x, h = keras.ops.zeros((2, 5, 3)), keras.ops.zeros((2, 4))
keras.layers.LSTM(4)(x, initial_state=h)
