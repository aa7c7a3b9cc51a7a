import keras

x = keras.Input((5, 3))  # 5 timesteps, 3 features
y = keras.layers.LSTM(4, return_sequences=True)(x)
print(y.shape, "->", keras.layers.LSTM(2)(y).shape)
y = keras.layers.LSTM(4)(x)
print(y.shape)
keras.layers.LSTM(2)(y)
