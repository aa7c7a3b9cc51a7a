"""The three weight arrays as blocks by gate, with the four columns of one unit outlined through all of them."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, brace, canvas, label, wire
from lstm_ref import unit_columns
from lstm_ref.examples import worked_layer

TITLE = "Which weights belong to one unit of LSTM(4)?"
LAYER, UNIT = worked_layer(), 2
UNITS, COLUMNS = LAYER.units, unit_columns(LAYER.units, UNIT)
TOTAL, SHARE = LAYER.count_params(), sum(array[..., COLUMNS].size for array in LAYER.get_weights())
ALT = (
    "The three weight arrays of one LSTM layer above one another, their columns aligned: kernel with a row for each "
    "feature, recurrent_kernel with a row for each unit, and bias with a single row. The columns form four blocks, one "
    "for each gate: i, f, g (which Keras names c) and o. Outlines run through all three arrays around one column of "
    f"each block, always at the same place in the block: columns {', '.join(map(str, COLUMNS))}. Together they are "
    f"unit {UNIT}, {SHARE} of the layer's {TOTAL} weights."
)
CAPTION = (
    f"`LSTM({UNITS})` on {len(LAYER.kernel)} features is one layer with three fused arrays, {TOTAL} numbers in all. "
    f"Unit {UNIT} is the same four columns of each, one in each block: {SHARE} numbers."
)

LEFT, TOP, CELL, GAP = 129, 72, 17.5, 16
GATES = [("i", "input"), ("f", "forget"), ("g (Keras: c)", "candidate"), ("o", "output")]


def draw() -> Figure:
    arrays = dict(zip(("kernel", "recurrent_kernel", "bias"), LAYER.get_weights(), strict=True))
    rows = [[f"x{k}" for k in range(len(LAYER.kernel))], [f"h{k}" for k in range(UNITS)], [""]]
    bottom = TOP + CELL * sum(map(len, rows)) + 2 * GAP
    figure, axes = canvas(LEFT + 4 * UNITS * CELL + 8, bottom + 66)

    label(axes, 8, 13, f"LSTM({UNITS})", align="left", bold=True)
    label(axes, 8, 29, "one layer, 3 arrays", role="muted", size=SMALL, align="left")
    for block, (gate, meaning) in enumerate(GATES):
        left, right, role = LEFT + block * UNITS * CELL, LEFT + (block + 1) * UNITS * CELL, f"gate-{gate[0]}"
        label(axes, (left + right) / 2, 13, gate, role=role, bold=True)
        label(axes, (left + right) / 2, 29, meaning, role=role, size=SMALL)
        brace(axes, left + 2, right - 2, 41, depth=4, role=role)
    y = float(TOP)
    for (name, array), names in zip(arrays.items(), rows, strict=True):
        label(axes, 8, y + 9, name, size=SMALL, align="left")
        label(axes, 8, y + 24, str(array.shape), role="muted", size=SMALL, align="left", gid=f"{name}-shape")
        label(axes, 8, y + 39, f"{array.size} weights", role="muted", size=SMALL, align="left", gid=f"{name}-size")
        for row, reads in enumerate(names):
            middle, role = y + (row + 0.5) * CELL, "input" if name == "kernel" else "hidden"
            label(axes, LEFT - 7, middle, reads, role=role, size=SMALL, align="right")
            for column in range(4 * UNITS):
                fill = f"gate-{GATES[column // UNITS][0][0]}" + ("" if column in COLUMNS else "-soft")
                corner = LEFT + column * CELL, y + row * CELL
                box(axes, *corner, CELL, CELL, fill, edge="paper", radius=0, gid=f"{name}-r{row}-c{column}")
        y += CELL * len(names) + GAP
    total = f"{' + '.join(str(array.size) for array in arrays.values())} = {TOTAL}"
    label(axes, 8, bottom + 50, total, size=SMALL, align="left", bold=True, gid="layer-size")
    mark_unit(axes, bottom)
    middle, role = LEFT + (COLUMNS[0] + COLUMNS[-1] + 1) / 2 * CELL, f"unit-{UNIT}"
    label(axes, middle, bottom + 32, f"unit {UNIT}: one column for each gate", role=role, bold=True)
    sums = f"{len(COLUMNS)} × ({' + '.join(str(len(names)) for names in rows)}) = {SHARE} weights"
    label(axes, middle, bottom + 50, sums, role=role, gid="unit-size")
    return figure


def mark_unit(axes: Axes, bottom: float) -> None:
    role = f"unit-{UNIT}"
    middles = [LEFT + (column + 0.5) * CELL for column in range(4 * UNITS)]
    for column, middle in enumerate(middles):
        mine = column in COLUMNS
        label(axes, middle, TOP - 15, str(column), role=role if mine else "muted", size=SMALL, gid=f"column-{column}")
    for column in COLUMNS:
        middle, top, end = middles[column], TOP - 5, bottom + 5
        left, right = middle - CELL / 2, middle + CELL / 2
        stem = [(middle, end + 10), (middle, end)]
        corners = [*stem, (right, end), (right, top), (left, top), (left, end), (middle, end)]
        wire(axes, corners, role=role, width=2, arrow=False, gid=f"outline-c{column}")
    ends = [(middles[COLUMNS[0]] - 1, bottom + 15), (middles[COLUMNS[-1]] + 1, bottom + 15)]
    wire(axes, ends, role=role, width=2, arrow=False, gid="unit-brace")
