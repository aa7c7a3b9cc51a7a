"""Run keras.layers.LSTM in float32 and write down what it returned; by hand, when Keras changes:

    pip install keras==3.15.1 tensorflow-cpu==2.21.0 tf_keras==2.21.0 "h5py<3.15"
    KERAS_BACKEND=tensorflow python tests/golden/record_keras.py [FILE, or keras_lstm.json]

A case is the arguments of the layer (a float as initializer is a constant) and its calls in order:
steps of the input x (start, stop), mask and initial_state [h, c], and the arrays that came back.
"""

import inspect
import json
import re
import sys
from datetime import date
from importlib.metadata import version
from itertools import product
from pathlib import Path

import keras
import numpy as np
import tf_keras


def build(shape, args):
    constants = {k: keras.initializers.Constant(v) for k, v in args.items() if type(v) is float}
    layer = keras.layers.LSTM(**args | constants)
    layer.build(shape)
    return layer


def group(x, common, cases, **weights):
    recorded = {}
    for name, (changed, *calls) in cases.items():
        layer, done = build(x.shape, common | changed), []
        if weights:
            layer.set_weights(list(weights.values())[: len(layer.get_weights())])
        for call in calls or [{}]:
            call = {"steps": [0, x.shape[1]], "mask": None, "initial_state": None} | call
            steps, mask, state = call.values()
            y = layer(x[:, slice(*steps)], mask=mask and np.array(mask), initial_state=state)
            returned = [keras.ops.convert_to_numpy(array) for array in keras.tree.flatten(y)]
            done.append(call | {"returned": returned})
        recorded[name] = {"arguments": common | changed, "calls": done}
    return {"x": x, **weights, "cases": recorded}


def masked(*rows):
    return {"mask": [[step == "1" for step in row] for row in rows]}


def constant():
    x = np.arange(72, dtype="float32").reshape(3, 6, 4)
    common = {"units": 3, "kernel_initializer": 0.01, "recurrent_initializer": 0.02}
    common |= {"bias_initializer": 0.03, "unit_forget_bias": False}
    both = {"return_sequences": True, "return_state": True}
    right, holes = masked("111100", "111100", "111100"), masked("011011", "110010", "001001")
    flags = ("unit_forget_bias", "return_sequences", "return_state", "go_backwards")
    cases = {"plain": [{}]} | {flag: [{flag: True}] for flag in flags}
    cases |= {"stateful": [{"stateful": True}, {}, {}], "mask_right": [{}, right]}
    cases |= {"mask_right_all": [both, right], "mask_holes": [both, holes]}
    return group(x, common, cases)


def counted():  # weights that tell the gates, and the units, apart
    kernel = np.float32(0.5 * np.sin(1 + np.arange(48))).reshape(3, 16)
    recurrent_kernel = np.float32(0.5 * np.cos(1 + np.arange(64))).reshape(4, 16)
    bias = np.float32(np.sin(0.5 * np.arange(16)))
    x = np.float32(2 * np.cos(0.7 * np.arange(30))).reshape(2, 5, 3)
    h, c = np.float32(0.2 * np.arange(8) - 0.7), np.float32(1.5 - 0.3 * np.arange(8))
    state = {"initial_state": [h.reshape(2, 4), c.reshape(2, 4)]}
    holes = masked("00101", "10110")
    cases = {
        "plain": [{}],
        "initial_state": [{}, state],
        "go_backwards": [{"go_backwards": True}],
        "no_bias": [{"use_bias": False}],
        "hard_sigmoid": [{"recurrent_activation": "hard_sigmoid"}],
        "stateful": [{"stateful": True}, {"steps": [0, 3]}, {"steps": [3, 5]}],
        "mask": [{}, holes],
        "mask_initial_state": [{}, holes | state],
        "mask_go_backwards": [{"go_backwards": True}, holes],
        "mask_empty_row": [{"return_sequences": False}, masked("00000", "10110") | state],
        "mask_stateful": [{"stateful": True}, holes, holes],
    }
    common = {"units": 4, "return_sequences": True, "return_state": True}
    return group(x, common, cases, kernel=kernel, recurrent_kernel=recurrent_kernel, bias=bias)


def initializers():
    keras.utils.set_random_seed(0)
    kernel, recurrent_kernel, _ = build((2, 5, 5), {"units": 16}).get_weights()
    default = {"features": 5, "units": 16, "max |kernel|": np.abs(kernel).max()}
    default["sqrt(6 / (F + 4N))"] = np.sqrt(np.float32(6 / (5 + 4 * 16)))
    default["max |U U^T - 1|"] = np.abs(recurrent_kernel @ recurrent_kernel.T - np.eye(16, dtype="float32")).max()
    bias, count = [], []
    for initializer, forget in product(("zeros", "ones", 0.03), (True, False)):
        args = {"units": 2, "bias_initializer": initializer, "unit_forget_bias": forget}
        bias.append([args, build((2, 5, 3), args).get_weights()[2]])
    for f, n, b in product((1, 3, 50), (1, 4, 100), (True, False)):
        count.append([f, n, b, build((2, 5, f), {"units": n, "use_bias": b}).count_params()])
    return {"default": default, "arguments, bias": bias, "F, N, use_bias, count_params": count}


def activations():
    x = np.float32([-1000, *np.arange(-4, 4.5, 0.5), 1000])
    values = {"x": x}
    for name in ("hard_sigmoid", "sigmoid", "tanh", "relu"):
        values[name] = keras.ops.convert_to_numpy(keras.activations.get(name)(keras.ops.array(x)))
    old = tf_keras.activations.hard_sigmoid(tf_keras.backend.constant(x)).numpy()
    return values | {"hard_sigmoid of tf_keras": old}


def signatures():
    def defaults(function):
        parameters = inspect.signature(function).parameters.values()
        return {
            p.name: "(required)" if p.default is p.empty else p.default for p in parameters if p.kind != p.VAR_KEYWORD
        }

    call = defaults(keras.layers.LSTM.call)
    return {"LSTM": defaults(keras.layers.LSTM), "call": {name: call[name] for name in call if name != "self"}}


backend = keras.backend.backend()
stamp = {"date": str(date.today()), "python": sys.version.split()[0], "backend": backend}
stamp |= {package: version(package) for package in ("keras", backend, "tf_keras", "numpy")}
record = {"recorded": stamp, "constant": constant(), "counted": counted()}
record |= {"initializers": initializers(), "activations": activations(), "signatures": signatures()}
text = json.dumps(record, indent=1, default=lambda v: list(v) if v.ndim else float(f"{v:.9g}"))
text = re.sub(r"[{\[][^][{}]*[\]}]", lambda row: " ".join(row[0].split()), text)
Path(*sys.argv[1:] or [Path(__file__).with_name("keras_lstm.json")]).write_text(text + "\n")
