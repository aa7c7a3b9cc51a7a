"""One pulse in one unit over 40 steps; the widget `gate-lab` draws the same, its weights set by the reader."""

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, canvas, label, number, wire
from lstm_ref import LSTM
from lstm_ref.types import Array

TITLE = "How long does one pulse live in c, and how much of it does h show?"
ALT = (
    "Three rows over one axis of 40 timesteps. The input x is 0 but for one pulse at t = 5. At the pulse the cell state c "
    "jumps from near zero to its highest value; from then on it falls a little at every step, along a curve that flattens. "
    "At t = 40 about half of it is left. The hidden state h jumps and falls with c, and always stays below it."
)
CAPTION = (
    "The pulse enters c at t = 5, as `i * g`. After that, each step multiplies it by f, so the forget gate decides how "
    "long it lives. `h = o * tanh(c)` is what the unit exposes of c."
)

STEPS, PULSE = 40, 5
LEFT, COLUMN, BOTTOM, RIGHT = 34, 9, 338, 62
SCALES = {"x": 10, "c": 40, "h": 40}  # how high a 1 is
ZEROS = {"x": 48, "c": 172, "h": 287}
SIZE = 12  # of its text: it is the widest figure of all
TICKS = {"x": [0, 2], "c": [-1, 0, 1, 2], "h": [-1, 0, 1]}


def weights() -> dict[str, Array]:
    """Return the weights at the start: i reads the pulse, g reads it too, and no gate reads h."""
    kernel, bias = np.array([[12.0, 0.0, 2.0, 0.0]]), np.array([-6.0, 3.9, 0.02, 3.0])  # i f g o
    return {"kernel": kernel, "recurrent_kernel": np.zeros((1, 4)), "bias": bias}


def pulse() -> Array:
    x = np.zeros((STEPS, 1))
    x[PULSE - 1] = 1
    return x


def data() -> dict[str, Any]:
    """Return weights and input of the figure, and where it draws them."""
    arrays = {name: array.tolist() for name, array in (weights() | {"x": pulse()}).items()}
    return arrays | {"pulse": PULSE, "left": LEFT, "column": COLUMN, "scales": SCALES, "zeros": ZEROS}


def draw() -> Figure:
    layer = LSTM(1)
    layer.set_weights([*weights().values()])
    trace = layer.trace(pulse()[np.newaxis])
    f, o = trace.f[0, PULSE, 0], trace.o[0, PULSE, 0]
    half_life = math.log(0.5) / math.log(f)
    kept = f"f = {number(f, 4)}: half of the pulse is left after {number(half_life, 1)} steps"
    meanings = {
        "x": (f"one pulse, at t = {PULSE}", None),
        "c": (kept, "kept"),
        "h": (f"o · tanh(c), with o = {number(o)}", "shown"),
    }
    roles = {"x": "input", "c": "cell", "h": "hidden"}

    figure, axes = canvas(LEFT + STEPS * COLUMN + RIGHT, BOTTOM + 18)
    band = LEFT + (PULSE - 0.5) * COLUMN
    for name, role in roles.items():
        bottom, *_, top = (ZEROS[name] - SCALES[name] * tick for tick in TICKS[name])
        box(axes, band, top, COLUMN, bottom - top, fill="input-soft", edge=None, radius=0, gid=f"pulse-{name}")
        top -= 15
        label(axes, 8, top, name, role=role, align="left", bold=True)
        meaning, gid = meanings[name]
        label(axes, LEFT, top, meaning, role=role, size=SIZE, align="left", gid=gid)
        for tick in TICKS[name]:
            y = ZEROS[name] - SCALES[name] * tick
            wire(axes, [(LEFT, y), (LEFT + STEPS * COLUMN, y)], role="line", width=1, arrow=False)
            label(axes, LEFT - 6, y, number(tick, 0), role="muted", size=SIZE, align="right")
    height = SCALES["x"] * pulse()[PULSE - 1, 0]
    box(axes, band, ZEROS["x"] - height, COLUMN, height, fill="input", edge=None, radius=0, gid="x-bar")
    label(axes, band + COLUMN + 5, ZEROS["x"] - 10, number(1, 1), size=SIZE, align="left", gid="x-t5")
    curve(axes, "c", trace.c[0, :, 0], "cell")
    curve(axes, "h", trace.h[0, :, 0], "hidden")
    for t in (PULSE, *range(10, STEPS + 1, 10)):
        label(axes, LEFT + t * COLUMN, BOTTOM + 6, str(t), role="muted", size=SIZE)
    label(axes, 8, BOTTOM + 6, "t =", role="muted", size=SIZE, align="left")
    return figure


def curve(axes: Axes, name: str, values: Array, role: str) -> None:
    """Draw a state from its start, 0, with its last number at its end."""
    points = [(LEFT + t * COLUMN, ZEROS[name] - SCALES[name] * value) for t, value in enumerate([0, *values])]
    wire(axes, points, role=role, width=2.2, arrow=False, gid=f"{name}-line")
    x, y = points[-1]
    text = f"{name} {number(values[-1])}"
    label(axes, x + 5, y, text, role=role, size=SIZE, align="left", bold=True, gid=f"{name}-t{STEPS}")
