import keras

for forget in (True, False):
    options = {"bias_regularizer": keras.regularizers.L2(0.01)}
    layer = keras.layers.LSTM(4, unit_forget_bias=forget, **options)
    layer.build((2, 5, 3))
    loss = keras.ops.convert_to_numpy(layer.losses[0])
    print("unit_forget_bias =", forget, "adds", loss.round(4))
