"""The columns of x, and of what go_backwards=True returns: the same timesteps last to first, until they are flipped."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, canvas, label, value_box, wire
from lstm_ref.examples import UNITS, worked_input, worked_layer
from lstm_ref.types import Array

TITLE = "In which order does go_backwards=True return?"
ALT = (
    "Three rows of columns. Above, x in time order, with an arrow from the last timestep, where the layer starts, to the "
    "first, where it ends. From each x a line leads down to its column of y, and all these lines cross: the first column "
    f"of y, index 0, is the last timestep, and the last column is the first. Each column has {UNITS} numbers, one per "
    "unit. The lines cross once more on their way to y[:, ::-1] at the bottom, whose columns stand below those of x."
)
CAPTION = (
    "On a CPU, `go_backwards=True` reads x from its end and returns its outputs in the order of reading: `y[:, 0]` "
    "belongs to the last timestep, `y[:, -1]` to the first. In NumPy, `y[:, ::-1]` lines the outputs up with x."
)

LEFT, COLUMN, WIDTH, ROW, HEIGHT = 102, 68, 46, 26, 23
X, Y, FLIPPED, CROSSING = 25, 174, 364, 46  # tops of the three rows; height of the lines between them


def draw() -> Figure:
    x = worked_input()
    y = worked_layer(return_sequences=True, go_backwards=True)(x)
    steps = list(range(x.shape[1]))
    figure, axes = canvas(430, FLIPPED + UNITS * ROW + 5)
    for t in steps:
        box(axes, LEFT + t * COLUMN, X, WIDTH, HEIGHT, fill="input-soft", edge="input", radius=3, line_width=1)
        label(axes, middle(t), X + HEIGHT / 2, f"x{'₁₂₃₄₅'[t]}", role="input", bold=True)
        label(axes, middle(t), Y - 31, f"y[:, {t}]", role="muted")
    label(axes, 8, X - 12, "b = 0", role="muted", align="left")
    label(axes, 8, X + HEIGHT / 2, "x", role="input", align="left", bold=True)
    times(axes, steps, X - 12, "x-time")
    label(axes, 8, 63, "reads", align="left")
    label(axes, middle(0), 63, "ends", bold=True)
    label(axes, middle(steps[-1]), 63, "starts")
    wire(axes, [(middle(steps[-1]) - 24, 63), (middle(0) + 24, 63)], role="ink", width=1.6, gid="reads")

    crossing(axes, "x-to-y", steps, 78, bold=steps[-1])
    grid(axes, "y", y[0], Y, "y-")
    times(axes, steps[::-1], Y - 13, "y-time")
    crossing(axes, "y-to-flipped", steps, Y + UNITS * ROW + 7, bold=0)
    grid(axes, "y[:, ::-1]", y[0, ::-1], FLIPPED, "flipped-t")
    times(axes, steps, FLIPPED - 13, "flipped-time")
    return figure


def middle(column: int) -> float:
    return LEFT + column * COLUMN + WIDTH / 2


def times(axes: Axes, order: list[int], y: float, name: str) -> None:
    """Write which timestep stands in each column."""
    for column, t in enumerate(order):
        label(axes, middle(column), y, f"t = {t + 1}", bold=True, gid=f"{name}-{column}")


def crossing(axes: Axes, name: str, columns: list[int], top: float, bold: int) -> None:
    """Lead every column to its mirror image; the timestep that is read first stands out."""
    for column in sorted(columns, key=lambda each: each == bold):
        role, width = ("ink", 2.0) if column == bold else ("wire", 1.2)
        ends = [(middle(column), top), (middle(columns[-1 - column]), top + CROSSING)]
        wire(axes, ends, role, width, gid=f"{name}-{column}")


def grid(axes: Axes, title: str, h: Array, top: float, gid: str) -> None:
    label(axes, 8, top - 13, title, align="left", bold=True)
    for j in range(UNITS):
        label(axes, 8, top + j * ROW + HEIGHT / 2, f"unit {j}", f"unit-{j}", align="left", bold=True)
        for column, value in enumerate(h[:, j]):
            place = LEFT + column * COLUMN, top + j * ROW, WIDTH, HEIGHT
            value_box(axes, *place, value, f"unit-{j}", gid=f"{gid}{column}-u{j}")
