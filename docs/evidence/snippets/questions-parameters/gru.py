import keras

layers = {
    "SimpleRNN": keras.layers.SimpleRNN(4),
    "GRU, reset_after=False": keras.layers.GRU(4, reset_after=False),
    "GRU": keras.layers.GRU(4),
    "LSTM": keras.layers.LSTM(4),
}
for name, layer in layers.items():
    layer.build((None, None, 3))
    shapes = [tuple(weight.shape) for weight in layer.weights]
    print(name, layer.count_params(), shapes)
