import keras

model = keras.Sequential([keras.layers.LSTM(4, input_shape=(5, 3))])
print("input_shape=(5, 3):          ", model.input_shape)
print("Input(shape=(5, 3)):         ", keras.Input(shape=(5, 3)).shape)
inputs = keras.Input(batch_shape=(2, 5, 3))
print("Input(batch_shape=(2, 5, 3)):", inputs.shape)

keras.layers.LSTM(4)(keras.Input(shape=(2, 5, 3)))
