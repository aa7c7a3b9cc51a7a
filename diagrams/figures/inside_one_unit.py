"""The wiring of one unit at the step where the latch stores a value, with the number on every wire."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, canvas, label, node, number, value_box, wire
from lstm_ref.examples import latch

STEP = 1  # `write` is up
LAYER, X = latch()
TRACE = LAYER.trace(X)
NOW = {name: getattr(TRACE, name)[0, STEP, 0] for name in "ifgoch"}
BEFORE = {name: getattr(TRACE, name)[0, STEP - 1, 0] for name in "ch"}
WEIGHTS = LAYER.get_weights()
Z = dict(zip("ifgo", X[0, STEP] @ WEIGHTS[0] + BEFORE["h"] * WEIGHTS[1][0] + WEIGHTS[2], strict=True))
SUBSCRIPTS = "₁₂₃₄₅₆₇₈₉"

TITLE = "What happens inside one unit at one step?"
ALT = (
    "The wiring of one unit at one step, read from left to right. The old c is multiplied by f (keep). The candidate g "
    "is multiplied by i (write). Their sum is the new c. tanh of the new c, multiplied by o (show), is the new h. Each "
    f"of f, i, g and o comes from a box that reads all features and the old h. Here f = {number(NOW['f'])}, i = "
    f"{number(NOW['i'])}, g = {number(NOW['g'])}, o = {number(NOW['o'])}; c goes from {number(BEFORE['c'])} to "
    f"{number(NOW['c'])}, and h is {number(NOW['h'])}."
)
CAPTION = (
    "One unit with weights set by hand, which ignores h. Each of the four boxes squashes its own weighted sum of x and h, "
    "plus a bias. `keep` is the forget gate f: how much of the old c stays. `write` is the input gate i: how much of the "
    "candidate g goes in. `show` is the output gate o: how much of tanh(c) comes out as h. In `LSTM(N)` each box reads the "
    "h of all N units."
)

WIDTH, HEIGHT = 480, 340
LEFT, RIGHT, TOP, BOTTOM = 62, 418, 26, 278  # the unit
GATES = {"f": (105, 74, "keep", "σ"), "i": (182, 74, "write", "σ"), "g": (268, 92, "candidate", "tanh")}
GATES["o"] = 354, 74, "show", "σ"
GATE_HEIGHT, GATE_TOP = 40, 198
C_LINE, WRITE_LINE, H_LINE, BUS = 64, 134, 148, 260
CELL_WIDTH, CELL = 42, 20


def data() -> dict[str, Any]:
    """Return weights and input of the run, and the step that is drawn."""
    arrays = dict(zip(("kernel", "recurrent_kernel", "bias"), WEIGHTS, strict=True)) | {"x": X[0]}
    return {name: array.tolist() for name, array in arrays.items()} | {"step": STEP + 1}


def draw() -> Figure:
    figure, axes = canvas(WIDTH, HEIGHT)
    label(axes, (LEFT + RIGHT) / 2, 13, f"one unit at t = {STEP + 1}", "unit-0", HEADING, bold=True, gid="step")
    box(axes, LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP, fill="band", edge="unit-0", radius=8, gid="unit-u0")
    inputs(axes)
    gates(axes)
    cell_state(axes)
    output(axes)
    return figure


def inputs(axes: Axes) -> None:
    """x from below and the old h from the left, on one bus that every gate reads."""
    middle, y = (GATES["i"][0] + GATES["g"][0]) / 2, BOTTOM + 16
    wire(axes, [(middle, y), (middle, BUS)], role="input", width=1.6, arrow=False, gid="x-wire")
    bus = [(8 + CELL_WIDTH, BUS), (GATES["o"][0], BUS)]
    wire(axes, bus, role="input", width=1.6, arrow=False, gid="h-wire-bus")
    for gate, (centre, *_) in GATES.items():
        ends = [(centre, BUS), (centre, GATE_TOP + GATE_HEIGHT + 1)]
        wire(axes, ends, role="input", width=1.6, gid=f"bus-wire-{gate}")
    state(axes, "h", STEP - 1, 8, BUS)
    width = CELL_WIDTH + 12
    label(
        axes,
        middle - 1.5 * width - 8,
        y + CELL / 2,
        f"x{SUBSCRIPTS[STEP]}",
        "input",
        align="right",
        bold=True,
        gid="name-x",
    )
    for k, feature in enumerate(("value", "write", "erase")):
        left = middle + (k - 1.5) * width
        value_box(axes, left, y, width, CELL, X[0, STEP, k], "input", f"x-t{STEP}-k{k}", digits=1)
        label(axes, left + width / 2, y + CELL + 11, feature, "input")


def gates(axes: Axes) -> None:
    """Four boxes, and from each the wire to where its number is used."""
    middle = (GATES["i"][0] + GATES["g"][0]) / 2
    ends = {"f": (GATES["f"][0], C_LINE + 11), "i": (middle - 11, WRITE_LINE), "g": (middle + 11, WRITE_LINE)}
    ends["o"] = (GATES["o"][0], H_LINE + 11)
    for gate, (centre, width, duty, function) in GATES.items():
        role = f"gate-{gate}"
        box(axes, centre - width / 2, GATE_TOP, width, GATE_HEIGHT, f"{role}-soft", role, gid=f"gate-{gate}")
        label(axes, centre, GATE_TOP + 12, f"{duty} {gate}", role, bold=True)
        label(axes, centre, GATE_TOP + 28, f"{function}({number(Z[gate], 1)})", gid=f"z-{gate}-t{STEP}-u0")
        x, y = ends[gate]
        bend = [(centre, y)] if x != centre else []
        wire(axes, [(centre, GATE_TOP), *bend, (x, y)], role, 1.6, gid=f"{gate}-wire")
        text = f"{gate} = {number(NOW[gate])}"
        label(axes, centre + 6, GATE_TOP - 13, text, role, align="left", gid=f"{gate}-t{STEP}-u0")


def cell_state(axes: Axes) -> None:
    """The line on which c runs through the unit: times f, plus i times g."""
    keep, write = GATES["f"][0], (GATES["i"][0] + GATES["g"][0]) / 2
    pieces = {
        "old-c": (8 + CELL_WIDTH, keep - 11),
        "kept": (keep + 10, write - 11),
        "new-c": (write + 10, WIDTH - 9 - CELL_WIDTH),
    }
    for name, (start, end) in pieces.items():
        wire(axes, [(start, C_LINE), (end, C_LINE)], role="cell", width=2.4, gid=f"{name}-wire")
    wire(axes, [(write, WRITE_LINE - 10), (write, C_LINE + 11)], role="cell", width=2.4, gid="written-wire")
    node(axes, keep, C_LINE, "×", "gate-f", gid="times-f")
    node(axes, write, C_LINE, "+", "cell", gid="plus")
    node(axes, write, WRITE_LINE, "×", "gate-i", gid="times-i")
    state(axes, "c", STEP - 1, 8, C_LINE)
    state(axes, "c", STEP, WIDTH - 8 - CELL_WIDTH, C_LINE)
    label(axes, (keep + write) / 2, C_LINE - 13, number(NOW["f"] * BEFORE["c"]), gid=f"kept-t{STEP}-u0")
    label(axes, (keep + write) / 2, C_LINE + 14, "kept", "muted")
    label(axes, (write + GATES["o"][0]) / 2, C_LINE - 13, number(NOW["c"]), gid=f"sum-t{STEP}-u0")
    label(axes, write + 8, 94, number(NOW["i"] * NOW["g"]), align="left", gid=f"written-t{STEP}-u0")
    label(axes, write + 8, 110, "written", "muted", align="left")


def output(axes: Axes) -> None:
    """tanh of the new c, times o."""
    x = GATES["o"][0]
    wire(axes, [(x, C_LINE), (x, 83)], role="cell", width=2.4, gid="tanh-wire-in")
    wire(axes, [(x, 104), (x, H_LINE - 11)], role="cell", width=1.6, gid="tanh-wire-out")
    box(axes, x - 22, 84, 44, 20, fill="cell-soft", edge="cell", gid="tanh")
    label(axes, x, 94, "tanh")
    label(axes, x + 8, 120, number(np.tanh(NOW["c"])), align="left", gid=f"tanh-c-t{STEP}-u0")
    node(axes, x, H_LINE, "×", "gate-o", gid="times-o")
    shown = [(x + 10, H_LINE), (WIDTH - 9 - CELL_WIDTH, H_LINE)]
    wire(axes, shown, role="hidden", width=1.6, gid="shown-wire")
    label(axes, x + 18, H_LINE + 14, "shown", "muted", align="left")
    state(axes, "h", STEP, WIDTH - 8 - CELL_WIDTH, H_LINE)


def state(axes: Axes, name: str, t: int, left: float, y: float) -> None:
    role = "hidden" if name == "h" else "cell"
    label(axes, left + CELL_WIDTH / 2, y - 19, f"{name}{SUBSCRIPTS[t]}", role, bold=True, gid=f"name-{name}-t{t}")
    value = getattr(TRACE, name)[0, t, 0]
    value_box(axes, left, y - CELL / 2, CELL_WIDTH, CELL, value, role, f"{name}-t{t}-u0")
