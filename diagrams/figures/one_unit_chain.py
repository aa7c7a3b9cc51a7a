"""One unit over five timesteps: the boxes are the unit again and again, not five units."""

from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, brace, canvas, label, number, value_box, wire
from lstm_ref.examples import FEATURES, TIMESTEPS, worked_input, worked_layer

TITLE = "Is each box of the chain a unit?"
WEIGHTS = worked_layer(units=1).count_params()
ALT = (
    f"A row of {TIMESTEPS} equal boxes, one for each timestep, all labelled unit 0. A bracket over all of them says: "
    f"one unit, drawn {TIMESTEPS} times, the same {WEIGHTS} weights at every timestep. Every box holds two numbers, h "
    "and c, and hands both to the next box. The features of x at its timestep enter each box from below."
)
CAPTION = (
    f"`LSTM(1)` over {TIMESTEPS} timesteps. The boxes are not units: they are one unit, drawn once per timestep, with "
    f"one set of {WEIGHTS} weights for {FEATURES} features. x, h and c change from box to box; the weights do not."
)

LEFT, TOP, WIDTH, HEIGHT, GAP = 78, 84, 46, 57, 31
NAME_LINE, H_LINE, C_LINE = 12, 29, 46  # where in its box a text stands
CELL = 20


def draw() -> Figure:
    x = worked_input()[:1]
    trace = worked_layer(units=1).trace(x)
    _, timesteps, features = x.shape
    right, bottom = LEFT + timesteps * (WIDTH + GAP) - GAP, TOP + HEIGHT
    cells = bottom + 32
    figure, axes = canvas(right + 8, cells + features * CELL + 22)

    middle = (LEFT + right) / 2
    label(axes, middle, 14, f"one unit, drawn {timesteps} times", "unit-0", HEADING, bold=True, gid="timesteps")
    label(axes, middle, 32, f"the same {WEIGHTS} weights at every timestep", gid="params")
    brace(axes, LEFT - 5, right + 5, 46, role="unit-0", gid="one-unit")
    label(axes, LEFT - 11, TOP + H_LINE, "h", role="hidden", align="right", bold=True)
    label(axes, LEFT - 11, TOP + C_LINE, "c", role="cell", align="right", bold=True)
    for k in range(features):
        label(axes, LEFT - 11, cells + (k + 0.5) * CELL, f"feature {k}", role="input", align="right")
    lefts = [LEFT + t * (WIDTH + GAP) for t in range(timesteps)]
    for t, left in enumerate(lefts):
        box(axes, left - 5, TOP - 7, WIDTH + 10, HEIGHT + 14, fill="band", edge=None, gid=f"timestep-t{t}")
    for t, left in enumerate(lefts):
        middle = left + WIDTH / 2
        label(axes, middle, TOP - 19, f"t = {t + 1}", role="muted")
        if t + 1 < timesteps:
            for name, line, role, width in (("h", H_LINE, "unit-0", 1.2), ("c", C_LINE, "cell", 2.4)):
                ends = [(left + WIDTH, TOP + line), (left + WIDTH + GAP, TOP + line)]
                wire(axes, ends, role, width, gid=f"{name}-wire-t{t}-u0")
        box(axes, left, TOP, WIDTH, HEIGHT, fill="unit-0-soft", edge="unit-0", gid=f"unit-t{t}-u0")
        label(axes, middle, TOP + NAME_LINE, "unit 0", role="unit-0")
        label(axes, left + WIDTH - 4, TOP + H_LINE, number(trace.h[0, t, 0]), align="right", gid=f"h-t{t}-u0")
        label(axes, left + WIDTH - 4, TOP + C_LINE, number(trace.c[0, t, 0]), align="right", gid=f"c-t{t}-u0")
        wire(axes, [(middle, cells), (middle, bottom + 1)], role="input", width=1.6, gid=f"x-wire-t{t}")
        for k in range(features):
            value_box(axes, left, cells + k * CELL, WIDTH, CELL, x[0, t, k], "input", f"x-t{t}-k{k}", digits=1)
        label(axes, middle, cells + features * CELL + 12, f"x{'₁₂₃₄₅'[t]}", role="input", bold=True)
    return figure
