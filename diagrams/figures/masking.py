"""One layer, three times: a mask with holes, padding with a mask, and the same padding without one."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, canvas, label, number, value_box, wire
from lstm_ref.examples import UNITS, worked_input, worked_layer
from lstm_ref.types import Array

TITLE = "What does a masked timestep return, and do padding zeros need a mask?"
ALT = (
    "Three panels, each with x, the mask, and the outputs in a grid of units by timesteps. In the first, the mask has "
    "holes: the first timestep is masked and its outputs are 0; the fourth is masked and repeats the outputs of the "
    "third. In the second, x ends in two timesteps of zeros, which are masked: both repeat the outputs of the third. "
    "In the third, the same zeros have no mask: the outputs go on changing. With a mask the last output is that of the "
    "unmasked timesteps alone, without one it is another."
)
CAPTION = (
    "A masked timestep leaves h and c as they are, and by default its output repeats the previous one (0 before the first "
    "unmasked timestep, if h starts at 0), so the layer ends as it does on the other timesteps alone. Zeros without a "
    "mask are timesteps like any other: here they change both states."
)

LEFT, COLUMN, WIDTH = 87, 68, 46
TOP, PANEL, GRID, ROW, HEIGHT = 26, 198, 72, 23, 20  # GRID: from the top of a panel to its first row of outputs


def draw() -> Figure:
    x = worked_input()
    steps = np.arange(x.shape[1])
    holes, first = np.isin(steps, [1, 2, 4]), steps < 3
    padded = np.where(first[:, np.newaxis], x, 0)
    figure, axes = canvas(430, TOP + 3 * PANEL)
    label(axes, 18, 13, "b = 0", role="muted", align="left")
    for t in steps:
        label(axes, LEFT + t * COLUMN + WIDTH / 2, 13, f"t = {t + 1}", role="muted")
    panel(axes, TOP, "holes", "A mask with holes", x, holes, holes)
    panel(axes, TOP + PANEL, "masked", "Padding zeros with a mask", padded, first, first)
    panel(axes, TOP + 2 * PANEL, "unmasked", "The same zeros without a mask", padded, None, first)
    return figure


def panel(axes: Axes, top: float, name: str, title: str, x: Array, mask: np.ndarray | None, real: np.ndarray) -> None:
    """Draw x, the mask, the outputs, and how far the last of them is from a run on the real timesteps alone."""
    layer = worked_layer(return_sequences=True)
    y = layer(x, mask=None if mask is None else np.tile(mask, (len(x), 1)))[0]
    alone = layer(x[:, real])[0]
    box(axes, 8, top, 414, PANEL - 8, fill="band", edge=None)
    label(axes, 18, top + 14, title, align="left", bold=True)
    label(axes, 18, top + 38, "x", role="input", align="left", bold=True)
    label(axes, 18, top + 59, "mask", align="left")
    for j in range(UNITS):
        label(axes, 18, top + GRID + j * ROW + HEIGHT / 2, f"unit {j}", f"unit-{j}", align="left", bold=True)
    for t in range(len(y)):
        box(axes, LEFT + t * COLUMN, top + 28, WIDTH, HEIGHT, fill="input-soft", edge="input", radius=3, line_width=1)
    for t, outputs in enumerate(y):
        left, masked = LEFT + t * COLUMN, mask is not None and not mask[t]
        label(axes, left + WIDTH / 2, top + 38, f"x{'₁₂₃₄₅'[t]}" if x[0, t].any() else "0", "input", bold=True)
        word, role = ("none", "muted") if mask is None else (str(not masked), "ink")
        label(axes, left + WIDTH / 2, top + 59, word, role, bold=masked)
        for j, value in enumerate(outputs):
            y_top, role, gid = top + GRID + j * ROW, f"unit-{j}", f"{name}-t{t}-u{j}"
            if masked:
                place = left, y_top, WIDTH, HEIGHT
                box(axes, *place, edge=role, radius=3, line_width=1, dashed=True, gid=f"{gid}-box")
                label(axes, left + WIDTH / 2, y_top + HEIGHT / 2, number(value), role="muted", gid=gid)
                if t:
                    middle = y_top + HEIGHT / 2
                    wire(axes, [(left - COLUMN + WIDTH + 3, middle), (left - 3, middle)], role, gid=f"{gid}-wire")
            else:
                value_box(axes, left, y_top, WIDTH, HEIGHT, value, role, gid=gid)
    names = " ".join(f"x{'₁₂₃₄₅'[t]}" for t in np.flatnonzero(real))
    foot = top + GRID + UNITS * ROW + 11
    label(axes, 366, foot, f"y[:, -1] differs from that of {names} alone by up to", align="right")
    label(axes, 372, foot, number(abs(y[-1] - alone[-1]).max()), align="left", bold=True, gid=f"{name}-difference")
