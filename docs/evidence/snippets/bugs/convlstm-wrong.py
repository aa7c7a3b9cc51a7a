import os

os.environ["KERAS_BACKEND"] = "jax"
import keras
import numpy as np

layer = keras.layers.ConvLSTM1D(4, 1)
unrolled = keras.layers.ConvLSTM1D(4, 1, unroll=True)
layer.build((None, 5, 3, 2))
unrolled.build((None, 5, 3, 2))
unrolled.set_weights(layer.get_weights())

random = np.random.default_rng(0)
lengths = np.array([[2], [5], [3]])
for batch in (1, 2, 3):
    x = random.normal(size=(batch, 5, 3, 2)).astype("float32")
    mask = np.arange(5) < lengths[:batch]
    expected = unrolled(x, mask=mask)
    try:
        result = np.allclose(layer(x, mask=mask), expected, atol=1e-5)
    except ValueError as error:
        result = type(error).__name__
    print("3 rows, a batch of", batch, "- as unrolled:", result)
