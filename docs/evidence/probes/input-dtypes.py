"""What a float32 LSTM of Keras makes of arrays of each dtype: called directly, under predict and under fit."""

import warnings

import keras
import numpy as np
from common import attempt, emit, on_backend

BACKENDS = ("tensorflow", "jax", "torch")
REAL = ("float16", "float32", "float64", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "bool")
OTHERS = ("uint64", "complex64", "object")


def made(dtype, way):
    """Return the dtype that comes out, and whether it is what the real part as float32 gives."""
    x = (np.arange(30).reshape(2, 5, 3) / 10).astype(dtype)
    if dtype == "complex64":
        x += 1j
    layer = keras.layers.LSTM(4)
    model = keras.Sequential([keras.Input((5, 3)), layer])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.0))
    if way == "fit":
        model.fit(x, np.zeros((2, 4)), verbose=0)
        return {"raises": None}
    y = layer(x) if way == "call" else model.predict(x, verbose=0)
    real = keras.ops.convert_to_numpy(layer(np.real(x).astype("float32")))
    same = np.allclose(keras.ops.convert_to_numpy(y), real, atol=1e-6)
    return {"dtype": keras.backend.standardize_dtype(y.dtype), "as-its-real-part-in-float32": same}


def big_endian(way):
    """Tell whether numbers in the other byte order give what the same numbers in this machine's order give."""
    x = (np.arange(30).reshape(2, 5, 3) / 10).astype("float32")
    other = x.astype(x.dtype.newbyteorder())
    model = keras.Sequential([keras.Input((5, 3)), keras.layers.LSTM(4)])
    if way == "call":
        return {
            "same": np.allclose(*(keras.ops.convert_to_numpy(model.layers[0](each)) for each in (x, other)), atol=1e-6)
        }
    if way == "predict":
        y = model.predict(other, verbose=0)
        return {"same": np.allclose(model.predict(x, verbose=0), y, atol=1e-6)}
    return {"same": np.allclose(*(model.predict(each, verbose=0) for each in (x, other)), atol=1e-6)}


def outcome(run, *arguments):
    found = attempt(lambda: run(*arguments))
    return {"raises": found["raises"]} if found.get("raises") else found


with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # PyTorch warns that it drops imaginary parts
    emit(
        {
            "ran": on_backend(keras),
            **{
                group: {
                    dtype: {way: outcome(made, dtype, way) for way in ("call", "predict", "fit")} for dtype in dtypes
                }
                for group, dtypes in (("real", REAL), ("others", OTHERS))
            },
            "big-endian": {way: outcome(big_endian, way) for way in ("call", "predict", "predict again")},
        }
    )
