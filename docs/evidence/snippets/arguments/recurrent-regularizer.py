import keras

for units in (4, 100):
    l2 = keras.regularizers.L2(0.01)
    layer = keras.layers.LSTM(units, recurrent_regularizer=l2)
    layer.build((2, 5, 3))
    loss = keras.ops.convert_to_numpy(layer.losses[0])
    print(units, "units:", loss.round(4))
