"""An LSTM written without arrays, one number at a time: what lstm_ref and the figures are held against."""

import math
from collections.abc import Sequence
from typing import Any


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def scalar_lstm(
    x: Any, kernel: Any, recurrent_kernel: Any, bias: Any, h: Sequence[float] = (), c: Sequence[float] = ()
) -> dict[str, list[list[float]]]:
    """Run one sample x[t][feature]; return i f g o c h, each [t][unit]."""
    units = len(recurrent_kernel)
    h, c = list(h) or [0.0] * units, list(c) or [0.0] * units
    history: dict[str, list[list[float]]] = {name: [] for name in "ifgoch"}
    for x_t in x:
        before_h, before_c = h, c
        now: dict[str, list[float]] = {name: [] for name in "ifgoch"}
        for j in range(units):
            for block, name in enumerate("ifgo"):
                column = block * units + j
                z = float(bias[column])
                z += sum(float(x_t[k]) * float(kernel[k][column]) for k in range(len(x_t)))
                z += sum(before_h[k] * float(recurrent_kernel[k][column]) for k in range(units))
                now[name].append(math.tanh(z) if name == "g" else sigmoid(z))
            now["c"].append(now["f"][j] * before_c[j] + now["i"][j] * now["g"][j])
            now["h"].append(now["o"][j] * math.tanh(now["c"][j]))
        h, c = now["h"], now["c"]
        for name, values in now.items():
            history[name].append(values)
    return history
