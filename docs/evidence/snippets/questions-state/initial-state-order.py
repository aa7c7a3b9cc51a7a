import keras

from lstm_ref.examples import worked_input, worked_layer

x = worked_input()  # (2, 5, 3)
layer = keras.layers.LSTM(4, return_state=True)
layer.build(x.shape)
layer.set_weights(worked_layer().get_weights())
whole, _, _ = layer(x)
_, h, c = layer(x[:, :2])
for name, state in (("[h, c]", [h, c]), ("[c, h]", [c, h])):
    y, _, _ = layer(x[:, 2:], initial_state=state)
    off = abs(keras.ops.convert_to_numpy(y - whole)).max()
    print(name, "off by", format(off, ".3f"))
