"""Two LSTM layers and a Dense layer: the first hands on every timestep, the second only its last."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, value_box, wire
from lstm_ref import LSTM
from lstm_ref.examples import TIMESTEPS, worked_input, worked_layer
from lstm_ref.types import Array

TITLE = "Why does a stacked LSTM need return_sequences=True?"
ALT = (
    "From top to bottom, one sample on its way through three layers, each tensor a grid with timesteps as columns. The "
    "input has a column for each timestep. The first LSTM, with return_sequences=True, returns a column of units for "
    "each timestep, and all of them go on. The second LSTM returns one column, of fewer units, under the last "
    "timestep. The Dense layer makes one number of it. Below, what goes wrong: without return_sequences=True the first "
    "LSTM returns one column only, which has no time axis, and the second LSTM refuses it with a ValueError."
)
CAPTION = (
    "An LSTM reads a sequence, so one that feeds another LSTM directly must return every timestep: "
    "`return_sequences=True`. The last LSTM returns its last timestep only, and `Dense` makes one number of it for each sample."
)

LEFT, COLUMN, ROW, LAYER, FLOW = 64, 39, 19, 24, 18  # FLOW: how long a wire is between a tensor and a layer
END = LEFT + TIMESTEPS * COLUMN
SHAPES, RIGHT = END + 9, 416
DENSE_KERNEL, DENSE_BIAS = np.array([[1.0], [-1.0]]), np.zeros(1)


def layers() -> tuple[LSTM, LSTM]:
    """Return the two LSTM layers with their weights."""
    first, second = worked_layer(return_sequences=True), LSTM(2, seed=2)
    second.build((None, None, first.units))
    return first, second


def draw() -> Figure:
    x, (first, second) = worked_input(), layers()
    sequence = first(x)
    last = second(sequence)
    dense = last @ DENSE_KERNEL + DENSE_BIAS
    every, only_last = range(TIMESTEPS), [TIMESTEPS - 1]
    figure, axes = canvas(RIGHT + 8, 532)

    for t in every:
        label(axes, LEFT + (t + 0.5) * COLUMN, 13, f"t = {t + 1}", role="muted", size=SMALL)
    y = tensor(axes, 26, "x", x, x[0], ["batch, timesteps, features", "(one sample drawn)"])
    y = layer(axes, y, "LSTM(4, return_sequences=True)", "layer-1", every, every)
    y = tensor(axes, y, "first", sequence, sequence[0], ["batch, timesteps, units", "h of every timestep"])
    y = layer(axes, y, "LSTM(2)", "layer-2", every, only_last)
    y = tensor(axes, y, "second", last, last[:1], ["batch, units", "h of the last timestep"])
    y = layer(axes, y, "Dense(1)", "layer-3", only_last, only_last)
    y = tensor(axes, y, "dense", dense, dense[:1], ["batch, units"])
    without(axes, y + 24, worked_layer()(x), second)
    return figure


def tensor(axes: Axes, top: float, name: str, whole: Array, sample: Array, meaning: list[str]) -> float:
    """Draw one sample, its last column under the last timestep, beside it the whole's shape; return where it ends."""
    start, rows, digits = TIMESTEPS - len(sample), *(("feature", 1) if name == "x" else ("unit", 2))
    for j in range(len(sample[0])):
        role, y = "input" if name == "x" else f"unit-{j}", top + j * ROW
        label(axes, LEFT + start * COLUMN - 6, y + ROW / 2, f"{rows} {j}", role=role, size=SMALL, align="right")
        for t, row in enumerate(sample, start):
            place = LEFT + t * COLUMN + 1, y + 1, COLUMN - 2, ROW - 2
            value_box(axes, *place, row[j], role, gid=f"{name}-t{t}-{rows[0]}{j}", size=SMALL, digits=digits)
    label(axes, SHAPES, top + 8, str(whole.shape), align="left", bold=True, gid=f"{name}-shape")
    for line, text in enumerate(meaning, start=1):
        label(axes, SHAPES, top + 8 + 16 * line, text, role="muted", size=SMALL, align="left")
    return top + ROW * len(sample[0])


def layer(axes: Axes, top: float, name: str, gid: str, reads: Iterable[int], gives: Iterable[int]) -> float:
    """Draw a layer with a wire for each timestep that it reads and that it gives; return where the wires end."""
    box(axes, 8, top + FLOW, END - 8, LAYER, fill="band", edge="wire", gid=gid)
    label(axes, (8 + END) / 2, top + FLOW + LAYER / 2, name, bold=True)
    for way, timesteps, y in (("in", reads, top), ("out", gives, top + FLOW + LAYER)):
        for t in timesteps:
            middle = LEFT + (t + 0.5) * COLUMN
            wire(axes, [(middle, y + 2), (middle, y + FLOW - 1)], width=1.6, gid=f"{gid}-wire-{way}-t{t}")
    return top + FLOW + LAYER + FLOW


def without(axes: Axes, top: float, h: Array, second: LSTM) -> None:
    came, takes = refusal(second, h)
    y = top + 42
    box(axes, 8, top, RIGHT - 8, 104, edge="wire", dashed=True)
    label(axes, 20, top + 15, "Without return_sequences=True", align="left", bold=True)
    for left, name in ((20, "LSTM(4)"), (RIGHT - 84, "LSTM(2)")):
        box(axes, left, y - LAYER / 2, 72, LAYER, fill="band", edge="wire")
        label(axes, left + 36, y, name, bold=True)
    stop = RIGHT - 100
    wire(axes, [(93, y), (stop, y)], width=1.6, arrow=False)
    wire(axes, [(stop, y - 9), (stop, y + 9)], role="ink", width=2.4, arrow=False)
    label(axes, (93 + stop) / 2, y - 9, str(h.shape), bold=True, gid="without-shape")
    label(axes, (93 + stop) / 2, y + 10, "batch, units: no time axis", role="muted", size=SMALL)
    label(axes, 20, top + 74, f"ValueError: {came};", size=SMALL, align="left", gid="error-shape")
    label(axes, 20, top + 90, takes, size=SMALL, align="left")


def refusal(second: LSTM, h: Array) -> list[str]:
    """Return what the layer says to input without a time axis: what came, and what it takes."""
    try:
        second(h)
    except ValueError as error:
        return str(error).partition(". ")[0].split("; ")
    raise RuntimeError("an LSTM layer took input without a time axis")
