import keras

model = keras.Sequential([keras.layers.LSTM(4, input_shape=(5, 3))])
print(model.input_shape, "->", model.output_shape)
