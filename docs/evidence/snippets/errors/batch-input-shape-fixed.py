import keras

model = keras.Sequential(
    [
        keras.Input(batch_shape=(2, 5, 3)),
        keras.layers.LSTM(4, stateful=True),
    ]
)
print(model.output_shape)
