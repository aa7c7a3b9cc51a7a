"""An LSTM in plain Python against the test vectors: python check.py lstm-vectors.json, or the address of that file."""

import json
import sys
from math import exp, tanh
from pathlib import Path
from urllib.request import urlopen

FUNCTIONS = {
    "tanh": tanh,
    "relu": lambda z: max(z, 0),
    "sigmoid": lambda z: exp(min(z, 0)) / (1 + exp(-abs(z))),
    "hard_sigmoid": lambda z: min(max(z / 6 + 0.5, 0), 1),
    "hard_sigmoid_keras2": lambda z: min(max(z / 5 + 0.5, 0), 1),
}


def step(x, h, c, rows, activation, gate):
    z = [sum(v * w for v, w in zip([*x, *h, 1], column, strict=True)) for column in zip(*rows, strict=True)]
    units = [z[j :: len(h)] for j in range(len(h))]  # of each unit: i, f, g, o
    c = [gate(f) * before + gate(i) * activation(g) for (i, f, g, _), before in zip(units, c, strict=True)]
    return [gate(o) * activation(now) for (*_, o), now in zip(units, c, strict=True)], c


def numbers(case):  # each that is computed, with the one that is expected
    settings, weights = case["settings"], case["weights"]
    functions = FUNCTIONS[settings["activation"]], FUNCTIONS[settings["recurrent_activation"]]
    zeros = dict.fromkeys("hc", [[0] * settings["units"]] * settings["batch"])
    rows = [*weights["kernel"], *weights["recurrent_kernel"], weights.get("bias", [0] * 4 * settings["units"])]
    given = json.dumps(case)
    for b in range(settings["batch"]):
        for call in case["calls"]:
            if call is case["calls"][0] or not settings["stateful"]:
                h, c = (case.get("initial_state", zeros)[name][b] for name in "hc")
            for n, t in enumerate(range(call["timesteps"])[:: -1 if settings["go_backwards"] else 1]):
                after = step(call["x"][b][t], h, c, rows, *functions)
                h, c = after if "mask" not in call or call["mask"][b][t] else (h, c)
                yield from zip(h, call["expected"]["y_sequence"][b][n], strict=True)
            yield from zip([*h, *h, *c], [v for k in ("y_last", "h", "c") for v in call["expected"][k][b]], strict=True)
    yield float(json.dumps(case) != given), 0  # x, mask and initial_state are left as they were


if __name__ == "__main__":
    file = sys.argv[1] if len(sys.argv) == 2 else sys.exit(__doc__)
    cases = json.loads(urlopen(file).read() if "://" in file else Path(file).read_bytes())["cases"]
    wrong = {case["name"]: sum(not abs(a - b) <= case["tolerance"] for a, b in numbers(case)) for case in cases}
    print(*(f"{f'WRONG ({count} numbers)' if count else 'ok'} {name}" for name, count in wrong.items()), sep="\n")
    sys.exit(not wrong or any(wrong.values()))
