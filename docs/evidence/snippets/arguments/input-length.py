import keras

x = keras.Input(shape=(5, 3))  # 5 timesteps
print(x.shape, "->", keras.layers.LSTM(4)(x).shape)
keras.layers.LSTM(4, input_length=5)
