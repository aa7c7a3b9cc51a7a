import keras

from lstm_ref.examples import worked_input, worked_layer

x = worked_input().astype("float32")  # (2, 5, 3)
layer, masking = keras.layers.LSTM(4), keras.layers.Masking(-10)
layer.build(x.shape)
layer.set_weights(worked_layer().get_weights())
alone = keras.ops.convert_to_numpy(layer(x[1:, :3]))
x[1, 3:] = -10  # sequence 1 has only 3 timesteps
for name, data in (("with a mask:   ", masking(x)), ("without a mask:", x)):
    y = keras.ops.convert_to_numpy(layer(data))[1:]
    print(name, "off by", format(abs(y - alone).max(), ".4f"))
