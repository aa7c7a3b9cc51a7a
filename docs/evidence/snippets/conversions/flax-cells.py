import flax.linen
import jax
import numpy as np
from flax import nnx

from lstm_ref import LSTM, layouts

x = np.linspace(-1, 1, 30, dtype="float32").reshape(2, 5, 3)
layer = LSTM(4, return_sequences=True)

for cell in (flax.linen.LSTMCell(4), flax.linen.OptimizedLSTMCell(4)):
    rnn = flax.linen.RNN(cell)
    variables = rnn.init(jax.random.key(0), x)
    layer.set_weights(layouts.from_flax(variables["params"]["cell"]))
    y = rnn.apply(variables, x)
    print("linen", type(cell).__name__, abs(layer(x) - y).max() <= 1e-6)

cell = nnx.LSTMCell(3, 4, rngs=nnx.Rngs(0))
layer.set_weights(layouts.from_flax(nnx.to_pure_dict(nnx.state(cell, nnx.Param))))
print("nnx", type(cell).__name__, abs(layer(x) - nnx.RNN(cell)(x)).max() <= 1e-6)

cell = nnx.OptimizedLSTMCell(3, 4, rngs=nnx.Rngs(0))
weights = cell.dense_i.kernel[...], cell.dense_h.kernel[...], cell.dense_h.bias[...]
layer.set_weights(layouts.from_flax_nnx(*weights))
print("nnx", type(cell).__name__, abs(layer(x) - nnx.RNN(cell)(x)).max() <= 1e-6)
