import keras

keras.layers.LSTM(4, time_major=True)
