"""Two layers over the same x, one from each end: every timestep has both outputs, but the two last steps lie apart."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, brace, canvas, label, number, value_box, wire
from lstm_ref.examples import TIMESTEPS, UNITS, worked_input, worked_layer
from lstm_ref.types import Array

TITLE = f"What does Bidirectional(LSTM({UNITS})) concatenate?"
ALT = (
    f"Two grids of {UNITS} units and all timesteps, one below the other in the same time order. In the upper one, the "
    "forward layer, an arrow runs from the first timestep to the last; in the lower one, the backward layer, from the "
    "last to the first. The column that a layer reads last is framed: at the right end above, at the left end below. "
    "These two columns together are y. Both grids together are what return_sequences=True returns; the last column of "
    "that has the forward half of y, but another backward half."
)
CAPTION = (
    f"The forward layer ends at t = {TIMESTEPS}, the backward layer at t = 1; `y` is the last h of each. "
    "`return_sequences=True` flips the backward outputs into time order and pairs those of the same t. So "
    "`y_seq[:, -1]` is not `y`: its backward half has read one timestep only."
)

LEFT, TOP, LANE = 84, 112, 144  # of the first column; of the first row; from grid to grid
COLUMN, WIDTH, ROW, HEIGHT = 49, 43, 26, 23
Y = 359  # left side of y


def draw() -> Figure:
    x = worked_input()
    forward = worked_layer(return_sequences=True)(x)
    backward = worked_layer(seed=2, return_sequences=True, go_backwards=True)(x)[:, ::-1]
    y_seq = np.concatenate([forward, backward], axis=-1)
    y = np.concatenate([forward[:, -1], backward[:, 0]], axis=-1)
    lefts = [LEFT + t * COLUMN for t in range(x.shape[1])]
    right, middle, bottom = lefts[-1] + WIDTH, TOP + (UNITS * ROW - 3) / 2, TOP + LANE + UNITS * ROW
    figure, axes = canvas(430, bottom + 76)

    label(axes, LEFT, 13, "return_sequences=True", role="muted", align="left")
    label(axes, LEFT, 32, f"y_seq {y_seq.shape}", align="left", bold=True, gid="y-seq-shape")
    brace(axes, LEFT, right, 45, role="ink")
    label(axes, 422, 13, "return_sequences=False", role="muted", align="right")
    label(axes, Y + WIDTH / 2, 32, f"y {y.shape}", bold=True, gid="y-shape")
    brace(axes, Y, Y + WIDTH, 45, role="ink")
    label(axes, 8, 64, "b = 0", role="muted", align="left")
    for t, left in enumerate(lefts):
        label(axes, left + WIDTH / 2, 64, f"t = {t + 1}", role="muted")
    lane(axes, "forward", forward[0], TOP, lefts, last=len(lefts) - 1)
    lane(axes, "backward", backward[0], TOP + LANE, lefts, last=0)
    for k, value in enumerate(y[0]):
        top = TOP + k // UNITS * LANE + k % UNITS * ROW
        value_box(axes, Y, top, WIDTH, HEIGHT, value, f"unit-{k % UNITS}", gid=f"y-{k}")
        label(axes, Y + WIDTH + 5, top + HEIGHT / 2, f"[{k}]", role="muted", align="left")

    wire(axes, [(right + 4, middle), (Y - 3, middle)], role="ink", width=1.6, gid="forward-wire")
    label(axes, (right + Y) / 2, middle + LANE, "≠", size=HEADING, bold=True)
    brace(axes, lefts[-1], right, bottom + 8, depth=-6, role="ink", gid="y-seq-last")
    label(axes, right, bottom + 20, "y_seq[:, -1]", align="right", bold=True)
    first, floor, end = LEFT + WIDTH / 2, bottom + 36, Y + WIDTH / 2
    around = [(first, bottom + 2), (first, floor), (end, floor), (end, bottom - 1)]
    wire(axes, around, role="ink", width=1.6, gid="backward-wire")
    label(axes, Y - 4, bottom + 62, "Backward half: y_seq[:, -1] and y differ by up to", align="right")
    label(axes, Y + 4, bottom + 62, number(abs(y_seq[0, -1] - y[0]).max()), align="left", bold=True, gid="difference")
    return figure


def lane(axes: Axes, name: str, h: Array, top: float, lefts: list[int], last: int) -> None:
    """Draw the grid of h (timesteps, units) of one layer, the way it reads, and a frame around the step read last."""
    y, bottom = top - 19, top + UNITS * ROW - 3
    first = len(lefts) - 1 - last
    label(axes, 8, y, name, align="left", bold=True)
    for t, word in ((first, "starts"), (last, "ends")):
        label(axes, lefts[t] + WIDTH / 2, y, word, bold=t == last)
    inner = sorted((lefts[first], lefts[last]))
    ends = [(inner[0] + WIDTH + 2, y), (inner[1] - 2, y)]
    wire(axes, ends if first < last else ends[::-1], role="ink", width=1.6, gid=f"{name}-reads")
    for j in range(UNITS):
        label(axes, 8, top + j * ROW + HEIGHT / 2, f"unit {j}", f"unit-{j}", align="left", bold=True)
        for t, left in enumerate(lefts):
            value_box(axes, left, top + j * ROW, WIDTH, HEIGHT, h[t, j], f"unit-{j}", gid=f"{name}-t{t}-u{j}")
    left, right = lefts[last] - 3, lefts[last] + WIDTH + 3
    corners = [(left, top - 3), (right, top - 3), (right, bottom + 3), (left, bottom + 3), (left, top - 4)]
    wire(axes, corners, role="ink", width=2, arrow=False, gid=f"{name}-last")
