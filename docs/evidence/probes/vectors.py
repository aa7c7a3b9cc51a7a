"""keras.layers.LSTM on the test vectors: max |difference| from what they expect, for each case that Keras 3 can express."""

import json
import os
from pathlib import Path

import numpy as np
from common import FLOAT32, FLOAT64, difference, emit, on_backend

BACKENDS = ("tensorflow", "jax", "torch")
ENVIRONMENT = {"JAX_ENABLE_X64": "1"}
FILE = Path(__file__).parents[2] / "vectors/lstm-vectors.json"
OF_KERAS_2 = "hard_sigmoid_keras2"


def worst(case, keras):
    """Run a case with return_sequences and without; return the largest difference of any output."""
    dtype, settings = case["dtype"], dict(case["settings"])
    batch, features = settings.pop("batch"), settings.pop("features")
    found = []
    for sequences in (True, False):
        layer = keras.layers.LSTM(**settings, return_sequences=sequences, return_state=True, dtype=dtype)
        layer.build((batch, None, features))
        layer.set_weights([np.array(array, dtype) for array in case["weights"].values()])
        start = {}
        if "initial_state" in case:
            start["initial_state"] = [keras.ops.convert_to_tensor(case["initial_state"][name], dtype) for name in "hc"]
        for call in case["calls"]:
            masked = {"mask": np.array(call["mask"])} if "mask" in call else {}
            results = layer(np.array(call["x"], dtype), **masked, **start)
            for name, result in zip(("y_sequence" if sequences else "y_last", "h", "c"), results, strict=True):
                found.append(difference(keras.ops.convert_to_numpy(result), call["expected"][name]))
            start = {}  # later calls go on from the states that the layer keeps
    return max(found)


if __name__ == "__main__":
    os.environ |= ENVIRONMENT
    import keras

    facts = {"ran": on_backend(keras), "tolerance": FLOAT32, "differences": {}, "not-expressed": {}}
    for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]:
        if case["settings"]["recurrent_activation"] == OF_KERAS_2:
            facts["not-expressed"][case["name"]] = "the hard_sigmoid of Keras 2"
        else:
            facts["differences"][case["name"]] = worst(case, keras)
    facts["within-tolerance"] = all(found <= FLOAT32 for found in facts["differences"].values())
    float64 = {name: found for name, found in facts["differences"].items() if name.endswith("-float64")}
    facts["float64-only-within-that-of-float32"] = [name for name, found in float64.items() if found > FLOAT64]
    emit(facts)
