import keras
import numpy as np

x = np.ones((1, 3, 3), dtype="float32")
mask = np.array([[True, True, False]])
for backwards in (False, True):
    for unroll in (False, True):
        layer = keras.layers.LSTM(
            1,
            return_sequences=True,
            zero_output_for_mask=True,
            go_backwards=backwards,
            unroll=unroll,
        )
        try:
            y = keras.ops.convert_to_numpy(layer(x, mask=mask))
            result = np.flatnonzero(y == 0).tolist()
        except AttributeError as error:
            result = type(error).__name__
        print(f"go_backwards={backwards}, unroll={unroll}: {result}")
