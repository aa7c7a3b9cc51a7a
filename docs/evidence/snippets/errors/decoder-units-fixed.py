import keras

x = keras.ops.zeros((2, 5, 3))
_, *states = keras.layers.LSTM(4, return_state=True)(x)
h, c = (keras.layers.Dense(6)(state) for state in states)
print(tuple(keras.layers.LSTM(4)(x, initial_state=states).shape))
print(tuple(keras.layers.LSTM(6)(x, initial_state=[h, c]).shape))
