"""The derivatives of one step: c reaches its own unit only, h reaches all of them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, canvas, label, number
from lstm_ref import Jacobian, step_jacobian
from lstm_ref.examples import worked_input, worked_layer
from lstm_ref.types import Array

TITLE = "Which units does one unit reach in one step?"
ALT = (
    "Three 4 by 4 tables of derivatives of one step; the row is the unit that changes, the column the unit "
    "that is nudged. New c by old c, and new h by old c, hold numbers on the diagonal only and exact zeros "
    "elsewhere. New c by old h holds a number in every cell."
)
CAPTION = (
    "Nudge the c of one unit, and after one step only that unit has changed: the two tables by c are 0 off the "
    "diagonal. Nudge its h, and all units change: the table by h is full."
)

SAMPLE, STEP = 1, 3  # the one step of the worked example where no derivative of c rounds to zero
LEFT, CELL, HEIGHT, GAP = 62, 46, 27, 22
FIRST, SECOND, CELLS = 44, 210, 34  # where the two rows of tables start, and their cells below that


def one_step() -> Jacobian:
    layer, x = worked_layer(), worked_input()
    trace = layer.trace(x)
    before = trace.h[SAMPLE, STEP - 1], trace.c[SAMPLE, STEP - 1]
    return step_jacobian(x[SAMPLE, STEP], *before, *layer.get_weights())


def draw() -> Figure:
    jacobian = one_step()
    units = len(jacobian.dc_dc)
    side = units * CELL
    right = LEFT + side + GAP
    figure, axes = canvas(right + side + 8, SECOND + CELLS + units * HEIGHT + 8)
    label(axes, LEFT + side / 2, 18, "private along c", role="cell", size=HEADING, bold=True)
    label(axes, right + side / 2, 18, "shared through h", role="hidden", size=HEADING, bold=True)
    before, after = "₁₂₃₄₅"[STEP - 1], "₁₂₃₄₅"[STEP]
    table(axes, LEFT, FIRST, "dc_dc", jacobian.dc_dc, f"∂c{after} / ∂c{before} = forget gates", "cell")
    table(axes, LEFT, SECOND, "dh_dc", jacobian.dh_dc, f"∂h{after} / ∂c{before}", "cell")
    table(axes, right, FIRST, "dc_dh", jacobian.dc_dh, f"∂c{after} / ∂h{before}", "hidden")
    for top in (FIRST, SECOND):
        for j in range(units):
            middle = top + CELLS + (j + 0.5) * HEIGHT
            label(axes, 8, middle, f"unit {j}", role=f"unit-{j}", align="left", bold=True)
    guide = (
        "row: unit that changes",
        "column: unit that is nudged",
        "dot: exactly 0",
        f"sample {SAMPLE}, t = {STEP} to t = {STEP + 1}",
    )
    for line, text in enumerate(guide):
        middle = SECOND + CELLS + (line + 0.5) * HEIGHT
        label(axes, right + 4, middle, text, role="muted", align="left")
    return figure


def table(axes: Axes, left: float, top: float, name: str, matrix: Array, title: str, role: str) -> None:
    """Draw a matrix with its title and its columns named; a zero is a dot."""
    label(axes, left + len(matrix) * CELL / 2, top, title)
    for k in range(len(matrix)):
        label(axes, left + (k + 0.5) * CELL, top + 21, str(k), role=f"unit-{k}", bold=True)
    for (j, k), value in np.ndenumerate(matrix):
        x, y = left + k * CELL, top + CELLS + j * HEIGHT
        fill = f"{role}-soft" if value else "band"
        box(axes, x + 1, y + 1, CELL - 2, HEIGHT - 2, fill=fill, edge=None, radius=3, gid=f"{name}-r{j}-c{k}-box")
        middle = x + CELL / 2, y + HEIGHT / 2
        if value:
            label(axes, *middle, number(float(value)), gid=f"{name}-r{j}-c{k}-b{SAMPLE}")
        else:
            label(axes, *middle, "·", role="muted", bold=True)
