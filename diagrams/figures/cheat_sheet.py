"""One page of A4 to print and pin up: no figure of a page, but made of the figures' parts and runs.

Nothing is told by colour alone: units and gates carry their names, c is a thick line, and what is marked is hatched.
"""

import os
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from diagrams import LICENCE, SITE
from diagrams.palette import colour
from diagrams.parts import box, brace, canvas, label, number, wire
from lstm_ref import layouts, unit_columns
from lstm_ref.examples import BATCH, FEATURES, TIMESTEPS, UNITS, worked_input, worked_layer

TITLE = "What LSTM(units) means"
SAID = (
    "units is how many memories the layer has, and so how many numbers it returns for each sequence. "
    f"On this sheet: LSTM({UNITS}) reads {BATCH} sequences of {TIMESTEPS} timesteps with {FEATURES} features."
)
ALT = (
    f"{TITLE}, on one page: a grid of units and timesteps, the shapes that come back for each setting of "
    "return_sequences and return_state, the three weight arrays with the columns of one unit, the six equations, "
    "the names in Keras and in PyTorch, and the five error messages that readers ask about most."
)

POINTS = 72 / 25.4  # in a millimetre
WIDTH, HEIGHT = 297 * POINTS, 210 * POINTS
LEFT, MIDDLE, RIGHT = 30, 358, WIDTH - 30  # left edge, start of the right column, right edge
LEFT_END = 336
HEAD, BODY, NOTE = 10.5, 8.0, 7.5
UNIT = 2  # whose columns are marked
GATES = {"i": "input", "f": "forget", "g": "candidate", "o": "output"}

EQUATIONS = [
    (r"$i_t = \sigma(x_t W_i + h_{t-1} U_i + b_i)$", "input gate, 0 to 1"),
    (r"$f_t = \sigma(x_t W_f + h_{t-1} U_f + b_f)$", "forget gate, 0 to 1"),
    (r"$g_t = \tanh(x_t W_g + h_{t-1} U_g + b_g)$", "candidate, −1 to 1"),
    (r"$o_t = \sigma(x_t W_o + h_{t-1} U_o + b_o)$", "output gate, 0 to 1"),
    (r"$c_t = f_t \odot c_{t-1} + i_t \odot g_t$", "cell state"),
    (r"$h_t = o_t \odot \tanh(c_t)$", "hidden state"),
]
# Each was raised by a program of docs/evidence, and each fix ran there: (system, message, fix).
ERRORS = [
    (
        "PyTorch",
        "Expected hidden[0] size (1, 2, 4), got [2, 1, 4]",
        "h and c are (layers × directions, batch, hidden_size), even with batch_first=True.",
    ),
    (
        "Keras",
        "expected ndim=3, found ndim=2. Full shape received: (32, 8)",
        "Add the missing axis: x[:, :, np.newaxis] if 8 is timesteps, x[:, np.newaxis, :] if 8 is features.",
    ),
    (
        "Keras",
        "the batch size of the input sequences must be the same",
        "A stateful layer keeps one state for each row. For another batch size, give its weights to a second layer.",
    ),
    (
        "Keras",
        "expected ndim=3, found ndim=2. Full shape received: (None, 4)",
        "If an LSTM stands before this layer, give that LSTM return_sequences=True.",
    ),
    (
        "Keras",
        "the batch size must be static",
        "stateful=True needs the batch size: keras.Input(batch_shape=(2, 5, 3)), not keras.Input((5, 3)).",
    ),
]


def draw() -> Figure:
    figure, axes = canvas(WIDTH, HEIGHT)
    label(axes, LEFT, 34, TITLE, size=22, align="left", bold=True)
    label(axes, LEFT, 55, SAID, size=8.8, align="left")
    chain(axes, 80)
    weights(axes, 280)
    equations(axes, 462)
    returns(axes, 80)
    names(axes, 246)
    errors(axes, 431)
    rule(axes, LEFT, RIGHT, 569, "wire", 0.8)
    home = os.environ.get("SITE_URL", "")
    label(axes, LEFT, 579, f"{SITE}, figure cheat-sheet" + f": {home}" * bool(home), size=NOTE, align="left")
    label(axes, RIGHT, 579, LICENCE, size=NOTE, align="right")
    return figure


def heading(axes: Axes, left: float, right: float, y: float, words: str) -> None:
    rule(axes, left, right, y - 11, "ink", 1.2)
    label(axes, left, y, words, size=HEAD, align="left", bold=True)


