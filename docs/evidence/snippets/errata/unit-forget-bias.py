import keras

for name in ("zeros", "ones"):
    layer = keras.layers.LSTM(2, bias_initializer=name)
    layer.build((None, 5, 3))
    bias = keras.ops.convert_to_numpy(layer.cell.bias)
    print(layer.unit_forget_bias, name, bias.reshape(4, 2).tolist())
