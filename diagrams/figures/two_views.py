"""One step of LSTM(4) drawn twice: as one box between vectors, and as four boxes between scalars."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, SMALL, box, canvas, label, value_box, wire
from lstm_ref.examples import UNITS, worked_input, worked_layer
from lstm_ref.types import Array

STEP = 2  # the step that is drawn, counted from 0

TITLE = "One box with vectors, or N units with scalars?"
ALT = (
    f"One step of LSTM({UNITS}), from t = {STEP} to t = {STEP + 1}, drawn twice. Above, as one box: the vectors h and "
    f"c, {UNITS} numbers each, enter on the left, x from below, and the new h and c leave on the right. Below, as "
    f"{UNITS} boxes, one for each unit: each has one h and one c of its own. Its c goes straight through its box; the "
    "old h of all units run to every box. All numbers are the same in both drawings."
)
CAPTION = (
    f"The same step of `LSTM({UNITS})` twice, with the same numbers. A vector of {UNITS} is {UNITS} units side by "
    "side: entry j of h and c belongs to unit j. Both drawings are right; only the second shows who reads what."
)

WIDTH = 424
CELL_WIDTH, CELL = 50, 19
BEFORE, AFTER = 34, WIDTH - 34 - CELL_WIDTH  # left edges of the cells
LAYER_LEFT, LAYER_RIGHT = 124, WIDTH - 124  # edges of the layer
UNIT_LEFT, UNIT_RIGHT, UNIT_HEIGHT = 202, LAYER_RIGHT - 8, 42


def draw() -> Figure:
    x = worked_input()[:1]
    trace = worked_layer().trace(x)
    states = {(name, t): getattr(trace, name)[0, t] for name in "hc" for t in (STEP - 1, STEP)}
    figure, axes = canvas(WIDTH, 558)
    vector_view(axes, 0, states, x[0, STEP])
    unit_view(axes, 274, states, x[0, STEP])
    return figure


def vector_view(axes: Axes, top: float, states: dict[tuple[str, int], Array], x: Array) -> None:
    label(axes, WIDTH / 2, top + 14, "One step as one box: each wire a vector", bold=True)
    height = 8 * CELL + 24
    box(axes, LAYER_LEFT, top + 34, LAYER_RIGHT - LAYER_LEFT, height, fill="band", edge="ink", gid="layer-a")
    label(axes, WIDTH / 2, top + 34 + height / 2, f"LSTM({UNITS})", size=HEADING, bold=True, gid="units-a")
    for name, first in (("h", top + 39), ("c", top + 53 + 4 * CELL)):
        middle = first + 2 * CELL
        for t, left, start, end in (
            (STEP - 1, BEFORE, BEFORE + CELL_WIDTH + 3, LAYER_LEFT - 1),
            (STEP, AFTER, LAYER_RIGHT, AFTER - 4),
        ):
            role = "hidden" if name == "h" else "cell"
            state_name(axes, name, t, left, middle)
            box(axes, left - 3, first - 3, CELL_WIDTH + 6, 4 * CELL + 6, edge=role, gid=f"vector-{name}-t{t}")
            wire(axes, [(start, middle), (end, middle)], role, 4, gid=f"{name}-wire-t{t}")
            label(axes, (start + end) / 2 - 3, middle - 13, str(len(states[name, t])), gid=f"width-{name}-t{t}")
            for j, value in enumerate(states[name, t]):
                y = first + j * CELL
                value_box(axes, left, y, CELL_WIDTH, CELL, value, f"unit-{j}", gid=f"a-{name}-t{t}-u{j}")
    bottom = top + 34 + height
    width = len(x) * CELL_WIDTH + 6
    box(axes, (WIDTH - width) / 2, bottom + 23, width, CELL + 6, edge="input", gid=f"vector-x-t{STEP}")
    wire(axes, [(WIDTH / 2, bottom + 23), (WIDTH / 2, bottom + 1)], "input", 4, gid="x-wire")
    features(axes, bottom, x, "a")
    label(axes, WIDTH / 2 + 14, bottom + 11, str(len(x)), "ink", align="left", gid=f"width-x-t{STEP}")


def unit_view(axes: Axes, top: float, states: dict[tuple[str, int], Array], x: Array) -> None:
    label(axes, WIDTH / 2, top + 14, f"The same step as {UNITS} units: each wire one number", bold=True, gid="units-b")
    row = UNIT_HEIGHT + 8
    bottom = top + 34 + UNITS * row
    box(axes, LAYER_LEFT, top + 34, LAYER_RIGHT - LAYER_LEFT, UNITS * row, fill="band", edge="ink", gid="layer-b")
    tops = [top + 38 + j * row for j in range(UNITS)]
    h_line, c_line = 2 + CELL / 2, UNIT_HEIGHT - 2 - CELL / 2
    for j, y in enumerate(tops):
        lead = [(BEFORE + CELL_WIDTH, y + h_line), (LAYER_LEFT + 10, y + h_line)]
        wire(axes, lead, f"unit-{j}", 1.2, arrow=False, gid=f"h-wire-u{j}-in")
        for k, other in enumerate(tops):
            ends = [(LAYER_LEFT + 10, y + h_line), (UNIT_LEFT, other + h_line)]
            wire(axes, ends, f"unit-{j}", 0.9, arrow=False, gid=f"h-wire-u{j}-to-u{k}")
        wire(axes, [(UNIT_RIGHT, y + h_line), (AFTER, y + h_line)], f"unit-{j}", 1.2, gid=f"h-wire-u{j}-out")
    for j, y in enumerate(tops):
        box(axes, UNIT_LEFT, y, UNIT_RIGHT - UNIT_LEFT, UNIT_HEIGHT, f"unit-{j}-soft", f"unit-{j}", gid=f"unit-u{j}")
        label(axes, (UNIT_LEFT + UNIT_RIGHT) / 2, y + h_line, f"unit {j}", f"unit-{j}", bold=True)
        wire(axes, [(BEFORE + CELL_WIDTH, y + c_line), (AFTER, y + c_line)], "cell", 2.4, gid=f"c-wire-u{j}")
        for t, left in ((STEP - 1, BEFORE), (STEP, AFTER)):
            for name, line in (("h", h_line), ("c", c_line)):
                state_name(axes, name, t, left, y + line)
                value = states[name, t][j]
                value_box(
                    axes, left, y + line - CELL / 2, CELL_WIDTH, CELL, value, f"unit-{j}", gid=f"b-{name}-t{t}-u{j}"
                )
    features(axes, bottom, x, "b")
    for k in range(len(x)):
        middle = WIDTH / 2 + (k - (len(x) - 1) / 2) * CELL_WIDTH
        wire(axes, [(middle, bottom + 26), (middle, bottom + 1)], "input", 1.2, gid=f"x-wire-k{k}")
    label(axes, WIDTH / 2 + 1.5 * CELL_WIDTH + 8, bottom + 26 + CELL / 2, "read by all units", "input", SMALL, "left")


def state_name(axes: Axes, name: str, t: int, left: float, y: float) -> None:
    role = "hidden" if name == "h" else "cell"
    x, align = (left - 8, "right") if left == BEFORE else (left + CELL_WIDTH + 8, "left")
    label(axes, x, y, f"{name}{'₁₂₃₄₅'[t]}", role=role, align=align, bold=True)


def features(axes: Axes, bottom: float, x: Array, view: str) -> None:
    left = WIDTH / 2 - len(x) * CELL_WIDTH / 2
    label(axes, left - 8, bottom + 26 + CELL / 2, f"x{'₁₂₃₄₅'[STEP]}", role="input", align="right", bold=True)
    for k, value in enumerate(x):
        gid = f"{view}-x-t{STEP}-k{k}"
        value_box(axes, left + k * CELL_WIDTH, bottom + 26, CELL_WIDTH, CELL, value, "input", gid, digits=1)
