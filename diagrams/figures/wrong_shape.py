"""One array with two axes and the three arrays with three axes that it can become: three different things to compute."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, canvas, label, number, wire
from lstm_ref import LSTM
from lstm_ref.examples import UNITS
from lstm_ref.types import Array

AXES = "batch", "timesteps", "features"
TITLE = f"My array has 2 axes and LSTM({UNITS}) takes {len(AXES)}: which one is missing?"
ALT = (
    "At the top x, an array with two rows of numbers. Below it three panels with the same numbers in other places; a "
    "timestep is a box, a sequence a frame. Features is missing: each row becomes a sequence, each number a timestep, and "
    "arrows run along the row. Timesteps is missing: each row stands upright as the only timestep of a sequence of its "
    "own, without arrows. Batch is missing: both rows stand upright as timesteps of one sequence, and an arrow runs from "
    "the first to the second. A table in each panel gives the lengths of the three axes, the number of weights of "
    f"LSTM({UNITS}), and the shape of y."
)
CAPTION = (
    "The same numbers, three computations, and no error in any of them. The axis that you add decides where h and c run "
    "(along a row, nowhere, or from row to row), how many weights the layer has, and for how many sequences it returns "
    "something. Only you know what a row of your array is."
)

WORDS = (
    ("features", "x[..., None]", "Each row is a sequence: h and c run along the row."),
    ("timesteps", "x[:, None, :]", "Each row is a sequence of one timestep: h and c run nowhere."),
    ("batch", "x[None]", "The rows are one sequence: h and c run from row to row."),
)
LEFT, COLUMN, WIDTH, ROW = 64, 47, 30, 19  # of the first column; from column to column; of a box; from number to number
TOP, PANEL = 64, 188  # of the first panel; from panel to panel
FRAMES, LANE = 66, 50  # from the top of a panel to its first frame; from row to row of frames
TABLE = 308, 412  # the sides of the table


def draw() -> Figure:
    x = np.arange(10.0).reshape(2, 5)
    figure, axes = canvas(430, TOP + 3 * PANEL)
    label(axes, 18, 32, "x", align="left", bold=True)
    box(axes, LEFT, 10, 4 * COLUMN + WIDTH, 44, fill="input-soft", edge="input", radius=3, gid="x")
    for b, row in enumerate(x):
        for k, value in enumerate(row):
            label(axes, LEFT + k * COLUMN + WIDTH / 2, 22 + b * ROW, number(value, 0), gid=f"x-r{b}-c{k}")
    label(axes, TABLE[0], 32, "x.shape", align="left")
    label(axes, TABLE[1], 32, str(x.shape), align="right", gid="x-shape")
    for position, (reading, words) in enumerate(zip((x[..., None], x[:, None, :], x[None]), WORDS, strict=True)):
        panel(axes, TOP + position * PANEL, reading, *words)
    return figure


def panel(axes: Axes, top: float, x: Array, missing: str, code: str, meaning: str) -> None:
    """Draw one reading of the array: a sequence as a frame, a timestep as a box, features upon one another in it."""
    _, timesteps, features = x.shape
    lying = timesteps > 2
    step, right, down = (COLUMN, 0, LANE) if lying else (4 * COLUMN, 4 * COLUMN, 0)
    height = features * ROW + 2
    box(axes, 8, top, 414, PANEL - 8, fill="band", edge=None, gid=missing)
    label(axes, 18, top + 15, f"{missing} is missing", align="left", bold=True)
    label(axes, TABLE[1], top + 15, code, align="right", bold=True)
    label(axes, 18, top + 34, meaning, align="left", role="muted")
    for b, sequence in enumerate(x):
        left, upper = LEFT + b * right, top + FRAMES + b * down
        middle = upper + 5 + height / 2
        box(axes, left - 47, upper, 53 + (timesteps - 1) * step + WIDTH, height + 10, gid=f"{missing}-b{b}")
        label(axes, left - 8, middle, f"b = {b}", align="right")
        for t, values in enumerate(sequence):
            place, gid = left + t * step, f"{missing}-b{b}-t{t}"
            if b == 0 or not lying:
                label(axes, place + WIDTH / 2, top + FRAMES - 10, f"t = {t + 1}", role="muted")
            box(axes, place, upper + 5, WIDTH, height, fill="input-soft", edge="input", radius=3, gid=gid)
            for k, value in enumerate(values):
                label(axes, place + WIDTH / 2, upper + 6 + (k + 0.5) * ROW, number(value, 0), gid=f"{gid}-k{k}")
            if t:
                ends = [(place - step + WIDTH + 1, middle), (place - 1, middle)]
                wire(axes, ends, role="hidden", width=1.6, gid=f"{missing}-wire-b{b}-t{t}")
    table(axes, top + FRAMES + 1, x, missing)


def table(axes: Axes, top: float, x: Array, missing: str) -> None:
    """Write how long each axis is, the added one framed, and what the layer has and returns."""
    layer = LSTM(UNITS, seed=0)
    y = layer(x)
    for row, (axis, size) in enumerate(zip(AXES, x.shape, strict=True)):
        middle, added = top + row * 19, axis == missing
        if added:
            box(axes, TABLE[1] - 13, middle - 9, 18, 18, edge="ink", gid=f"{missing}-added")
        label(axes, TABLE[0], middle, axis, align="left", bold=added)
        label(axes, TABLE[1], middle, str(size), align="right", bold=added, gid=f"{missing}-shape-{row}")
    label(axes, TABLE[0], top + 62, f"LSTM({UNITS})", align="left", bold=True)
    for row, (name, text) in enumerate((("weights", str(layer.count_params())), ("y.shape", str(y.shape)))):
        label(axes, TABLE[0], top + 81 + row * 19, name, align="left")
        label(axes, TABLE[1], top + 81 + row * 19, text, align="right", gid=f"{missing}-{name}")
