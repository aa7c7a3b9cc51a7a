"""The grid of h and the last c, and which of their cells come back for each return_sequences and return_state."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, brace, canvas, label, value_box
from lstm_ref.examples import TIMESTEPS, UNITS, worked_input, worked_layer

TITLE = "What do return_sequences and return_state return?"
ALT = (
    f"A grid of the hidden state h with {UNITS} rows, the units, and {TIMESTEPS} columns, the timesteps, and beside it "
    "the cell state c of the last timestep. Below it the same grid four times, with the cells that come back filled. "
    "With return_sequences=False y is the last column of h, with True it is all columns; both times all rows. With "
    "return_state=True the last column of h and the last c come back as well. No earlier c ever comes back."
)
CAPTION = (
    "`return_sequences` chooses columns, which are timesteps: the last one, or all. It never chooses rows: all "
    f"{UNITS} units come back either way. `return_state` adds the last h and the last c; no setting returns c of every "
    "timestep."
)

LEFT, TOP, WIDTH, HEIGHT, APART = 94, 44, 46, 26, 26  # the large grid; between h and c
CELL, ROW, PANEL = 22, 14, 203  # the small grids; width of a panel


def draw() -> Figure:
    x = worked_input()
    trace = worked_layer().trace(x)
    _, timesteps, units = trace.h.shape
    figure, axes = canvas(430, 478)
    right = LEFT + timesteps * WIDTH
    columns = [("h", t, LEFT + t * WIDTH, trace.h) for t in range(timesteps)]
    columns.append(("c", timesteps - 1, right + APART, trace.c))
    label(axes, (LEFT + right - 3) / 2, 13, "h", role="hidden", bold=True)
    label(axes, right + APART + (WIDTH - 3) / 2, 13, "c", role="cell", bold=True)
    label(axes, LEFT - 12, 32, "b = 0", role="muted", align="right")
    for name, t, left, array in columns:
        label(axes, left + (WIDTH - 3) / 2, 32, f"t = {t + 1}", role="muted")
        for j in range(units):
            place = left, TOP + j * HEIGHT, WIDTH - 3, HEIGHT - 3
            value_box(axes, *place, array[0, t, j], f"unit-{j}", gid=f"{name}-t{t}-u{j}")
    for j in range(units):
        y = TOP + j * HEIGHT + (HEIGHT - 3) / 2
        label(axes, LEFT - 12, y, f"unit {j}", role=f"unit-{j}", align="right", bold=True)

    for sequences in (False, True):
        for state in (False, True):
            result = worked_layer(return_sequences=sequences, return_state=state)(x)
            shapes = [array.shape for array in (result if state else (result,))]
            left, top, height = 8 + sequences * (PANEL + 8), 164 + state * 146, 138 + state * 22
            gid = f"sequences-{sequences}-state-{state}".lower()
            box(axes, left, top, PANEL, height, fill="band", edge=None, gid=gid)
            for line, (name, value) in enumerate({"return_sequences": sequences, "return_state": state}.items()):
                label(axes, left + 12, top + 15 + 18 * line, f"{name}={value}", align="left", bold=value)
            returned(axes, left + 12, top + 74, timesteps, units, shapes, gid)
    return figure


def returned(
    axes: Axes, left: float, top: float, timesteps: int, units: int, shapes: list[tuple[int, ...]], gid: str
) -> None:
    """Draw the grid in small, what comes back filled, and a bracket with name and shape at each array."""
    right, bottom, c_left = left + timesteps * CELL, top + units * ROW, left + timesteps * CELL + APART / 2
    last = timesteps - 1
    first = 0 if len(shapes[0]) == 3 else last
    columns = [("h", t, left + t * CELL, t >= first) for t in range(timesteps)]
    columns.append(("c", last, c_left, len(shapes) == 3))
    cells = [(not back, j, name, t, x) for j in range(units) for name, t, x, back in columns]
    for kept, j, name, t, x in sorted(cells):  # those of one colour together
        fill, edge = ("paper", "line") if kept else (f"unit-{j}", f"unit-{j}")
        cell = f"_{'kept' if kept else 'back'}-{gid}-{name}-t{t}-u{j}"
        box(axes, x, top + j * ROW, CELL - 3, ROW - 3, fill, edge, radius=2, line_width=1, gid=cell)
    start = left + first * CELL
    brace(axes, start, right - 3, top - 9, depth=5, role="ink")
    label(axes, start, top - 20, f"y {shapes[0]}", align="left", bold=True, gid=f"y-{gid}")
    if len(shapes) == 3:
        brace(axes, left + last * CELL, right - 3, bottom + 6, depth=-5, role="ink")
        label(axes, right - 3, bottom + 17, f"h {shapes[1]}", "hidden", align="right", bold=True, gid=f"h-{gid}")
        brace(axes, c_left, c_left + CELL - 3, bottom + 6, depth=-5, role="ink")
        label(axes, c_left, bottom + 17, f"c {shapes[2]}", "cell", align="left", bold=True, gid=f"c-{gid}")
