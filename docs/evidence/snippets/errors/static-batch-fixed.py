import keras

layer = keras.layers.LSTM(4, stateful=True)
model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
print(model.output_shape)
