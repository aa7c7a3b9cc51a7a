import keras
import numpy as np

from lstm_ref import diagonal_blocks, one_unit
from lstm_ref.examples import worked_input, worked_layer

x = worked_input().astype("float32")
kernel, dense, bias = worked_layer().get_weights()


def run(units, weights):
    layer = keras.layers.LSTM(units)
    layer.build(x.shape)
    layer.set_weights(weights)
    return keras.ops.convert_to_numpy(layer(x)), layer.count_params()


for name, matrix in [("dense", dense), ("diagonal", diagonal_blocks(dense))]:
    whole, weights = run(4, [kernel, matrix, bias])
    four = [run(1, one_unit([kernel, matrix, bias], j)) for j in range(4)]
    apart = np.concatenate([y for y, _ in four], axis=-1)
    print(f"{name:8} {abs(whole - apart).max():.4f}", weights, 4 * four[0][1])
