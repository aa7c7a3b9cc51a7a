"""How long a value lives in c for three biases of the forget gate, when nothing else touches it."""

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, number, wire
from lstm_ref import LSTM
from lstm_ref.types import Array

TITLE = "How long does a value live in c, and why does the forget bias start at 1?"
ALT = (
    "Three rows of bars over one time axis: the cell state c of one unit that starts at one and into which nothing is "
    "written. The rows differ in the bias of the forget gate only: 0, 1 and 2. At every timestep c is multiplied by the "
    "same forget gate, so it falls in all rows: fastest with bias 0, where it halves at every step, slower with bias 1, "
    "from which Keras starts, and slowest with bias 2."
)
CAPTION = (
    "The forget gate multiplies c at every timestep; here its bias alone sets it: all other weights are 0. With "
    "bias 0 half of a value is gone after one step. With bias 1 it lives longer, and that is where Keras starts "
    "(`unit_forget_bias=True`)."
)

STEPS = 10
BIASES = {0: "unit_forget_bias=False", 1: "unit_forget_bias=True: Keras starts here", 2: ""}
LEFT, TOP, COLUMN, SCALE, ROW = 42, 58, 34, 64, 122


def one_unit(bias: int) -> tuple[float, Array]:
    """Run a unit whose only weight is the forget gate's bias, from c = 1; return f, and c at t = 0 to 10."""
    layer = LSTM(1)
    layer.set_weights([np.zeros((1, 4)), np.zeros((1, 4)), np.array([0.0, bias, 0.0, 0.0])])
    h, c = np.zeros((1, 1)), np.ones((1, 1))
    trace = layer.trace(np.zeros((1, STEPS, 1)), initial_state=[h, c])
    return float(trace.f[0, 0, 0]), np.concatenate([c[0], trace.c[0, :, 0]])


def draw() -> Figure:
    right = LEFT + (STEPS + 1) * COLUMN
    figure, axes = canvas(right + 8, TOP + len(BIASES) * ROW - 6)
    label(axes, 8, 14, "c starts at 1, and nothing is written: c = f · previous c", align="left")
    label(axes, 8, 38, "t =", role="muted", align="left")
    for t in range(STEPS + 1):
        label(axes, LEFT + (t + 0.5) * COLUMN, 38, str(t), role="muted")
    for row, (bias, setting) in enumerate(BIASES.items()):
        top = TOP + row * ROW
        f, c = one_unit(bias)
        label(axes, 8, top + 9, f"forget bias {bias}", role="gate-f", align="left", bold=True, gid=f"bias-{bias}")
        label(axes, 118, top + 9, f"f = {number(f)}", role="gate-f", align="left", gid=f"f-bias-{bias}")
        half_life = f"c halves in {number(math.log(0.5) / math.log(f), 1)} steps"
        label(axes, right, top + 9, half_life, role="cell", align="right", bold=True, gid=f"half-life-bias-{bias}")
        label(axes, right, top + 25, setting, role="muted", size=SMALL, align="right")
        bars(axes, top + 26 + SCALE, c, bias)
    return figure


def bars(axes: Axes, ground: float, values: Array, bias: int) -> None:
    end, half = LEFT + len(values) * COLUMN, ground - SCALE / 2
    wire(axes, [(LEFT, ground), (end, ground)], role="line", width=1, arrow=False)
    label(axes, 8, half, "half", role="muted", size=SMALL, align="left")
    label(axes, 8, ground + 10, "c =", role="cell", align="left")
    for t, value in enumerate(values):
        left, height = LEFT + t * COLUMN + 2, SCALE * value
        top, gid = ground - height, f"t{t}-bias-{bias}"
        box(axes, left, top, COLUMN - 4, height, fill="cell-soft", edge=None, radius=0, gid=f"bar-{gid}")
        wire(axes, [(left, top), (left + COLUMN - 4, top)], role="cell", width=2, arrow=False)
        label(axes, left + COLUMN / 2 - 2, ground + 10, number(value), size=SMALL, gid=f"c-{gid}")
    wire(axes, [(LEFT, half), (end, half)], width=1, arrow=False, dashed=True)
