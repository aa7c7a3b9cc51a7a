import keras

x = keras.Input(shape=(5, 3), batch_size=2)
print(x.shape, "->", keras.layers.LSTM(4)(x).shape)
keras.layers.LSTM(4, batch_size=2)
