import keras

layer = keras.layers.LSTM(4)
print(layer.use_cudnn)
