import keras

model = keras.Sequential(
    [
        keras.Input((None, 3)),
        keras.layers.LSTM(64, return_sequences=True),
        keras.layers.LSTM(64),
    ]
)
for layer in model.layers:
    print(tuple(layer.cell.kernel.shape), layer.count_params())
