import keras

lstms = [keras.layers.LSTM(4, return_sequences=True), keras.layers.LSTM(6)]
print(keras.Sequential([keras.Input((5, 3)), *lstms]).output_shape)
