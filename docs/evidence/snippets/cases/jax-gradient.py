import os

os.environ["KERAS_BACKEND"] = "jax"
import jax
import keras
import numpy as np

layer = keras.layers.LSTM(4, stateful=True)
layer.build((2, 5, 3))
first, second = np.ones((2, 2, 3)), np.ones((2, 2, 3))


def two_calls(first):
    layer(first)
    return layer(second).sum()


print("a gradient:", bool(jax.grad(two_calls)(first).any()))
try:
    layer(second)
except jax.errors.UnexpectedTracerError as error:
    print("the next call:", type(error).__name__)
