import keras

x = keras.Input((5, 3))
y, h, c = keras.layers.LSTM(4, return_state=True)(x)
model = keras.Model(x, [keras.layers.Dense(1)(y), h, c])
print([output.shape for output in model.outputs])
