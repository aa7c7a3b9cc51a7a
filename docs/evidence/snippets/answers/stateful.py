import keras

from lstm_ref.examples import worked_input, worked_layer

x = worked_input().astype("float32")
for stateful in (False, True):
    layer = keras.layers.LSTM(4, stateful=stateful)
    layer.build(x.shape)
    layer.set_weights(worked_layer().get_weights())
    layer(x[:, :3])
    y = keras.ops.convert_to_numpy(layer(x[:, 3:]))
    off = abs(y - worked_layer()(x)).max()
    print(f"stateful={stateful}: off by {off:.4f}")
