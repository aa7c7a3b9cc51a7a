"""lstm_ref.LSTM on the LSTM cases that the onnx package makes for those who implement the operator: max |difference|."""

import numpy as np
from common import FLOAT32, difference, emit
from onnx.backend.test.case.node import collect_testcases
from onnx.helper import get_attribute_value

from lstm_ref import LSTM, layouts

BACKENDS = ()
PEEPHOLES = {"out-of-scope": "the case has peephole weights P, which keras.layers.LSTM does not have, nor lstm_ref"}


def ours(inputs, attributes):
    """Run one layer per direction, and put Y, Y_h and Y_c together as the operator does."""
    weights, units = [inputs[name] for name in "WRB" if name in inputs], inputs["R"].shape[2]
    if "B" not in inputs:
        weights.append(np.zeros((len(inputs["R"]), 8 * units), inputs["R"].dtype))
    batch_first = attributes.get("layout") == 1
    x = inputs["X"] if batch_first else inputs["X"].swapaxes(0, 1)
    backwards = {"forward": [False], "reverse": [True], "bidirectional": [False, True]}[
        attributes.get("direction", "forward")
    ]
    directions = []
    for d, go_backwards in enumerate(backwards):
        layer = LSTM(units, go_backwards=go_backwards, return_sequences=True, return_state=True)
        layer.set_weights(layouts.from_onnx(*(array[d : d + 1] for array in weights)))
        y, h, c = layer(x)
        directions.append((y[:, ::-1] if go_backwards else y, h, c))
    y, h, c = (np.stack(arrays, axis=-2) for arrays in zip(*directions, strict=True))
    if not batch_first:
        y, h, c = y.transpose(1, 2, 0, 3), h.swapaxes(0, 1), c.swapaxes(0, 1)
    return {"Y": y, "Y_h": h, "Y_c": c}


def measure(case):
    (node,) = case.model.graph.node
    ((given, expected),) = case.data_sets
    inputs = dict(zip((name for name in node.input if name), given, strict=True))
    outputs = dict(zip((name for name in node.output if name), expected, strict=True))
    values = {attribute.name: get_attribute_value(attribute) for attribute in node.attribute}
    attributes = {name: value.decode() if isinstance(value, bytes) else value for name, value in values.items()}
    fact = {"inputs": list(inputs), "attributes": attributes}
    if "P" in inputs:
        return fact | PEEPHOLES
    if unknown := set(inputs) - {"X", "W", "R", "B"} | set(attributes) - {"hidden_size", "direction", "layout"}:
        raise ValueError(f"{case.name} has {unknown}, which is not run here")
    results = ours(inputs, attributes)
    differences = {name: difference(results[name], array) for name, array in outputs.items()}
    return fact | {"difference": differences, "within-bar": max(differences.values()) <= FLOAT32}


cases = [case for case in collect_testcases("LSTM") if case.kind == "node"]
emit({"ran": ["onnx"], "tolerance": FLOAT32, "bar": FLOAT32, "cases": {case.name: measure(case) for case in cases}})
