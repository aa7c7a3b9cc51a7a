import keras

keras.layers.LSTM(4, batch_input_shape=(2, 5, 3), stateful=True)
