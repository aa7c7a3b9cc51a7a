import keras

model = keras.Sequential([keras.Input((2, 1)), keras.layers.LSTM(4)])
x = [[[1.0], [2.0]], [[3.0], [4.0]]]  # 2 sequences, 2 timesteps, 1 feature
model.predict(x, verbose=0)
