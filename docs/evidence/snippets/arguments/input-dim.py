import keras

keras.Sequential([keras.layers.LSTM(4, input_dim=3)])
