"""The weights that textgenrnn saved from CuDNNLSTM, as Keras 2 loads them: how far lstm_ref is off, and the largest number."""

import sys

import h5py
import numpy as np
import tf_keras

from lstm_ref import LSTM, layouts

tf_keras.backend.set_floatx("float64")  # the weights go up to 9: in float32 two ways to add up drift apart
weights = f"{sys.argv[1]}/textgenrnn-2.0.0/textgenrnn/textgenrnn_weights.hdf5"
model = tf_keras.Sequential(
    [
        tf_keras.layers.Embedding(465, 100, name="embedding"),
        tf_keras.layers.LSTM(128, return_sequences=True, name="rnn_1"),
        tf_keras.layers.LSTM(128, return_sequences=True, name="rnn_2"),
    ]
)
model.build((None, 40))
model.load_weights(weights, by_name=True)
letters = np.random.default_rng(0).integers(1, 465, (3, 40))
expected = model(letters).numpy()

y = model.get_layer("embedding")(letters).numpy()
with h5py.File(weights) as file:
    for name in ("rnn_1", "rnn_2"):
        arrays = (file[f"{name}/{name}/{each}:0"][...] for each in ("kernel", "recurrent_kernel", "bias"))
        layer = LSTM(128, return_sequences=True)
        layer.set_weights([array.astype("float64") for array in layouts.from_cudnn(*arrays)])
        y = layer(y)
print(np.abs(y - expected).max(), np.abs(expected).max())
