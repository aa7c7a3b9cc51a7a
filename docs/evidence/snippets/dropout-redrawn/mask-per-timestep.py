import keras
import numpy as np
import tf_keras

units = 64
x = np.ones((1, 5, units), dtype="float32")
nothing = np.zeros((units, units), dtype="float32")
kernel = np.concatenate([nothing, nothing, np.eye(units), nothing], axis=1)
recurrent_kernel = np.zeros((units, 4 * units))
bias = np.repeat([20.0, -20.0, 0.0, 20.0], units)  # i open, f shut, o open

for name, package in (("tf_keras", tf_keras), ("keras", keras)):
    for recurrent_dropout in (0.0, 0.5):
        layer = package.layers.LSTM(
            units,
            dropout=0.5,
            recurrent_dropout=recurrent_dropout,
            return_sequences=True,
        )
        layer.build(x.shape)
        layer.set_weights([kernel, recurrent_kernel, bias])
        y = layer(x, training=True)[0]
        kept = abs(keras.ops.convert_to_numpy(y)) > 0.01
        changes = bool((kept != kept[0]).any())
        print(name, recurrent_dropout, "changes between timesteps:", changes)
