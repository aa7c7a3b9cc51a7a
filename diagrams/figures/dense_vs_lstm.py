"""Dense(4) above LSTM(4): the same four units in both, and what one of them holds."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, canvas, label, number, wire
from lstm_ref import unit_columns
from lstm_ref.examples import worked_input, worked_layer

X, LAYER = worked_input(), worked_layer()
LSTM = LAYER.get_weights()
FEATURES, UNITS = len(LSTM[0]), len(LSTM[1])
# One column for each unit, where LSTM has four. The values do not matter: only shapes are shown.
DENSE = [LSTM[0][:, :UNITS], LSTM[2][:UNITS]]
DENSE_OF_ONE = sum(array[..., 0].size for array in DENSE)
LSTM_OF_ONE = sum(array[..., unit_columns(UNITS, 0)].size for array in LSTM)

TITLE = "Does units mean the same in Dense(4) and in LSTM(4)?"
ALT = (
    "Two layers, one above the other, each a column of four units with one output each. A unit of Dense has "
    "one set of weights and reads the features. A unit of LSTM has four sets of weights, named i, f, g and "
    "o, and a memory c; it reads the features and, by a wire led back from the outputs, the h of all four "
    "units at the timestep before."
)
CAPTION = (
    f"`units` counts the same thing in both: {UNITS} units, {UNITS} numbers out. With {FEATURES} features one unit "
    f"of `Dense(4)` has {DENSE_OF_ONE} weights. One unit of `LSTM(4)` has {LSTM_OF_ONE}, in four sets, and a "
    "memory c; it computes at every timestep, and reads the h that all units had at the one before."
)

NODE, PITCH = 80, 21
UNIT, WIDTH, HEIGHT, ROW = 128, 132, 28, 36
OUT, WORDS = 284, 302
DENSE_TOP, LSTM_TOP = 48, 248


def draw() -> Figure:
    figure, axes = canvas(452, 444)
    features, hidden = ["input"] * FEATURES, [f"unit-{j}" for j in range(UNITS)]

    heading(axes, DENSE_TOP, "Dense(4)", "one set of weights each")
    nodes = layer(axes, DENSE_TOP, features, ["w"], "dense")
    words(axes, DENSE_TOP, (X[:, 0] @ DENSE[0] + DENSE[1]).shape, "once", "dense")
    reads(axes, nodes, X[:, 0].shape, "dense-in")
    count(axes, DENSE_TOP, f"{FEATURES} + 1 = {DENSE_OF_ONE}", sum(array.size for array in DENSE), "dense")

    heading(axes, LSTM_TOP, "LSTM(4)", "four sets of weights and a memory c each")
    nodes = layer(axes, LSTM_TOP, features + hidden, ["i", "f", "g", "o", "c"], "lstm")
    words(axes, LSTM_TOP, LAYER(X).shape, "at every timestep", "lstm")
    reads(axes, nodes, X.shape, "lstm-in")
    formula = f"4 × ({FEATURES} + {UNITS} + 1) = {LSTM_OF_ONE}"
    count(axes, LSTM_TOP, formula, LAYER.count_params(), "lstm")
    feed_back(axes, nodes[FEATURES:])
    return figure


def heading(axes: Axes, top: float, name: str, text: str) -> None:
    label(axes, 8, top - 27, name, size=HEADING, bold=True, align="left")
    label(axes, UNIT, top - 27, text, role="muted", align="left")


def layer(axes: Axes, top: float, sources: Sequence[str], chips: Sequence[str], name: str) -> list[float]:
    """Draw what is read, the units and their outputs; return the heights of what is read."""
    rows = [top + j * ROW + HEIGHT / 2 for j in range(UNITS)]
    middle = (rows[0] + rows[-1]) / 2
    nodes = [middle + (k - (len(sources) - 1) / 2) * PITCH for k in range(len(sources))]
    for k, (role, y) in enumerate(zip(sources, nodes, strict=True)):
        for j, row in enumerate(rows):
            wire(axes, [(NODE, y), (UNIT, row)], role, 0.8, arrow=False, gid=f"{name}-wire-n{k}-to-u{j}")
        box(axes, NODE - 5, y - 5, 10, 10, fill=f"{role}-soft", edge=role, radius=5, gid=f"{name}-n{k}")
    for j, row in enumerate(rows):
        own = f"unit-{j}"
        box(axes, UNIT, row - HEIGHT / 2, WIDTH, HEIGHT, f"{own}-soft", own, gid=f"{name}-unit-u{j}")
        label(axes, UNIT + 6, row, f"unit {j}", role=own, align="left", bold=True)
        wire(axes, [(UNIT + WIDTH, row), (OUT, row)], role=own)
    for k, chip in enumerate(chips):
        role = {"w": "input", "c": "cell"}.get(chip, f"gate-{chip}")
        gap, radius = (2, 7) if chip == "c" else (0, 2)
        x = UNIT + 53 + 15 * k + gap
        for row in rows:
            box(axes, x, row - 9, 14, 18, fill=f"{role}-soft", edge=role, radius=radius, line_width=1)
            label(axes, x + 7, row, chip, role=role)
    return nodes


def reads(axes: Axes, nodes: Sequence[float], lengths: Sequence[int], gid: str) -> None:
    label(axes, NODE - 14, nodes[0], "x", role="input", align="right", bold=True)
    shape(axes, NODE - 14, nodes[0] + 17, lengths, "right", gid)


def shape(axes: Axes, x: float, y: float, lengths: Sequence[int], align: str, gid: str) -> None:
    label(axes, x, y, f"(B, {', '.join(map(str, lengths[1:]))})", bold=True, align=align, gid=gid)


def words(axes: Axes, top: float, lengths: Sequence[int], when: str, name: str) -> None:
    shape(axes, WORDS, top + 6, lengths, "left", f"{name}-out")
    label(axes, WORDS, top + 23, when, align="left")


def count(axes: Axes, top: float, of_one: str, of_all: int, name: str) -> None:
    label(axes, WORDS, top + 55, "weights of one unit", role="muted", align="left")
    label(axes, WORDS, top + 72, of_one, align="left", gid=f"{name}-of-one")
    label(axes, WORDS, top + 104, "of all units", role="muted", align="left")
    label(axes, WORDS, top + 121, number(of_all, 0), align="left", gid=f"{name}-of-all")


def feed_back(axes: Axes, nodes: Sequence[float]) -> None:
    """Lead the outputs back to where they are read."""
    first, last = LSTM_TOP + HEIGHT / 2, LSTM_TOP + (UNITS - 1) * ROW + HEIGHT / 2
    bottom, left, middle = last + 42, NODE - 28, (nodes[0] + nodes[-1]) / 2
    path = [(OUT + 4, first), (OUT + 4, bottom), (left, bottom), (left, middle), (NODE - 13, middle)]
    wire(axes, path, role="hidden", width=1.8, gid="lstm-feed-back")
    wire(axes, [(NODE - 12, nodes[0] - 6), (NODE - 12, nodes[-1] + 6)], role="hidden", width=1.8, arrow=False)
    label(axes, (left + OUT) / 2, bottom + 16, "h, read at the next timestep", role="hidden")
