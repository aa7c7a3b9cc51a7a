"""Every number that one run of LSTM(4) reads and computes; the widget `explore` draws the same, to be touched."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, number, wire
from lstm_ref import LSTM
from lstm_ref.examples import worked_input, worked_layer

TITLE = "Which numbers does LSTM(4) compute, and from which?"
ALT = (
    "A grid of 4 rows. Each row is one unit; the columns are the start and 5 timesteps. Every box holds two numbers, h and "
    "c; at the start all are 0. From box to box along a row runs one thick line for c. From every box thin "
    "lines for h run to all four boxes of the next column. Below each timestep stand the 3 features of its x, which "
    "reach all four units."
)
CAPTION = (
    "Every number of one run of `LSTM(4)`: 3 features of x enter at each of 5 timesteps; each unit computes its c and its h "
    "from that x, from the h of all 4 units of the step before, and from its own c. At the start all states are 0."
)

LEFT, TOP, WIDTH, HEIGHT, GAP, ROW, FEATURE = 78, 32, 46, 40, 31, 52, 22
H_LINE, C_LINE = 12, 29  # where in its box a number stands
MOST_UNITS, MOST_TIMESTEPS, MOST_FEATURES = 6, 6, 4  # that a reader can ask for


def data() -> dict[str, Any]:
    """Return weights and input of the largest layer; what is cut from their beginnings is a smaller one.

    Cut to 4 units, 5 timesteps and 3 features they are those of the figure.
    """
    layer = LSTM(MOST_UNITS, seed=2)
    layer.build((None, None, MOST_FEATURES))
    kernel, recurrent_kernel, bias = (np.round(array * 2**14) / 2**14 for array in layer.get_weights())
    for array, worked in zip((kernel, recurrent_kernel), worked_layer().get_weights(), strict=False):
        rows, columns = worked.shape
        array.reshape(-1, 4, MOST_UNITS)[:rows, :, : columns // 4] = worked.reshape(rows, 4, columns // 4)
    x = np.round(np.random.default_rng(5).normal(scale=2, size=(MOST_TIMESTEPS, MOST_FEATURES)) * 2) / 2
    x[:5, :3] = worked_input()[0]
    arrays = {"kernel": kernel, "recurrent_kernel": recurrent_kernel, "bias": bias, "x": x}
    return {name: array.tolist() for name, array in arrays.items()}


def as_table() -> list[list[str]]:
    """Return the numbers of the figure in rows, the first of which is the heading."""
    (x,), trace = worked_input()[:1], worked_layer().trace(worked_input())
    timesteps, units = trace.h.shape[1:]
    rows = [["number", "start", *(f"t = {t + 1}" for t in range(timesteps))]]
    for j in range(units):
        for name, values in (("h", trace.h), ("c", trace.c)):
            rows.append([f"{name} of unit {j}", number(0), *map(number, values[0, :, j])])
    return rows + [[f"x, feature {k}", "", *map(number, values)] for k, values in enumerate(x.T)]


def draw() -> Figure:
    (x,), trace = worked_input()[:1], worked_layer().trace(worked_input())
    _, timesteps, units = trace.h.shape
    bottom = TOP + units * ROW
    figure, axes = canvas(LEFT + (timesteps + 1) * (WIDTH + GAP) - GAP + 8, bottom + 20 + x.shape[1] * FEATURE + 26)
    lefts = [LEFT + t * (WIDTH + GAP) for t in range(timesteps + 1)]
    tops = [TOP + j * ROW for j in range(units)]

    for t, left in enumerate(lefts):
        middle = left + WIDTH / 2
        label(axes, middle, 13, f"t = {t}" if t else "start", role="muted")
        if t:
            box(axes, left - 5, TOP - 7, WIDTH + 10, units * ROW + 2, fill="band", edge=None, gid=f"timestep-t{t}")
            wire(axes, [(middle, bottom + 15), (middle, bottom - 3)], role="input", width=1.6, gid=f"x-wire-t{t}")
            label(axes, middle, bottom + 28 + x.shape[1] * FEATURE, f"x{'₁₂₃₄₅'[t - 1]}", role="input", bold=True)
    for t, left in enumerate(lefts[:-1]):
        for j, top in enumerate(tops):
            for k, other in enumerate(tops):
                line = [(left + WIDTH, top + H_LINE), (left + WIDTH + GAP, other + H_LINE)]
                wire(axes, line, role=f"unit-{j}", width=0.9, arrow=False, gid=f"h-wire-t{t}-u{j}-to-u{k}")
            straight = [(left + WIDTH, top + C_LINE), (left + WIDTH + GAP, top + C_LINE)]
            wire(axes, straight, role="cell", width=2.4, gid=f"c-wire-t{t}-u{j}")
    for j, top in enumerate(tops):
        label(axes, 2, top + HEIGHT / 2, f"unit {j}", role=f"unit-{j}", align="left", bold=True)
        label(axes, LEFT - 11, top + H_LINE, "h", role="hidden", align="right", bold=True)
        label(axes, LEFT - 11, top + C_LINE, "c", role="cell", align="right", bold=True)
        for t, left in enumerate(lefts):
            fill, edge = f"unit-{j}-soft", f"unit-{j}"
            box(axes, left, top, WIDTH, HEIGHT, fill, edge, dashed=t == 0, gid=f"unit-t{t}-u{j}")
            for name, offset, values in (("h", H_LINE, trace.h), ("c", C_LINE, trace.c)):
                text = number(values[0, t - 1, j] if t else 0)
                label(axes, left + WIDTH - 4, top + offset, text, align="right", gid=f"{name}-t{t}-u{j}")
    for k, values in enumerate(x.T):
        y = bottom + 16 + k * FEATURE
        label(axes, 2, y + FEATURE / 2 - 1, f"feature {k}", role="input", size=SMALL, align="left")
        for t, left in enumerate(lefts[1:], start=1):
            gid = f"x-t{t}-f{k}"
            box(axes, left, y, WIDTH, FEATURE - 2, "paper", "input", radius=3, line_width=1, gid=f"{gid}-box")
            text = number(values[t - 1])
            label(axes, left + WIDTH - 4, y + FEATURE / 2 - 1, text, align="right", gid=gid)
    return figure
