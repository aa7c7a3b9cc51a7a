import keras

layer = keras.layers.LSTM(
    4,
    kernel_initializer=keras.initializers.Constant(0.5),
    kernel_regularizer=keras.regularizers.L2(0.01),
)
layer.build((2, 5, 3))
loss = keras.ops.convert_to_numpy(layer.losses[0])
print("added to the loss:      ", loss.round(4))
print("0.01 * 3 * 16 * 0.5**2 =", 0.01 * 3 * 16 * 0.5**2)