def rule(axes: Axes, left: float, right: float, y: float, role: str = "line", width: float = 0.6) -> None:
    wire(axes, [(left, y), (right, y)], role, width, arrow=False)


def hatched(axes: Axes, x: float, y: float, width: float, height: float) -> None:
    """Mark a cell so that a printer without colours marks it too."""
    fill, ink = colour("line"), colour("ink")
    axes.add_artist(Rectangle((x, y), width, height, facecolor=fill, edgecolor=ink, hatch="/////", linewidth=0))


def chain(axes: Axes, y: float) -> None:
    heading(axes, LEFT, LEFT_END, y, "Units are rows, timesteps are columns")
    trace = worked_layer().trace(worked_input())
    width, height, gap, row, first, top = 35, 18, 19, 24, LEFT + 48, y + 28
    lefts = [first + t * (width + gap) for t in range(TIMESTEPS)]
    tops = [top + j * row for j in range(UNITS)]
    bottom = tops[-1] + height
    for t, left in enumerate(lefts):
        middle, last = left + width / 2, t == TIMESTEPS - 1
        around = left - 4, top - 4, width + 8, bottom - top + 8
        box(axes, *around, fill="band", edge="ink" if last else None, line_width=1.8, dashed=last)
        label(axes, middle, y + 16, f"t = {t + 1}", size=BODY)
        wire(axes, [(middle, bottom + 15), (middle, bottom + 5)], "ink", 1.2)
        label(axes, middle, bottom + 22, f"x{'₁₂₃₄₅'[t]}", size=BODY, bold=True)
    for left in lefts[:-1]:
        for here in tops:
            for there in tops:
                ends = [(left + width, here + 5), (left + width + gap, there + 5)]
                wire(axes, ends, "muted", 0.5, arrow=False)
            wire(axes, [(left + width, here + 13), (left + width + gap, here + 13)], "cell", 2)
    for j, place in enumerate(tops):
        label(axes, LEFT, place + height / 2, f"unit {j}", f"unit-{j}", BODY, align="left", bold=True)
        for t, left in enumerate(lefts):
            box(axes, left, place, width, height, f"unit-{j}-soft", f"unit-{j}", radius=3, line_width=0.9)
            text = number(trace.h[0, t, j])
            label(axes, left + width - 4, place + height / 2, text, size=BODY, align="right", gid=f"h-t{t}-u{j}")
    label(axes, LEFT, bottom + 22, f"{FEATURES} features", size=NOTE, align="left")
    y = bottom + 39
    label(axes, LEFT, y, f"In the boxes: h of the first of the {BATCH} sequences.", size=NOTE, align="left")
    wire(axes, [(LEFT, y + 12), (LEFT + 20, y + 12)], "cell", 2)
    label(axes, LEFT + 26, y + 12, "c: private to its unit", size=NOTE, align="left")
    for j in range(UNITS):
        wire(axes, [(LEFT + 144, y + 8 + 2.7 * j), (LEFT + 164, y + 12)], "muted", 0.5, arrow=False)
    label(axes, LEFT + 170, y + 12, f"h: read by all {UNITS} units", size=NOTE, align="left")
    words = "Dashed frame: the last h, which is y of return_sequences=False."
    label(axes, LEFT, y + 24, words, size=NOTE, align="left")


