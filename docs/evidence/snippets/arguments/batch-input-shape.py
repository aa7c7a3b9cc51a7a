import keras

for name, value in {
    "batch_input_shape": (2, 5, 3),
    "batch_shape": (2, 5, 3),
    "batch_size": 2,
    "input_length": 5,
}.items():
    try:
        keras.layers.LSTM(4, **{name: value})
    except ValueError as error:
        print(error)
x = keras.Input(batch_shape=(2, 5, 3))
model = keras.Sequential([x, keras.layers.LSTM(4)])
print(model.input_shape, "->", model.output_shape)
