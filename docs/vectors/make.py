"""Write lstm-vectors.json, beside this file: python make.py."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from lstm_ref import LSTM
from lstm_ref.examples import worked_input, worked_layer

FILE = Path(__file__).with_name("lstm-vectors.json")
TOLERANCE = {"float64": 1e-12, "float32": 1e-6}
DECIMALS = {"float64": 15, "float32": 9}
FLOAT64_ONLY = {
    "mask-left",
    "mask-right",
    "go-backwards-mask",
    "hard-sigmoid-keras2",
    "relu",
    "relu-initial-state",
    "mask-all",
    "wide",
    "stateless",
}
NAMES = ("kernel", "recurrent_kernel", "bias")
BATCH, TIMESTEPS, FEATURES, UNITS = 2, 4, 5, 3
SETTINGS = {
    "use_bias": True,
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "go_backwards": False,
    "stateful": False,
}
HEAD = {
    "about": "Weights, inputs and what an LSTM layer makes of them, for anyone who writes one. The names are those of Keras.",
    "version": 1,
    "licence": "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/",
    "conventions": {
        "equations": [
            "z = x kernel + h recurrent_kernel + bias, h of the step before",
            "i, f, o = recurrent_activation of the blocks i, f, o of z; g = activation of the block g",
            "c = f c + i g, element by element, on the right the c of the step before",
            "h = o activation(c)",
        ],
        "columns": "blocks i | f | g | o: unit j, from 0, has the columns j, units + j, 2 units + j and 3 units + j",
        "states": "h before c; zeros before the first step of the first call where there is no initial_state",
        "shapes": {
            "kernel": "(features, 4 units)",
            "recurrent_kernel": "(units, 4 units)",
            "bias": "(4 units); not there without use_bias",
            "initial_state": "h and c, each (batch, units)",
            "x": "(batch, timesteps, features)",
            "mask": "(batch, timesteps); not there if every step counts",
            "steps": "i f g o c h, each (batch, timesteps, units)",
            "expected": "y_sequence (batch, timesteps, units); y_last, h and c, each (batch, units)",
        },
        "activations": {
            "tanh": "tanh(z)",
            "sigmoid": "1 / (1 + exp(-z))",
            "relu": "max(z, 0)",
            "hard_sigmoid": "min(max(z / 6 + 1 / 2, 0), 1): what Keras 3 calls hard_sigmoid",
            "hard_sigmoid_keras2": "min(max(z / 5 + 1 / 2, 0), 1): what Keras 1 and 2 called hard_sigmoid",
        },
        "calls": "one after the other; with stateful a call goes on from the h and c with which the call before ended, "
        "without it each call starts as the first does; x, mask and initial_state are the same after a call as before",
        "mask": "in the order of x; where it is false, h and c stay as they are, and what was put out before is put out "
        "again, zeros if nothing was",
        "go_backwards": "x and mask are read from the last timestep to the first; steps and y_sequence are in the order "
        "of reading, y_last is the last read",
        "expected": "y_sequence is put out with return_sequences, y_last without; h and c are the states after the call",
        "steps": "for finding the first number that is wrong; i f g o of a masked step are those that it would have used",
        "numbers": "x, weights and initial_state are exact in float32, so an LSTM in float32 can run every case, with the "
        "tolerance of float32; the other numbers are rounded, to 15 decimals, those of float32 to 9",
        "tolerance": {**TOLERANCE, "means": "the largest absolute difference that is right; a NaN is never right"},
    },
}


def eighths(seed: int, *shape: int, most: int = 6) -> np.ndarray:
    """Return whole eighths, no random generator between: they are the same with every version of NumPy."""
    values = []
    for _ in range(int(np.prod(shape))):
        seed = seed * 48271 % (2**31 - 1)
        values.append((seed >> 8) % (2 * most + 1) - most)
    return np.array(values).reshape(shape) / 8


X = eighths(1, BATCH, TIMESTEPS, FEATURES, most=12)
KERNEL, RECURRENT_KERNEL = eighths(2, FEATURES, 4 * UNITS), eighths(3, UNITS, 4 * UNITS, most=8)
BIAS = eighths(4, 4 * UNITS)
WEIGHTS = [KERNEL, RECURRENT_KERNEL, BIAS]
STATE = [eighths(5, BATCH, UNITS), eighths(6, BATCH, UNITS, most=10)]


def named(names: Sequence[str], arrays: Sequence[np.ndarray]) -> dict[str, Any]:
    return {name: array.tolist() for name, array in zip(names, arrays, strict=True)}


def mask(*rows: str) -> np.ndarray:
    return np.array([[letter == "x" for letter in row] for row in rows])


def problems() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield name, question and what differs from a call of a layer with WEIGHTS on X."""
    one = [np.array(row) for row in ([[1, 0.5, -1.5, 0.75]], [[0.5, -0.25, 1, -0.5]], [0.25, 1, 0.5, -0.125])]
    yield (
        "one-unit",
        "Are the six equations right? One unit, one feature, three steps: small enough for pencil and paper.",
        {"x": np.array([[[1], [-0.5], [2]]]), "weights": one},
    )
    yield (
        "four-units",
        "Are the gates in the order i f g o, are the kernels not transposed, does each unit hear the others?",
        {"x": worked_input(), "weights": worked_layer().get_weights()},
    )
    yield "no-bias", "Does the layer do without a bias?", {"weights": WEIGHTS[:2], "use_bias": False}
    yield "initial-state", "Is h handed over before c, and used at the first step?", {"initial_state": STATE}
    yield "mask-left", "Does padding in front leave both states at zero?", {"mask": mask("--xx", "-xxx")}
    yield "mask-right", "Does padding behind keep both states, and repeat the output?", {"mask": mask("xx--", "xxx-")}
    yield "mask-holes", "Do the states outlast a masked step between two that count?", {"mask": mask("x-xx", "x--x")}
    yield (
        "go-backwards",
        "Is the last timestep read first, and is the output left in that order?",
        {"go_backwards": True},
    )
    yield (
        "go-backwards-mask",
        "Is the mask turned round together with x?",
        {"go_backwards": True, "mask": mask("xxx-", "x-xx")},
    )
    yield "hard-sigmoid", "Is it the hard sigmoid of Keras 3?", {"x": 2 * X, "recurrent_activation": "hard_sigmoid"}
    yield (
        "hard-sigmoid-keras2",
        "Is it that of Keras 1 and 2?",
        {"x": 2 * X, "recurrent_activation": "hard_sigmoid_keras2"},
    )
    yield "relu", "Does `activation` replace both tanh, that of g and that of c?", {"activation": "relu"}
    yield "stateful", "Does a call go on from both states of the call before?", {"stateful": True, "cuts": [1, 3]}
    yield (
        "large-z",
        "Do sigmoid and tanh stay finite where exp does not, at z of some thousands either way?",
        {"weights": [1024 * KERNEL, RECURRENT_KERNEL, BIAS]},
    )
    yield (
        "relu-initial-state",
        "Is h zero where relu gets a c below zero?",
        {"activation": "relu", "initial_state": STATE},
    )
    yield "mask-all", "Is a sequence in which no step counts all zeros?", {"mask": mask("----", "-x-x")}
    yield (
        "together",
        "Do an initial state, go_backwards, a mask in each call and a second call go together?",
        {
            "x": eighths(7, BATCH, 2 * 3, FEATURES, most=12),
            "initial_state": STATE,
            "go_backwards": True,
            "mask": mask("-xxx-x", "x-x-xx"),
            "stateful": True,
            "cuts": [3],
        },
    )
    yield (
        "stateless",
        "Does a second call start from zeros again, where stateful is off?",
        {"cuts": [2]},
    )
    yield (
        "wide",
        "Is it right for sizes that no 4, 8 or 16 divides: a batch of 3, 19 features, 17 units?",
        {
            "x": eighths(8, 3, 3, 19),
            "weights": [eighths(9, 19, 4 * 17, most=3), eighths(10, 17, 4 * 17, most=3), eighths(11, 4 * 17)],
        },
    )


