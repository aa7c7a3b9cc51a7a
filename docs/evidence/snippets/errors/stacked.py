import keras

lstms = [keras.layers.LSTM(4), keras.layers.LSTM(6)]
keras.Sequential([keras.Input((5, 3)), *lstms])
