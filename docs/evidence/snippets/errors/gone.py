import keras

keras.layers.LSTM(4, time_major=True, input_length=5, batch_size=2)
