"""The latch at work: one unit that stores a value on write, keeps it, and drops it on erase."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, number, wire
from lstm_ref.examples import latch
from lstm_ref.types import Array

TITLE = "What do the gates of an LSTM do?"
ALT = (
    "One LSTM unit over time, drawn as rows of steps over one time axis: the input value, the gates i, f, g and o, and "
    "the states c and h. The input gate i is open at the timesteps marked write and shut at all others. The forget "
    "gate f is shut at the timestep marked erase and open at all others. At a write c takes on the candidate g; after "
    "it c stays the same while value and g go on changing; at the erase c becomes zero."
)
CAPTION = (
    "One unit with weights set by hand. c takes the candidate g only where i is open (`write`), keeps it for as long "
    "as f stays open, whatever g does meanwhile, and loses it where f shuts (`erase`): `c = f * c + i * g`."
)

LEFT, COLUMN, SCALE, FIRST_ROW = 28, 39, 24, 52  # SCALE: how high a 1 is, the same in every row
HEADING, WORDS, NUMBERS, GAP = 18, 14, 16, 8
FLAGS = {"write": (1, "i", "stored"), "erase": (2, "f", "erased")}  # feature, gate that answers to it, what c is then


def data() -> dict[str, Any]:
    """Return weights and input of the run, its first step, and where its columns are drawn."""
    layer, x = latch()
    arrays = dict(zip(("kernel", "recurrent_kernel", "bias"), layer.get_weights(), strict=True)) | {"x": x[0]}
    return {name: array.tolist() for name, array in arrays.items()} | {"step": 2, "left": LEFT, "column": COLUMN}


def draw() -> Figure:
    layer, x = latch()
    trace = layer.trace(x)
    rows = [
        ("x", "x-t{}-k0", "input", "input: value, and the flags write and erase", x[0, :, 0]),
        ("i", "i-t{}-u0", "gate-i", "input gate: open only at write", trace.i[0, :, 0]),
        ("f", "f-t{}-u0", "gate-f", "forget gate: shut only at erase", trace.f[0, :, 0]),
        ("g", "g-t{}-u0", "gate-g", "candidate: follows value at every timestep", trace.g[0, :, 0]),
        ("o", "o-t{}-u0", "gate-o", "output gate: always open here", trace.o[0, :, 0]),
        ("c", "c-t{}-u0", "cell", "cell state: f · previous c + i · g", trace.c[0, :, 0]),
        ("h", "h-t{}-u0", "hidden", "hidden state, the output: o · tanh(c)", trace.h[0, :, 0]),
    ]
    happens = ["kept" if abs(c) > 0.1 else "" for c in trace.c[0, :, 0]]
    plots = [SCALE * (max(0, *values) - min(0, *values)) for *_, values in rows]
    bottom = FIRST_ROW + sum(plots) + len(rows) * (HEADING + NUMBERS + GAP) + WORDS - GAP
    figure, axes = canvas(LEFT + len(x[0]) * COLUMN + 6, bottom + 8)

    label(axes, 8, 13, "t =", role="muted", align="left")
    for t, features in enumerate(x[0]):
        label(axes, LEFT + (t + 0.5) * COLUMN, 13, str(t + 1), role="muted")
        for flag, (feature, gate, then) in FLAGS.items():
            if features[feature]:
                happens[t] = then
                left = LEFT + t * COLUMN
                box(axes, left, 26, COLUMN, bottom - 26, fill="band", edge=None, gid=f"{flag}-t{t}")
                box(axes, left, 26, COLUMN, 18, fill=f"gate-{gate}-soft", edge=f"gate-{gate}", radius=3)
                label(axes, left + COLUMN / 2, 35, flag, role=f"gate-{gate}", size=SMALL, bold=True)
    y = float(FIRST_ROW)
    for (name, gid, role, meaning, values), plot in zip(rows, plots, strict=True):
        label(axes, 8, y + 8, name, role=role, align="left", bold=True)
        label(axes, LEFT, y + 8, meaning, role=role, size=SMALL, align="left")
        if name == "c":
            y += WORDS
            for t, word in enumerate(happens):
                label(axes, LEFT + (t + 0.5) * COLUMN, y + 9, word, role=role, size=SMALL)
        steps(axes, y + HEADING + SCALE * max(0, *values), values, role, gid)
        y += HEADING + plot + NUMBERS
        for t, value in enumerate(values):
            text, shade = number(value, digits=1 if name == "x" else 2), "ink" if name == "c" else "muted"
            label(axes, LEFT + (t + 0.5) * COLUMN, y - 7, text, role=shade, size=SMALL, gid=gid.format(t))
        y += GAP
    return figure


def steps(axes: Axes, zero: float, values: Array, role: str, gid: str) -> None:
    outline = []
    for t, value in enumerate(values):
        left, level = LEFT + t * COLUMN, zero - SCALE * value
        size, fill = (COLUMN, abs(zero - level)), f"{role}-soft"
        box(axes, left, min(zero, level), *size, fill, edge=None, radius=0, gid=f"{gid.format(t)}-level")
        outline += [(left, level), (left + COLUMN, level)]
    wire(axes, [(LEFT, zero), (LEFT + len(values) * COLUMN, zero)], role="line", width=1, arrow=False)
    wire(axes, outline, role=role, width=2, arrow=False)
