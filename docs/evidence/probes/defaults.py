"""What an LSTM is when nothing is said: hard_sigmoid by version, default arguments, initial weights and biases."""

import inspect
import math

import flax.linen
import jax
import keras
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import tf_keras
import torch
from common import FLOAT32, difference, emit, onnx_run
from flax import nnx
from tf_keras.src.layers.rnn import cudnn_lstm, legacy_cells, lstm_v1

from lstm_ref import layouts
from lstm_ref.examples import worked_input, worked_layer

BACKENDS = ()

PACKAGES = {"keras-3": keras, "keras-2": tf_keras}
KERAS_3, KERAS_2 = ["keras", "tensorflow"], ["tensorflow", "tf_keras"]
RAN = {"keras-3": KERAS_3, "keras-2": KERAS_2}
RAN |= {"pytorch": ["torch"], "jax": ["jax"], "onnx-default": ["onnx", "onnxruntime"]}
CLASSES = {name: package.layers.LSTM for name, package in PACKAGES.items()}
GRID = np.arange(-4, 4.5, 0.5, dtype="float32")
SEEDS = range(5)
LIMIT = {"features": 50, "units": 100}


def hard_sigmoid():
    (onnx_default,) = onnx_run(onnxruntime, "HardSigmoid", {"x": GRID}, {"y": 1})
    values = {
        "keras-3": keras.ops.convert_to_numpy(keras.activations.hard_sigmoid(GRID)),
        "keras-2": tf_keras.activations.hard_sigmoid(tf.constant(GRID)).numpy(),
        "pytorch": torch.nn.functional.hardsigmoid(torch.from_numpy(GRID)).numpy(),
        "jax": np.asarray(jax.nn.hard_sigmoid(GRID)),
        "onnx-default": onnx_default,
    }
    attributes = onnx.defs.get_schema("HardSigmoid").attributes
    return {
        "tolerance": FLOAT32,
        "x": GRID.tolist(),
        **{
            name: {
                "ran": RAN[name],
                "at-1": round(float(y[GRID == 1][0]), 6),
                "reaches-1-at": float(GRID[y > 1 - FLOAT32].min()),
                "like-keras-3": difference(y, values["keras-3"]) <= FLOAT32,
                "like-keras-2": difference(y, values["keras-2"]) <= FLOAT32,
                "values": y.astype("float64").round(6).tolist(),
            }
            for name, y in values.items()
        },
        "largest-difference": difference(values["keras-3"], values["keras-2"]),
        "onnx-schema": {"ran": ["onnx"]}
        | {name: round(attributes[name].default_value.f, 6) for name in ("alpha", "beta")},
    }


def worked_example(create, recurrent_activation):
    x, weights = worked_input().astype("float32"), worked_layer().get_weights()
    layer = create(len(weights[1]), recurrent_activation=recurrent_activation)
    layer.build(x.shape)
    layer.set_weights(weights)
    return np.asarray(layer(x))


def onnx_example():
    """Run the worked example in an LSTM node that asks for HardSigmoid and gives no alpha."""
    x, weights = worked_input().astype("float32"), worked_layer().get_weights()
    arrays = [array.astype("float32") for array in layouts.to_onnx(*weights)]
    inputs = {"X": x.swapaxes(0, 1)} | dict(zip("WRB", arrays, strict=True))
    activations = ["HardSigmoid", "Tanh", "Tanh"]
    _, h = onnx_run(
        onnxruntime, "LSTM", inputs, {"Y": 4, "Y_h": 3}, hidden_size=len(weights[1]), activations=activations
    )
    return h[0]


def equal_weights():
    """Keras 3 against Keras 2 on the worked example, and ONNX's default against both."""
    facts = {
        "ran": ["keras", "tensorflow", "tf_keras"],
        "tolerance": FLOAT32,
        "example": "lstm_ref.examples: worked_input and the weights of worked_layer, the output",
    }
    for name in ("sigmoid", "hard_sigmoid"):
        facts[name] = difference(*(worked_example(create, name) for create in CLASSES.values()))
    y = onnx_example()
    against = {name: difference(y, worked_example(create, "hard_sigmoid")) for name, create in CLASSES.items()}
    return facts | {"onnx-default-against": {"ran": [*facts["ran"], "onnx", "onnxruntime"], **against}}


def arguments(create):
    parameters = inspect.signature(create).parameters.values()
    made = create(2)
    return {p.name: p.default for p in parameters if p.default is not p.empty} | {
        "implementation-of-a-fresh-layer": made.cell.implementation,
        "recurrent-activation-of-a-fresh-layer": made.get_config()["recurrent_activation"],
    }


def fresh(create, shape, units, **options):
    layer = create(units, **options)
    layer.build((None, *shape))
    return layer.get_weights()


def from_identity(matrix):
    return difference(matrix @ matrix.T, np.eye(len(matrix)))


