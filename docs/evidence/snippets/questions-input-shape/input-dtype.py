import keras
import numpy as np

model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4)])
for dtype in ("float64", "float16", "int64", "bool"):
    y = model.predict(np.ones((2, 5, 3), dtype), verbose=0)
    print(f"{dtype:7} in,", y.dtype, "out")

numbers = np.ones((2, 5, 3), object)
converted = numbers.astype("float32")
print("converted:", model.predict(converted, verbose=0).shape)
model.predict(numbers)
