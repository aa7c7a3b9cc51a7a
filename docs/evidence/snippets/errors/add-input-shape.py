import keras

model = keras.Sequential()
model.add(keras.layers.LSTM(4), input_shape=(5, 3))
