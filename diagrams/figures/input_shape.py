"""x as a box of cells with three named axes, and below it what LSTM(4) makes of it: only the last axis is another."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, canvas, label, value_box, wire
from lstm_ref.examples import BATCH, FEATURES, TIMESTEPS, UNITS, worked_input, worked_layer
from lstm_ref.types import Array

TITLE = "What do the three numbers in the shape of x mean, and which of them does LSTM(4) change?"
ALT = (
    f"Two boxes of cells in the same oblique view, x above and y below, with an arrow labelled LSTM({UNITS}) between "
    f"them. In both, {BATCH} sheets one behind the other are the batch and {TIMESTEPS} columns are the timesteps. The "
    f"rows differ: x has {FEATURES} rows, its features; y has {UNITS} rows, the units. Lines from shape to shape say "
    "that batch and timesteps stay and that the last entry, features, becomes units."
)
CAPTION = (
    f"x has the shape (batch, timesteps, features) = ({BATCH}, {TIMESTEPS}, {FEATURES}). `LSTM({UNITS}, return_sequences=True)` "
    f"keeps batch and timesteps and puts its {UNITS} units where the {FEATURES} features were; neither of these two counts follows "
    "from the other. By default only the last column of y comes back."
)

LEFT, WIDTH, HEIGHT = 84, 46, 26
DEPTH_X, DEPTH_Y = 28, 20  # how far a sheet stands behind the one before it
TOP, BETWEEN = 32, 202  # of the front sheet of x; from its bottom to the top of the front sheet of y
COLUMNS = 240, 313, 387  # of the entries of the shapes


def draw() -> Figure:
    x = worked_input()
    y = worked_layer(return_sequences=True)(x)
    x_bottom = TOP + x.shape[2] * HEIGHT
    y_top = x_bottom + BETWEEN
    figure, axes = canvas(430, y_top + y.shape[2] * HEIGHT + 42)
    sheets(axes, "x", x, TOP, "features", ["input"] * x.shape[2], digits=1)
    sheets(axes, "y", y, y_top, "units", [f"unit-{j}" for j in range(y.shape[2])], digits=2)

    middle = x_bottom + 109
    shape(axes, "x", x, middle - 32, middle - 55, "features")
    shape(axes, "y", y, middle + 32, middle + 55, "units")
    for place in COLUMNS[:2]:
        wire(axes, [(place, middle - 18), (place, middle + 18)], width=1.6, arrow=False)
    wire(axes, [(COLUMNS[2], middle - 18), (COLUMNS[2], middle + 18)], role="ink", width=1.6)
    wire(axes, [(46, x_bottom + 16), (46, y_top - 16)], role="ink", width=2.4)
    label(axes, 60, middle - 9, "LSTM(4)", align="left", bold=True)
    label(axes, 60, middle + 9, "return_sequences=True", role="muted", align="left")
    return figure


def sheets(axes: Axes, name: str, array: Array, top: float, rows: str, roles: list[str], digits: int) -> None:
    """Draw (batch, timesteps, rows): a sheet per sample, the first in front with its numbers, and the three axes."""
    batch, timesteps, _ = array.shape
    width, height = timesteps * WIDTH, len(roles) * HEIGHT
    right, bottom = LEFT + width, top + height
    letter = "k" if rows == "features" else "u"
    for b in reversed(range(batch)):
        left, upper = LEFT + b * DEPTH_X, top - b * DEPTH_Y
        box(axes, left - 3, upper - 3, width + 3, height + 3, edge=None, gid=f"{name}-sheet-b{b}")
        for k, role in enumerate(roles):
            for t in range(timesteps):
                place = left + t * WIDTH, upper + k * HEIGHT, WIDTH - 3, HEIGHT - 3
                if b == 0:
                    value_box(axes, *place, array[b, t, k], role, gid=f"{name}-t{t}-{letter}{k}", digits=digits)
                else:
                    cell = f"{name}-t{t}-{letter}{k}-b{b}"
                    box(axes, *place, fill=f"{role}-soft", edge=role, radius=3, line_width=1, gid=cell)
    back_x, back_y = (batch - 1) * DEPTH_X, (batch - 1) * DEPTH_Y
    wire(axes, [(LEFT - 10, top), (LEFT - 10, bottom - 3)], role="ink")
    wire(axes, [(LEFT, bottom + 7), (right - 3, bottom + 7)], role="ink")
    wire(axes, [(right + 5, bottom - 3), (right + back_x + 5, bottom - back_y - 3)], role="ink")
    label(axes, LEFT - 42, top + height / 2 - 13, rows)
    entry(axes, LEFT - 42, top + height / 2 + 9, array, 2, f"{name}-axis")
    label(axes, LEFT + width / 2 + 10, bottom + 23, "timesteps", align="right")
    entry(axes, LEFT + width / 2 + 27, bottom + 23, array, 1, f"{name}-axis")
    label(axes, right + 62, bottom - 2, "batch", align="right")
    entry(axes, right + 79, bottom - 2, array, 0, f"{name}-axis")


def shape(axes: Axes, name: str, array: Array, y: float, names_y: float, last: str) -> None:
    """Write the shape of an array, the name of each axis at its entry."""
    label(axes, COLUMNS[0] - 28, y, f"{name}.shape", align="right", bold=True)
    label(axes, COLUMNS[0] - 18, y, "(", size=HEADING)
    for axis, place in enumerate(COLUMNS):
        entry(axes, place, y, array, axis, f"{name}-shape")
        label(axes, place + 18, y, ",,)"[axis], size=HEADING)
        label(axes, place, names_y, ("batch", "timesteps", last)[axis])


def entry(axes: Axes, x: float, y: float, array: Array, axis: int, gid: str) -> None:
    """Write one number of a shape; the last, which the layer changes, in a darker frame."""
    box(axes, x - 11, y - 11, 22, 22, edge="ink" if axis == 2 else "wire")
    label(axes, x, y, str(array.shape[axis]), size=HEADING, bold=True, gid=f"{gid}-{axis}")
