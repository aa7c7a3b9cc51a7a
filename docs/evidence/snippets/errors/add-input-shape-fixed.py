import keras

model = keras.Sequential()
model.add(keras.Input((5, 3)))
model.add(keras.layers.LSTM(4))
print(model.output_shape)