def initial_weights(package):
    """What holds for every seed: the extremes over all of them."""
    features, units = LIMIT.values()
    limits = {"fused": math.sqrt(6 / (features + 4 * units)), "per-gate": math.sqrt(6 / (features + units))}
    kernels, recurrent = [], []
    for seed in SEEDS:
        package.utils.set_random_seed(seed)
        kernel, recurrent_kernel, _ = fresh(package.layers.LSTM, (None, features), units)
        kernels.append(kernel)
        recurrent.append(recurrent_kernel.astype("float64"))
    largest = float(np.abs(kernels).max())
    blocks = [from_identity(block) for matrix in recurrent for block in np.split(matrix, 4, axis=1)]
    return {
        **LIMIT,
        "seeds": len(SEEDS),
        "tolerance": 1e-3,
        "limit-sqrt-6-over-f-plus-4n": limits["fused"],
        "limit-sqrt-6-over-f-plus-n": limits["per-gate"],
        "largest-in-kernel": largest,
        "kernel-within-fused-limit": largest <= limits["fused"] * (1 + FLOAT32),
        "recurrent-kernel-is-orthogonal": max(map(from_identity, recurrent)) < 1e-5,
        "a-block-is-orthogonal": min(blocks) < 1e-5,
        "fused": {"tolerance": 1e-5, "u-times-u-transposed-from-1": max(map(from_identity, recurrent))},
        "blocks": {"tolerance": 0.05, "nearest-u-times-u-transposed-from-1": min(blocks)},
    }


def initial_bias(package):
    initializers = {"zeros": "zeros", "ones": "ones", "one-half": package.initializers.Constant(0.5)}
    return {
        f"unit_forget_bias={forget}": {
            f"bias_initializer={name}": fresh(
                package.layers.LSTM, (None, 3), 2, bias_initializer=initializer, unit_forget_bias=forget
            )[2].tolist()
            for name, initializer in initializers.items()
        }
        for forget in (True, False)
    }


def torch_forget_bias():
    units, summed, largest = LIMIT["units"], [], []
    for seed in SEEDS:
        torch.manual_seed(seed)
        layer = torch.nn.LSTM(*LIMIT.values())
        biases = [layer.bias_ih_l0, layer.bias_hh_l0]
        summed.append(sum(bias.detach()[units : 2 * units].numpy() for bias in biases))
        largest += [float(weights.detach().abs().max()) for weights in layer.parameters()]
    limit = 1 / math.sqrt(units)
    return {
        "ran": ["torch"],
        **LIMIT,
        "seeds": len(SEEDS),
        "limit-1-over-sqrt-n": limit,
        "all-weights-and-biases-within-limit": max(largest) <= limit * (1 + FLOAT32),
        "largest-weight-or-bias": {"tolerance": 1e-3, "value": max(largest)},
        "forget-bias-ih-plus-hh": {
            "tolerance": 0.02,
            "mean": float(np.mean(summed)),
            "smallest": float(np.min(summed)),
            "largest": float(np.max(summed)),
        },
    }


def flax_bias():
    carry, x = (np.zeros((1, 2), "float32"),) * 2, np.zeros((1, 3), "float32")
    params = flax.linen.LSTMCell(2).init(jax.random.key(0), carry, x)["params"]
    cell = nnx.OptimizedLSTMCell(3, 2, rngs=nnx.Rngs(0))
    return {
        "ran": ["jax", "flax"],
        "linen-LSTMCell-hf": np.asarray(params["hf"]["bias"]).tolist(),
        "nnx-OptimizedLSTMCell-dense_h": np.asarray(cell.dense_h.bias[...]).tolist(),
    }


def tf1_cell():
    cell = legacy_cells.BasicLSTMCell(2)
    cell.build((None, 3))
    default = inspect.signature(legacy_cells.BasicLSTMCell).parameters["forget_bias"].default
    return {"ran": KERAS_2, "forget_bias": default, "bias-of-a-fresh-cell": cell.get_weights()[1].tolist()}


emit(
    {
        "hard-sigmoid": hard_sigmoid(),
        "keras-3-against-keras-2": equal_weights(),
        "arguments": {
            "keras-3": {"ran": KERAS_3, **arguments(CLASSES["keras-3"])},
            "keras-2": {
                "ran": KERAS_2,
                "version-1": arguments(lstm_v1.LSTM),
                "version-2": arguments(CLASSES["keras-2"]),
            },
        },
        "initial-weights": {name: {"ran": RAN[name], **initial_weights(package)} for name, package in PACKAGES.items()},
        "initial-bias": {
            **{name: {"ran": RAN[name], **initial_bias(package)} for name, package in PACKAGES.items()},
            "keras-2-CuDNNLSTM": {"ran": KERAS_2, "bias": fresh(cudnn_lstm.CuDNNLSTM, (None, 3), 2)[2].tolist()},
            "tf1-BasicLSTMCell": tf1_cell(),
        },
        "initial-bias-elsewhere": {"pytorch": torch_forget_bias(), "flax": flax_bias()},
    }
)
