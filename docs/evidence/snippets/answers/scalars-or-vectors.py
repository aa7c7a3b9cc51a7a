import keras
import numpy as np

for units in (1, 4):
    layer = keras.layers.LSTM(units, return_state=True)
    y, h, c = layer(np.ones((1, 5, 3)))
    numbers = [keras.ops.convert_to_numpy(array).size for array in (h, c)]
    print(f"LSTM({units}): h holds {numbers[0]}, c holds {numbers[1]}")
