import os

os.environ["KERAS_BACKEND"] = "jax"
import jax
import keras
import numpy as np

x = np.ones((2, 5, 3), dtype="float32")
zeros = np.zeros((2, 4), dtype="float32")
layer = keras.layers.LSTM(4, stateful=True)
first = layer(x)

jax.jit(lambda x: layer(x))(x)
try:
    layer(x)
except jax.errors.UnexpectedTracerError as error:
    print("the next call:", type(error).__name__)
layer.reset_state()
print("after reset_state():", np.allclose(layer(x), first, atol=1e-6))

jax.jit(lambda x: layer(x))(x)
again = layer(x, initial_state=[zeros, zeros])
print("with initial_state:", np.allclose(again, first, atol=1e-6))
print("and a call after it:", layer(x).shape)
