import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
for dtype in ("float32", "mixed_float16", "mixed_bfloat16"):
    layer = keras.layers.LSTM(4, stateful=True, dtype=dtype)
    first = keras.ops.convert_to_numpy(layer(x)).astype("float32")
    second = keras.ops.convert_to_numpy(layer(x)).astype("float32")
    same = np.array_equal(first, second)
    print(f"{dtype}: second output equals the first: {same}")
