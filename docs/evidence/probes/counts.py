"""How many weights an LSTM has, as each framework counts them: F features, N units, P what proj_size projects them to."""

from itertools import product

import flax.linen
import jax
import keras
import numpy as np
import onnxruntime
import tf_keras
import torch
from common import emit, onnx_run
from flax import nnx
from tf_keras.src.layers.rnn import cudnn_lstm

BACKENDS = ()

GRID = list(product((1, 3, 50), (1, 4, 64)))


def built(layer, features):
    layer.build((None, None, features))
    return layer.count_params()


def keras_counts(layers):
    return {
        "LSTM": lambda f, n: built(layers.LSTM(n), f),
        "LSTM-no-bias": lambda f, n: built(layers.LSTM(n, use_bias=False), f),
        "Bidirectional": lambda f, n: built(layers.Bidirectional(layers.LSTM(n)), f),
    }


def pytorch(*sizes, **options):
    return sum(weights.numel() for weights in torch.nn.LSTM(*sizes, **options).parameters())


def leaves(tree):
    return sum(leaf.size for leaf in jax.tree.leaves(tree))


def linen(cell, f, n):
    carry, x = (np.zeros((1, n), "float32"),) * 2, np.zeros((1, f), "float32")
    return leaves(jax.eval_shape(cell(n).init, jax.random.key(0), carry, x)["params"])


def flax_nnx(cell, f, n):
    return leaves(nnx.state(cell(f, n, rngs=nnx.Rngs(0)), nnx.Param))


def onnx_runtime(f, n, use_bias=True):
    """ONNX Runtime refuses other sizes than these."""
    inputs = {"X": (5, 2, f), "W": (1, 4 * n, f), "R": (1, 4 * n, n), "B": (1, 8 * n)}
    inputs = {name: np.zeros(shape, "float32") for name, shape in inputs.items()}
    if not use_bias:
        del inputs["B"]
    onnx_run(onnxruntime, "LSTM", inputs, {"Y": 4}, hidden_size=n)
    return sum(array.size for name, array in inputs.items() if name != "X")


COUNTS = {
    "keras-3": keras_counts(keras.layers),
    "keras-2": keras_counts(tf_keras.layers) | {"CuDNNLSTM": lambda f, n: built(cudnn_lstm.CuDNNLSTM(n), f)},
    "pytorch": {
        "LSTM": pytorch,
        "LSTM-no-bias": lambda f, n: pytorch(f, n, bias=False),
        "LSTM-bidirectional": lambda f, n: pytorch(f, n, bidirectional=True),
        "LSTM-two-layers": lambda f, n: pytorch(f, n, num_layers=2),
    },
    "flax-linen": {
        "LSTMCell": lambda f, n: linen(flax.linen.LSTMCell, f, n),
        "OptimizedLSTMCell": lambda f, n: linen(flax.linen.OptimizedLSTMCell, f, n),
    },
    "flax-nnx": {
        "LSTMCell": lambda f, n: flax_nnx(nnx.LSTMCell, f, n),
        "OptimizedLSTMCell": lambda f, n: flax_nnx(nnx.OptimizedLSTMCell, f, n),
    },
    "onnx-runtime": {"W-R-B": onnx_runtime, "W-R": lambda f, n: onnx_runtime(f, n, use_bias=False)},
}

SIZES, LAYERS, DIRECTIONS = [(1, 1), (3, 4), (50, 64)], (1, 2, 3), (1, 2)


def keras_arrays(layers, cell, f, n, depth, directions, **options):
    both = layers.Bidirectional if directions == 2 else lambda layer: layer
    found = []
    for level in range(depth):
        layer = both(cell(n, return_sequences=True, **options))
        layer.build((None, None, n * directions if level else f))
        names = [weights.name.rpartition("/")[2].removesuffix(":0") for weights in layer.weights]  # Keras 2 has paths
        found += zip(names, (weights.shape for weights in layer.weights), strict=True)
    return found


def pytorch_arrays(f, n, depth, directions, bias=True):
    layer = torch.nn.LSTM(f, n, depth, bias=bias, bidirectional=directions == 2)
    return [(name, weights.shape) for name, weights in layer.named_parameters()]


