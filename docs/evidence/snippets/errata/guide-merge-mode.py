import keras

print(keras.layers.Bidirectional(keras.layers.LSTM(4)).merge_mode)
