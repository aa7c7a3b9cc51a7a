import keras

inputs = keras.Input(batch_shape=(2, 5, 3))
layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([inputs, layer])
print(model.input_shape, "->", model.output_shape)

keras.layers.LSTM(4, batch_input_shape=(2, 5, 3), stateful=True)