def weights(axes: Axes, y: float) -> None:
    heading(axes, LEFT, LEFT_END, y, "Where the weights are: 4 columns for each unit")
    layer, mine = worked_layer(), unit_columns(UNITS, UNIT)
    arrays = dict(zip(("kernel", "recurrent_kernel", "bias"), layer.get_weights(), strict=True))
    reads = [[f"x{k}" for k in range(FEATURES)], [f"h{k}" for k in range(UNITS)], [""]]
    cell, row, gap, first, top = 13.0, 10.5, 5, LEFT_END - 4 * UNITS * 13.0, y + 43
    for block, (gate, meaning) in enumerate(GATES.items()):
        left = first + block * UNITS * cell
        right, middle = left + UNITS * cell, left + UNITS * cell / 2
        label(axes, middle, y + 15, f"{gate}: {meaning}", f"gate-{gate}", size=7, bold=True)
        brace(axes, left + 2, right - 2, y + 23, depth=3, role=f"gate-{gate}")
    for column in range(4 * UNITS):
        middle, is_mine = first + (column + 0.5) * cell, column in mine
        label(axes, middle, top - 8, str(column), size=NOTE, bold=is_mine, gid=f"column-{column}")
    place = float(top)
    for (name, array), rows in zip(arrays.items(), reads, strict=True):
        height = len(rows) * row
        one_line = len(rows) == 1
        shape_at = (LEFT + 24, place + row / 2) if one_line else (LEFT, place + 16)
        label(axes, LEFT, place + row / 2, name, size=NOTE, align="left", bold=True)
        label(axes, *shape_at, str(array.shape), size=NOTE, align="left", gid=f"{name}-shape")
        for k, reader in enumerate(rows):
            label(axes, first - 5, place + (k + 0.5) * row, reader, size=NOTE, align="right")
        for column in range(4 * UNITS):
            corner = first + column * cell, place
            for k in range(len(rows)):
                box(axes, corner[0], place + k * row, cell, row, "paper", "wire", radius=0, line_width=0.5)
            if column in mine:
                hatched(axes, *corner, cell, height)
        for block in range(4):
            left = first + block * UNITS * cell
            sides = [
                (left, place),
                (left + UNITS * cell, place),
                (left + UNITS * cell, place + height),
                (left, place + height),
            ]
            wire(axes, [*sides, sides[0]], "ink", 1.1, arrow=False)
        place += height + gap
    share = sum(array[..., mine].size for array in arrays.values())
    sums = f"columns {', '.join(map(str, mine))}: 4 × ({FEATURES} + {UNITS} + 1) = {share} weights"
    hatched(axes, LEFT, place + 3, 10, 8)
    label(axes, LEFT + 15, place + 7, f"unit {UNIT}:", size=BODY, align="left", bold=True)
    label(axes, LEFT + 48, place + 7, sums, size=BODY, align="left", gid="unit-size")
    label(axes, LEFT, place + 20, "layer:", size=BODY, align="left", bold=True)
    total = f"4 · N · (F + N + 1) = 4 · {UNITS} · ({FEATURES} + {UNITS} + 1) = {layer.count_params()} weights"
    label(axes, LEFT + 48, place + 20, total, size=BODY, align="left", gid="layer-size")


def equations(axes: Axes, y: float) -> None:
    heading(axes, LEFT, LEFT_END, y, "One timestep: six equations")
    for k, (equation, meaning) in enumerate(EQUATIONS):
        label(axes, LEFT, y + 16 + 13.5 * k, equation, size=9.5, align="left")
        label(axes, LEFT + 198, y + 16 + 13.5 * k, meaning, size=NOTE, align="left")
    words = "W, U, b: blocks of kernel, recurrent_kernel, bias. ⊙ multiplies entry by entry."
    label(axes, LEFT, y + 98, words, size=NOTE, align="left")


def returns(axes: Axes, y: float) -> None:
    x, layer = worked_input(), worked_layer()
    heading(axes, MIDDLE, RIGHT, y, f"What comes back? x {x.shape} = (batch, timesteps, features), units = {UNITS}")
    columns = MIDDLE, MIDDLE + 84, MIDDLE + 146, MIDDLE + 190, MIDDLE + 330
    y = table_head(axes, columns, y, ["return_sequences", "return_state", "Keras", "shapes", "the same in PyTorch"])
    same = {
        (False, False): "h_n[-1]",
        (True, False): "output",
        (False, True): "h_n[-1], h_n[-1], c_n[-1]",
        (True, True): "output, h_n[-1], c_n[-1]",
    }
    for (sequences, state), of_torch in same.items():
        result = worked_layer(return_sequences=sequences, return_state=state)(x)
        shapes = ", ".join(str(array.shape) for array in (result if state else (result,)))
        names = "y, h, c" if state else "y"
        gid = f"shapes-sequences-{sequences}-state-{state}".lower()
        row(axes, columns, y, [str(sequences), str(state), names, shapes, of_torch], bold=(sequences, state), gid=gid)
        y += 14
    label(axes, MIDDLE, y, f"Bidirectional(LSTM({UNITS})), which concatenates:", size=BODY, align="left")
    y += 13
    for sequences, of_torch in ((False, "h_n[0], h_n[1], joined"), (True, "output")):
        run = [worked_layer(return_sequences=sequences, go_backwards=back)(x) for back in (False, True)]
        shape = str(np.concatenate(run, axis=-1).shape)
        gid = f"both-sequences-{sequences}".lower()
        row(axes, columns, y, [str(sequences), "False", "y", shape, of_torch], bold=(sequences, False), gid=gid)
        y += 14
    every, h, c = worked_layer(return_sequences=True, return_state=True)(x)
    torch = f"output {every.shape}, (h_n {h[np.newaxis].shape}, c_n {c[np.newaxis].shape})"
    call = f"PyTorch has no such flags. nn.LSTM({FEATURES}, {layer.units}, batch_first=True)(x) always returns"
    label(axes, MIDDLE, y + 1, call, size=BODY, align="left")
    label(axes, MIDDLE, y + 13, torch, size=BODY, align="left", bold=True, gid="torch-shapes")
    words = "first axis of h_n and c_n: layers × directions"
    label(axes, RIGHT, y + 13, words, size=NOTE, align="right")


