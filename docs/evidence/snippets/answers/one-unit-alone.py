import keras
import numpy as np

from lstm_ref import unit_columns
from lstm_ref.examples import worked_input, worked_layer

x, weights = worked_input().astype("float32"), worked_layer().get_weights()
whole = keras.layers.LSTM(4, return_sequences=True)
whole.build(x.shape)
whole.set_weights(weights)
h = keras.ops.convert_to_numpy(whole(x))

j, others = 2, [0, 1, 3]
kernel, recurrent, bias = (array[..., unit_columns(4, j)] for array in weights)
before = np.pad(h[:, :-1, others], [(0, 0), (1, 0), (0, 0)])
alone = keras.layers.LSTM(1, return_sequences=True)
alone.build((2, 5, 6))
alone.set_weights([np.vstack([kernel, recurrent[others]]), recurrent[[j]], bias])
y = keras.ops.convert_to_numpy(alone(np.concatenate([x, before], axis=-1)))
print(f"off by {abs(y[..., 0] - h[..., j]).max():.5f}")
