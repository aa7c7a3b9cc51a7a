import keras
import numpy as np

layer = keras.layers.LSTM(4)
for dtype in ("float64", "float16", "int64", "bool"):
    y = layer(np.ones((2, 5, 3), dtype))
    print(f"{dtype:7} in,", keras.backend.standardize_dtype(y.dtype), "out")
print(layer(np.ones((2, 5, 3), object)).shape)