def case(
    name: str,
    question: str,
    dtype: str,
    *,
    x: np.ndarray = X,
    weights: Sequence[np.ndarray] = WEIGHTS,
    initial_state: Sequence[np.ndarray] | None = None,
    mask: np.ndarray | None = None,
    cuts: Sequence[int] = (),
    **settings: Any,
) -> dict[str, Any]:
    """Run the layer in float64, in pieces cut at these timesteps, and write down all numbers as the dtype holds them."""

    def rounded(array: np.ndarray) -> list[Any]:
        return (array.astype(dtype).astype(float).round(DECIMALS[dtype]) + 0.0).tolist()  # + 0.0 turns -0.0 into 0.0

    settings = SETTINGS | settings
    layer = LSTM(len(weights[1]), return_sequences=True, return_state=True, **settings)
    layer.set_weights(weights)
    calls, start = [], initial_state
    for part in np.split(np.arange(x.shape[1]), cuts):
        masked = None if mask is None else mask[:, part]
        trace = layer.trace(x[:, part], masked, start)
        y, h, c = layer(x[:, part], masked, start)
        calls.append(
            {
                "timesteps": len(part),
                "x": x[:, part].tolist(),
                **({} if masked is None else {"mask": masked.tolist()}),
                "steps": {name: rounded(array) for name, array in trace._asdict().items()},
                "expected": {"y_sequence": rounded(y), "y_last": rounded(y[:, -1]), "h": rounded(h), "c": rounded(c)},
            }
        )
        start = None
    return {
        "name": f"{name}-{dtype}",
        "question": question,
        "dtype": dtype,
        "tolerance": TOLERANCE[dtype],
        "settings": {"units": layer.units, "features": x.shape[2], "batch": len(x), **settings},
        "weights": named(NAMES[: len(weights)], weights),
        **({} if initial_state is None else {"initial_state": named("hc", initial_state)}),
        "calls": calls,
    }


def vectors() -> dict[str, Any]:
    cases = [
        case(name, question, dtype, **given)
        for dtype in TOLERANCE
        for name, question, given in problems()
        if dtype == "float64" or name not in FLOAT64_ONLY
    ]
    before = json.loads(FILE.read_text(encoding="utf-8"))["cases"] if FILE.exists() else []
    published = {case["name"]: case for case in before}
    return HEAD | {"cases": [published.get(case["name"], case) for case in cases]}  # a published case never changes


def as_text(value: Any, depth: int = 0) -> str:
    """Write JSON with one line for whatever fits on it, and for each list of numbers."""
    line = json.dumps(value, allow_nan=False)
    if len(line) + depth <= 110 or isinstance(value, str) or line.rfind("[") == 0:
        return line
    items = value.items() if isinstance(value, dict) else ((None, part) for part in value)
    parts = [("" if key is None else f'"{key}": ') + as_text(part, depth + 1) for key, part in items]
    space = "\n" + " " * depth
    return f"{line[0]}{space} {f',{space} '.join(parts)}{space}{line[-1]}"


if __name__ == "__main__":
    FILE.write_text(as_text(vectors()) + "\n", encoding="utf-8")
    print(f"{FILE}: written")