def table_head(axes: Axes, columns: Sequence[float], y: float, words: Sequence[str]) -> float:
    """Write the head of a table; return where its first row stands."""
    for x, word in zip(columns, words, strict=True):
        label(axes, x, y + 17, word, size=NOTE, align="left", bold=True)
    rule(axes, MIDDLE, RIGHT, y + 24, "wire", 0.8)
    return y + 33


def row(
    axes: Axes, columns: Sequence[float], y: float, words: Sequence[str], bold: Sequence[bool] = (), gid: str = ""
) -> None:
    """Write a row of a table and a line below it; `gid` is for its column of shapes, the last but one."""
    for k, (x, word) in enumerate(zip(columns, words, strict=True)):
        of_shapes = gid if k == len(words) - 2 else ""
        label(axes, x, y, word, size=BODY, align="left", bold=k < len(bold) and bold[k], gid=of_shapes or None)
    rule(axes, MIDDLE, RIGHT, y + 7)


def names(axes: Axes, y: float) -> None:
    heading(axes, MIDDLE, RIGHT, y, "Names: the same thing in Keras and in PyTorch (one layer, one direction)")
    columns = MIDDLE, MIDDLE + 130, MIDDLE + 298
    y = table_head(axes, columns, y, ["what", "Keras, and this site", "PyTorch: nn.LSTM"])
    keras = worked_layer().get_weights()
    kernel, recurrent, bias = (str(array.shape) for array in keras)
    torch = layouts.to_pytorch(*keras)
    ih, hh, one, other = (str(array.shape) for array in torch)
    both = one if one == other else f"{one}, {other}"
    total, of_torch = (sum(array.size for array in arrays) for arrays in (keras, torch))
    lines = [
        ("N: numbers in h, and in c", "units", "hidden_size"),
        ("F: numbers in one timestep", "features, the last axis of x", "input_size"),
        ("axes of x", "batch, timesteps, features", "the same with batch_first=True"),
        ("W of all gates", f"kernel {kernel}", f"weight_ih_l0 {ih}, transposed"),
        ("U of all gates", f"recurrent_kernel {recurrent}", f"weight_hh_l0 {hh}, transposed"),
        ("b of all gates", f"bias {bias}", f"bias_ih_l0 + bias_hh_l0, {both} each"),
        ("order of the gates", "i f g o (Keras writes c for g)", "i f g o"),
        ("h of every timestep", "y, with return_sequences=True", "output"),
        ("last h, last c", "h, c, with return_state=True", "h_n, c_n"),
        ("weights in all", str(total), f"{of_torch}: it has two biases"),
    ]
    for k, line in enumerate(lines):
        for column, (x, word) in enumerate(zip(columns, line, strict=True)):
            gid = f"name-{k}-{('what', 'keras', 'torch')[column]}" if any(map(str.isdigit, word)) else None
            label(axes, x, y, word, size=BODY, align="left", gid=gid)
        rule(axes, MIDDLE, RIGHT, y + 7)
        y += 14


def errors(axes: Axes, y: float) -> None:
    heading(axes, MIDDLE, RIGHT, y, "Five error messages that are asked about most, and what mends them")
    for k, (system, message, fix) in enumerate(ERRORS):
        place = y + 16 + 24 * k
        label(axes, MIDDLE, place, system, size=NOTE, align="left")
        label(axes, MIDDLE + 42, place, message, size=BODY, align="left", bold=True)
        label(axes, MIDDLE + 42, place + 11, fix, size=NOTE, align="left")
