"""The order of the four gate blocks in each system, read off a marked kernel that was converted."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, wire
from lstm_ref import layouts
from lstm_ref.examples import FEATURES, UNITS

TITLE = "In which order does each framework store the gates of an LSTM?"
ALT = (
    "One strip for each system with its four gate blocks in the order in which its weights hold them. Keras 2 and 3, "
    "PyTorch and Flax hold i f g o. Keras 1 and TensorFlow 1 hold i g f o. ONNX holds i o f g. Keras and ONNX call g "
    "c, TensorFlow 1 calls it j. At the right of each strip: whether the blocks are columns, rows or arrays of their own, "
    "how many biases the system has, and whether it gives its states as h, c or as c, h."
)
CAPTION = (
    "Four blocks, three orders. The blocks of one array have the same shape, so in the wrong order they load without an "
    "error and compute something else. Where there are two biases they are added up; and (c, h) is not (h, c)."
)


class System(NamedTuple):
    """What is told about a system; the order of its blocks is read off a conversion."""

    name: str
    where: str
    convert: Callable[..., Any]
    candidate: str  # its own letter for g
    states: str


SYSTEMS = {
    "keras": System("Keras 2, 3", "kernel", lambda *weights: weights, "c", "h, c"),
    "pytorch": System("PyTorch", "weight_ih_l0", layouts.to_pytorch, "g", "h, c"),
    "flax": System("Flax linen", "ii if ig io", layouts.to_flax, "g", "c, h"),
    "keras1": System("Keras 1", "W_i W_c W_f W_o", layouts.to_keras1, "c", "h, c"),
    "tf1": System("TensorFlow 1", "BasicLSTMCell", layouts.to_tf1, "j", "c, h"),
    "onnx": System("ONNX", "W", layouts.to_onnx, "c", "h, c"),
}
MEANINGS = {"i": ("input", 8), "f": ("forget", 74), "g": ("candidate", 146), "o": ("output", 240)}
LEFT, TOP, ROW, BLOCK, HEIGHT = 112, 26, 42, 41, 28
HEADS = {"blocks": 311, "biases": 359, "states": 399}


def landed(convert: Callable[..., Any]) -> tuple[str, str, int]:
    """Convert a kernel that holds 1, 2, 3, 4 in the blocks i, f, g, o; return their new order, their kind, the biases."""
    columns = np.repeat([1.0, 2.0, 3.0, 4.0], UNITS)
    theirs = convert(np.tile(columns, (FEATURES, 1)), np.zeros((UNITS, 4 * UNITS)), np.zeros(4 * UNITS))
    if isinstance(theirs, dict):
        theirs = [array for part in theirs.values() for array in part.values()]
    arrays = [np.squeeze(array) for array in theirs]
    biases = sum(array.size for array in arrays if array.ndim == 1) // (4 * UNITS)
    marked = [array for array in arrays if array.max() > 0]
    if len(marked) > 1:
        marks, kind = np.array([array[0, 0] for array in marked]), "arrays"
    elif len(set(marked[0][0])) > 1:
        marks, kind = marked[0][0, ::UNITS], "columns"
    else:
        marks, kind = marked[0][::UNITS, 0], "rows"
    return "".join("ifgo"[int(mark) - 1] for mark in marks), kind, biases


def draw() -> Figure:
    bottom = TOP + len(SYSTEMS) * ROW
    figure, axes = canvas(424, bottom + 50)
    label(axes, LEFT, 13, "order of the blocks", role="muted", size=SMALL, align="left")
    for head, x in HEADS.items():
        label(axes, x, 13, head, role="muted", size=SMALL)
    above = ""
    for row, (name, system) in enumerate(SYSTEMS.items()):
        order, kind, biases = landed(system.convert)
        top, middle = TOP + row * ROW, TOP + (row + 0.5) * ROW
        if above not in ("", order):
            wire(axes, [(8, top), (416, top)], role="line", width=1, arrow=False)
        above = order
        label(axes, 8, middle - 8, system.name, align="left", bold=True)
        label(axes, 8, middle + 8, system.where, role="muted", size=SMALL, align="left")
        strip(axes, name, middle - HEIGHT / 2, order, system.candidate, gap=3 if kind == "arrays" else 0)
        for (head, x), text in zip(HEADS.items(), (kind, str(biases), system.states), strict=True):
            label(axes, x, middle, text, gid=f"{name}-biases" if head == "biases" else None)
    for gate, (meaning, x) in MEANINGS.items():
        label(axes, x, bottom + 20, f"{gate} {meaning}", role=f"gate-{gate}", size=SMALL, align="left")
    label(axes, 8, bottom + 37, "in brackets: what the system itself calls g", role="muted", size=SMALL, align="left")
    return figure


def strip(axes: Axes, name: str, top: float, order: str, candidate: str, gap: float) -> None:
    for place, gate in enumerate(order):
        left, role, width = LEFT + place * BLOCK, f"gate-{gate}", BLOCK - gap
        box(axes, left, top, width, HEIGHT, f"{role}-soft", role, radius=0, gid=f"{name}-block-{place}")
        text = f"g ({candidate})" if gate == "g" != candidate else gate
        label(axes, left + width / 2, top + HEIGHT / 2, text, role=role, bold=True)
