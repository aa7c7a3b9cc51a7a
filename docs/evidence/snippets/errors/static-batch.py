import keras

layer = keras.layers.LSTM(4, stateful=True)
keras.Sequential([keras.Input((5, 3)), layer])