def flat(params):
    """Return the arrays of Flax by the last two names of their paths, "hf.bias"."""
    leaves = jax.tree_util.tree_leaves_with_path(params)
    return [(".".join(str(key.key) for key in path[-2:]), leaf.shape) for path, leaf in leaves]


def linen_arrays(f, n, depth, directions):
    levels = []
    for _ in range(depth):
        level = flax.linen.RNN(flax.linen.LSTMCell(n))
        levels.append(
            flax.linen.Bidirectional(level, level.clone(cell=flax.linen.LSTMCell(n))) if directions == 2 else level
        )
    start = jax.random.key(0), np.zeros((1, 2, f), "float32")
    return flat(jax.eval_shape(flax.linen.Sequential(levels).init, *start)["params"])


def nnx_arrays(f, n, depth, directions):
    found = []
    for level in range(depth):
        rngs, features = nnx.Rngs(0), n * directions if level else f
        cells = [nnx.RNN(nnx.LSTMCell(features, n, rngs=rngs)) for _ in range(directions)]
        layer = nnx.Bidirectional(*cells, rngs=rngs) if directions == 2 else cells[0]
        found += flat(nnx.to_pure_dict(nnx.state(layer, nnx.Param)))
    return found


def onnx_arrays(f, n, depth, directions, bias=True):
    found = []
    for level in range(depth):
        features = n * directions if level else f
        shapes = {"X": (5, 2, features), "W": (directions, 4 * n, features), "R": (directions, 4 * n, n)}
        shapes |= {"B": (directions, 8 * n)} if bias else {}
        inputs = {name: np.zeros(shape, "float32") for name, shape in shapes.items()}
        direction = "bidirectional" if directions == 2 else "forward"
        onnx_run(onnxruntime, "LSTM", inputs, {"Y": 4}, hidden_size=n, direction=direction)
        found += [(name, shape) for name, shape in shapes.items() if name != "X"]
    return found


def keras_2_cudnn(*sizes):
    return keras_arrays(tf_keras.layers, cudnn_lstm.CuDNNLSTM, *sizes)


ARRAYS = {  # of layers upon layers, with biases and, where a system has that, without
    "keras-3": {
        bias: lambda *sizes, bias=bias: keras_arrays(keras.layers, keras.layers.LSTM, *sizes, use_bias=bias)
        for bias in (True, False)
    },
    "keras-2": {True: keras_2_cudnn},
    "pytorch": {bias: lambda *sizes, bias=bias: pytorch_arrays(*sizes, bias=bias) for bias in (True, False)},
    "flax-linen": {True: linen_arrays},
    "flax-nnx": {True: nnx_arrays},
    "onnx-runtime": {bias: lambda *sizes, bias=bias: onnx_arrays(*sizes, bias=bias) for bias in (True, False)},
}


def itemised(arrays):
    """Return the arrays with their shapes, "kernel 3x16, bias 16", by sizes, layers, directions and bias."""
    return {
        f"F={f},N={n},L={depth},D={directions},bias={bias}": ", ".join(
            f"{name} {'x'.join(map(str, shape))}" for name, shape in run(f, n, depth, directions)
        )
        for bias, run in arrays.items()
        for (f, n), depth, directions in product(SIZES, LAYERS, DIRECTIONS)
    }


RAN = {
    "keras-3": ["keras", "tensorflow"],
    "keras-2": ["tensorflow", "tf_keras"],
    "pytorch": ["torch"],
    "flax-linen": ["jax", "flax"],
    "flax-nnx": ["jax", "flax"],
    "onnx-runtime": ["onnx", "onnxruntime"],
}

facts = {
    system: {"ran": RAN[system]}
    | {name: {f"F={f},N={n}": count(f, n) for f, n in GRID} for name, count in counts.items()}
    for system, counts in COUNTS.items()
}
facts["pytorch"]["LSTM-projected"] = {
    f"F={f},N={n},P={p}": pytorch(f, n, proj_size=p) for f, n, p in [(3, 4, 2), (1, 4, 3), (50, 64, 10)]
}
for system, arrays in ARRAYS.items():
    facts[system]["CuDNNLSTM-arrays" if system == "keras-2" else "arrays"] = itemised(arrays)
emit(facts)
