import keras

keras.layers.CuDNNLSTM(4)
