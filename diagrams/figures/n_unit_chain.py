"""Rows are units, columns are timesteps: c stays in its row, h goes to every unit."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, canvas, label, number, wire
from lstm_ref.examples import worked_input, worked_layer

TITLE = "What are the 4 units of LSTM(4)?"
ALT = (
    "A grid of 4 rows and 5 columns. Each row is one unit, each column one timestep. Every box holds two numbers, h "
    "and c. From box to box along a row runs one thick line for c. From every box thin lines for h run to all four boxes "
    "of the next column. The 3 features of x enter each column from below and reach all four units."
)
CAPTION = (
    "`LSTM(4)` over 5 timesteps: 4 units (rows), the same ones at every timestep (columns). Each unit keeps its own c; "
    "every unit reads the h of all 4 units and all 3 features of x. By default Keras returns the h of the last column, "
    "PyTorch the h of all columns."
)

LEFT, TOP, WIDTH, HEIGHT, GAP, ROW = 78, 32, 46, 40, 31, 52
H_LINE, C_LINE = 12, 29  # where in its box a number stands


def draw() -> Figure:
    trace = worked_layer().trace(worked_input())
    _, timesteps, units = trace.h.shape
    bottom = TOP + units * ROW
    figure, axes = canvas(LEFT + timesteps * (WIDTH + GAP) - GAP + 8, bottom + 68)
    lefts = [LEFT + t * (WIDTH + GAP) for t in range(timesteps)]
    tops = [TOP + j * ROW for j in range(units)]

    for t, left in enumerate(lefts):
        middle = left + WIDTH / 2
        box(axes, left - 5, TOP - 7, WIDTH + 10, units * ROW + 2, fill="band", edge=None, gid=f"timestep-t{t}")
        label(axes, middle, 13, f"t = {t + 1}", role="muted")
        wire(axes, [(middle, bottom + 14), (middle, bottom - 3)], role="input", width=1.6, gid=f"x-wire-t{t}")
        label(axes, middle, bottom + 24, f"x{'₁₂₃₄₅'[t]}", role="input", bold=True)
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
            box(axes, left, top, WIDTH, HEIGHT, fill=f"unit-{j}-soft", edge=f"unit-{j}", gid=f"unit-t{t}-u{j}")
            for name, offset, values in (("h", H_LINE, trace.h), ("c", C_LINE, trace.c)):
                text = number(values[0, t, j])
                label(axes, left + WIDTH - 4, top + offset, text, align="right", gid=f"{name}-t{t}-u{j}")
    label(axes, 2, bottom + 24, "3 features", role="input", align="left")
    legend(axes, bottom + 52, units)
    return figure


def legend(axes: Axes, y: float, units: int) -> None:
    wire(axes, [(LEFT, y), (LEFT + 28, y)], role="cell", width=2.4)
    label(axes, LEFT + 36, y, "c: private to its unit", align="left")
    for j in range(units):
        wire(axes, [(LEFT + 190, y - 9 + 6 * j), (LEFT + 216, y)], role=f"unit-{j}", width=0.9, arrow=False)
    label(axes, LEFT + 224, y, "h: read by all 4 units", align="left")
