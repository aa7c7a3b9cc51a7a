"""The three functions that have been a gate's activation in Keras, and in which version."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, number, wire
from lstm_ref.activations import hard_sigmoid, hard_sigmoid_keras2, sigmoid

TITLE = "Which hard_sigmoid does my version of Keras have, and does it matter?"
ALT = (
    "Three curves over one pair of axes, all through one half at zero. The sigmoid is smooth. The other two are straight "
    "lines that turn flat, and both are called hard_sigmoid: the steeper one is that of Keras 1 and 2, the flatter one, "
    "which reaches 0 and 1 further out, that of Keras 3. At x = 1 the three give different values. hard_sigmoid was "
    "the default of recurrent_activation before Keras 2.3, the sigmoid has been since."
)
CAPTION = (
    "`hard_sigmoid` is two functions under one name, so weights trained with that of Keras 1 or 2 give other gates in "
    "Keras 3. With Keras 2.3 the default of `recurrent_activation` changed from `hard_sigmoid` to `sigmoid`."
)

LEFT, TOP, ACROSS, UP = 30, 56, 48, 270  # left upper corner of the plot; how long a 1 is along x and along y
X = np.linspace(-4, 4, 65)  # in eighths, so that 1 and the ends of both slopes are among them
CURVES = {
    "sigmoid": ("ink", sigmoid(X)),
    "keras2": ("muted", hard_sigmoid_keras2(X)),
    "keras3": ("muted", hard_sigmoid(X)),
}


def at(x: float, y: float) -> tuple[float, float]:
    return LEFT + (x - float(X[0])) * ACROSS, TOP + (1 - y) * UP


def draw() -> Figure:
    right, bottom = at(4, 0)
    figure, axes = canvas(right + 10, bottom + 30)
    label(axes, 8, 13, "recurrent_activation", align="left", bold=True)
    label(axes, 166, 13, "what the gates i, f and o apply", role="muted", align="left")
    for level in (0, 0.5, 1):
        wire(axes, [at(-4, level), at(4, level)], role="line", width=1, arrow=False)
        label(axes, LEFT - 6, at(0, level)[1], f"{level:g}", "muted", SMALL, align="right", gid=f"y-{level:g}")
    for x in (0, 1):
        label(axes, at(x, 0)[0], bottom + 14, f"x = {x}", role="muted", size=SMALL)
    wire(axes, [at(1, 0), at(1, CURVES["sigmoid"][1][X == 1].item())], role="line", width=1, arrow=False)

    slope = "clip(0.2 x + 0.5, 0, 1)"
    describe(axes, "keras2", 222, 73, "right", "hard_sigmoid, Keras 1 and 2", slope, "default before Keras 2.3")
    describe(axes, "sigmoid", 222, 142, "right", "sigmoid", "default since Keras 2.3")
    describe(axes, "keras3", 278, 210, "left", "hard_sigmoid, Keras 3", "relu6(x + 3) / 6", "never the default")
    for name, (role, y) in CURVES.items():
        points, old = [at(*point) for point in zip(X, y, strict=True)], name == "keras2"
        wire(axes, points, role, 2.4 if name == "sigmoid" else 1.8, arrow=False, dashed=old, gid=f"curve-{name}")
        px, py = at(1, y[X == 1].item())
        box(axes, px - 3.5, py - 3.5, 7, 7, "paper" if old else role, role, radius=3.5, gid=f"dot-{name}")
    mark_ends(axes, "keras2", "left", "right")
    mark_ends(axes, "keras3", "right", "left")
    return figure


def describe(axes: Axes, name: str, x: float, y: float, align: str, title: str, *lines: str) -> None:
    """Write about a curve, with a line that leads to it: to the right if the text ends there, otherwise upwards."""
    role, values = CURVES[name]
    if align == "right":
        end = at(float(np.interp(1 - (y - TOP) / UP, values, X)), 0)[0], y
        wire(axes, [(x + 6, y), end], width=1, arrow=False, gid=f"leader-{name}")
    else:
        end = at(1.75, float(np.interp(1.75, X, values)))
        wire(axes, [(end[0], y - 10), end], width=1, arrow=False, gid=f"leader-{name}")
    label(axes, x, y, title, role=role, size=SMALL, align=align, bold=True)
    for line, text in enumerate((*lines, f"at x = 1: {number(values[X == 1].item())}"), start=1):
        label(axes, x, y + 15 * line, text, size=SMALL, align=align, gid=f"{name}-line-{line}")


def mark_ends(axes: Axes, name: str, low: str, high: str) -> None:
    """Write where the slope begins and where it ends."""
    role, y = CURVES[name]
    for level, end, align, offset in ((0, X[y == 0].max(), low, 14), (1, X[y == 1].min(), high, -12)):
        px, py = at(end, level)
        text = number(end, digits=0 if end == round(end) else 1)
        label(axes, px, py + offset, text, role, SMALL, align, gid=f"{name}-end-{level}")
