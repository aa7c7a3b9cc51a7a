import keras

x, h, c = keras.ops.zeros((2, 5, 3)), keras.ops.zeros((2, 4)), keras.ops.zeros((2, 4))
layer = keras.layers.Bidirectional(keras.layers.LSTM(4))
layer(x, initial_state=[h, c])
