"""LSTM(4) against four separate LSTM(1) with the same weights: dense, and with diagonal blocks."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, canvas, label, number, value_box, wire
from lstm_ref import LSTM, diagonal_blocks, one_unit
from lstm_ref.examples import UNITS, worked_input, worked_layer
from lstm_ref.types import Array


def outputs(weights: list[Array]) -> Array:
    layer = LSTM(len(weights[1]))
    layer.set_weights(weights)
    return layer.trace(worked_input()).h


class Half:
    """One half of the figure: a recurrent kernel, and what comes out of it."""

    def __init__(self, name: str, recurrent_kernel: Array) -> None:
        kernel, _, bias = worked_layer().get_weights()
        weights = [kernel, recurrent_kernel, bias]
        self.name, self.recurrent_kernel = name, recurrent_kernel
        self.between = int(np.count_nonzero(recurrent_kernel - diagonal_blocks(recurrent_kernel)))
        self.together = outputs(weights)
        self.alone = np.concatenate([outputs(one_unit(weights, j)) for j in range(UNITS)], axis=-1)
        largest = float(abs(self.together - self.alone).max())
        # Only an exact zero may look like one.
        self.difference = number(largest, 3) if largest > 1e-3 else str(largest)


DENSE = Half("dense", worked_layer().get_weights()[1])
DIAGONAL = Half("diagonal", diagonal_blocks(DENSE.recurrent_kernel))

TITLE = "Are the 4 units of LSTM(4) independent copies?"
ALT = (
    "The same experiment twice. Left, the recurrent kernel as Keras makes it: all cells of its four blocks "
    "are filled, lines for h run from every unit to every unit of the next timestep, and the outputs differ "
    f"from those of four separate LSTM(1), by up to {DENSE.difference}. Right, only the diagonals of the "
    "four blocks are filled, all lines run straight, and the largest difference to the four LSTM(1) is "
    f"{DIAGONAL.difference}."
)
CAPTION = (
    f"No: {DENSE.between} of the {DENSE.recurrent_kernel.size} recurrent weights of `LSTM(4)` let one unit "
    f"read another, and its outputs differ by up to {DENSE.difference} from those of four `LSTM(1)` with the "
    f"same weights. With these {DENSE.between} at zero the units are independent copies: the "
    f"difference is {DIAGONAL.difference}."
)

CELL, BLOCK_GAP = 11, 7
BLOCK = UNITS * CELL
INNER = 4 * BLOCK + 3 * BLOCK_GAP
PADDING, LEFT, GAP = 10, 8, 10
MATRIX, CHAIN, VERDICT = 101, 228, 392  # where the cells, the boxes and the last words start
ROW, BOX_WIDTH, BOX_HEIGHT = 36, 48, 28


def draw() -> Figure:
    panel = INNER + 2 * PADDING
    figure, axes = canvas(2 * (LEFT + panel) + GAP, VERDICT + 74)
    halves = [
        (DENSE, "as Keras makes it:", "units read one another"),
        (DIAGONAL, "with diagonal blocks:", "four separate LSTM(1)"),
    ]
    for k, (half, first, second) in enumerate(halves):
        left = LEFT + k * (panel + GAP) + PADDING
        middle = left + INNER / 2
        box(axes, left - PADDING, 8, panel, VERDICT + 58, fill="band", edge=None, radius=8)
        label(axes, middle, 24, first)
        label(axes, middle, 43, second, size=HEADING, bold=True)
        label(axes, middle, MATRIX - 32, "recurrent_kernel", role="muted")
        matrix(axes, left, half)
        label(axes, left, MATRIX + BLOCK + 18, "weights between units", align="left")
        count, gid = number(half.between, 0), f"{half.name}-between"
        label(axes, left + INNER, MATRIX + BLOCK + 18, count, align="right", bold=True, gid=gid)
        chain(axes, left, half)
        label(axes, middle, VERDICT, "largest difference of h,")
        label(axes, middle, VERDICT + 17, "all timesteps, both samples")
        label(axes, middle, VERDICT + 44, half.difference, size=24, bold=True, gid=f"{half.name}-difference")
    return figure


def matrix(axes: Axes, left: float, half: Half) -> None:
    """Draw the four blocks; a zero is an empty cell."""
    for (row, column), weight in np.ndenumerate(half.recurrent_kernel):
        gate = "ifgo"[column // UNITS]
        x, y = left + column * CELL + column // UNITS * BLOCK_GAP, MATRIX + row * CELL
        fill, kind = (f"gate-{gate}", "weight") if weight else ("paper", "zero")
        gid = f"{half.name}-{kind}-r{row}-c{column}"
        box(axes, x + 0.5, y + 0.5, CELL - 1, CELL - 1, fill, "line", radius=0, line_width=0.6, gid=gid)
    for block, gate in enumerate("ifgo"):
        x = left + block * (BLOCK + BLOCK_GAP) + BLOCK / 2
        label(axes, x, MATRIX - 13, gate, role=f"gate-{gate}", bold=True)


def chain(axes: Axes, left: float, half: Half) -> None:
    """Draw the last step, with a line where a weight is not zero, and beside it the same units alone."""
    here, there, apart = left, left + 85, left + INNER - BOX_WIDTH
    last = half.together.shape[1] - 1
    centre = BOX_WIDTH / 2
    label(axes, here + centre, CHAIN - 30, f"t = {last}", role="muted")
    label(axes, (there + apart) / 2 + centre, CHAIN - 30, f"h at t = {last + 1}", role="muted")
    label(axes, (here + there) / 2 + centre - 4, CHAIN - 12, "h", role="hidden", bold=True)
    label(axes, there + centre, CHAIN - 12, f"LSTM({UNITS})", role="muted")
    label(axes, apart + centre, CHAIN - 12, "LSTM(1)", role="muted")
    middles = [CHAIN + j * ROW + BOX_HEIGHT / 2 for j in range(UNITS)]
    reads = half.recurrent_kernel.reshape(UNITS, 4, UNITS).any(axis=1)
    for j, k in np.argwhere(reads).tolist():
        line = [(here + BOX_WIDTH, middles[j]), (there, middles[k])]
        wire(axes, line, role=f"unit-{j}", width=1.1, arrow=False, gid=f"{half.name}-h-wire-u{j}-to-u{k}")
    for j, middle in enumerate(middles):
        top, role = middle - BOX_HEIGHT / 2, f"unit-{j}"
        gid = f"{half.name}-unit-u{j}"
        box(axes, here, top, BOX_WIDTH, BOX_HEIGHT, fill=f"{role}-soft", edge=role, radius=3, line_width=1, gid=gid)
        label(axes, here + centre, middle, f"unit {j}", role=role)
        together, alone = half.together[0, last, j], half.alone[0, last, j]
        for x, value, name in ((there, together, "together"), (apart, alone, "alone")):
            gid = f"{half.name}-{name}-t{last}-u{j}"
            value_box(axes, x, top, BOX_WIDTH, BOX_HEIGHT, value, role, gid=gid)
        label(axes, apart - 8, middle, "=" if together == alone else "≠")
