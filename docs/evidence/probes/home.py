"""The one line of Keras and the one line of PyTorch that stand on the first screen, and what Keras's summary says."""

import keras
import numpy as np
import torch
from common import emit, on_backend

BACKENDS = ("tensorflow",)

X = np.ones((32, 10, 3), dtype="float32")


def summarised():
    """Return the shape in the row of the layer: what is printed after its name, between bars."""
    model = keras.Sequential([keras.Input((10, 3)), keras.layers.LSTM(64)])
    lines = []
    model.summary(print_fn=lambda text: lines.extend(text.splitlines()))
    (row,) = [line for line in lines if "LSTM" in line]
    return row.strip("│").split("│")[1].strip()


output, (h_n, c_n) = torch.nn.LSTM(3, 64, batch_first=True)(torch.from_numpy(X))
emit(
    {
        "keras": {
            "ran": on_backend(keras),
            "summary-shape": summarised(),
            "x": list(X.shape),
            "y": list(keras.layers.LSTM(64)(X).shape),
            "y-return_sequences": list(keras.layers.LSTM(64, return_sequences=True)(X).shape),
        },
        "pytorch": {
            "ran": ["torch"],
            "x": list(X.shape),
            "output": list(output.shape),
            "h_n": list(h_n.shape),
            "c_n": list(c_n.shape),
            "h_n-is-last-of-output": bool(torch.equal(output[:, -1], h_n[0])),
        },
    }
)
