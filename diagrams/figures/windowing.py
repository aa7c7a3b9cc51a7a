"""One series, its windows below it, each under the values that it holds, and the shapes that they make."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.lib.stride_tricks import sliding_window_view

from diagrams.parts import HEADING, box, brace, canvas, label, number, value_box, wire
from lstm_ref import LSTM
from lstm_ref.examples import UNITS
from lstm_ref.types import Array

TITLE = "How does one long series become (samples, timesteps, features)?"
LENGTH, SERIES = 3, np.sin(np.arange(1, 9)).round(1)
LAST = len(SERIES) - LENGTH - 1  # the last window that has a target
ALT = (
    f"At the top a series of numbers with their index, 0 to {len(SERIES) - 1}. Below it rows, sample 0 to sample {LAST}. Each "
    f"row holds a window of {LENGTH} neighbouring numbers of the series, right under them, and begins one number further on "
    "than the row above, so that neighbouring windows share numbers. The number behind each window, in a dashed frame, is "
    "its target. An arrow leads from h = c = 0 into each window; no line leads from row to row. At the bottom the shapes: "
    "windows, steps in each and numbers at each step are the samples, timesteps and features of x. Samples stay; "
    f"LSTM({UNITS}) returns no axis of timesteps and puts its units where the features were."
)
CAPTION = (
    f"`timesteps` is the length of a window, here {LENGTH}; it has nothing to do with the {UNITS} `units`. Each window is a "
    "sample of its own: its h and c start at 0 (without `stateful=True`), and it sees no other window's state, even where "
    "they share numbers."
)

LEFT, COLUMN, WIDTH, HEIGHT = 159, 39, 36, 22  # of the first number; from number to number; of a number
SERIES_TOP, WINDOWS_TOP, ROW = 24, 66, 30  # ROW: from sample to sample
PLACES = 206, 306, 414  # of the entries of the shapes


def draw() -> Figure:
    windows, targets = sliding_window_view(SERIES, LENGTH)[:-1], SERIES[LENGTH:]
    x = windows[..., np.newaxis]
    y = LSTM(UNITS, seed=0)(x)

    bottom = WINDOWS_TOP + len(x) * ROW
    figure, axes = canvas(476, bottom + 196)
    label(axes, 8, 12, "index", role="muted", align="left")
    label(axes, 8, SERIES_TOP + HEIGHT / 2, "series", align="left", bold=True)
    for index, value in enumerate(SERIES):
        label(axes, column(index) + WIDTH / 2, 12, str(index), role="muted", gid=f"index-{index}")
        value_box(axes, column(index), SERIES_TOP, WIDTH, HEIGHT, value, "input", f"series-{index}", digits=1)
    for s, (window, target) in enumerate(zip(x, targets, strict=True)):
        sample(axes, s, window, target)
    label(axes, column(LENGTH + 1) + 3, WINDOWS_TOP + HEIGHT / 2, "target: the next value", align="left")
    brace(axes, column(LAST), column(LAST + LENGTH) - COLUMN + WIDTH, bottom + 4, depth=-6, role="ink", gid="window")
    text = f"one window = one sample of {x.shape[1]} timesteps"
    label(axes, column(LAST + LENGTH) + WIDTH, bottom + 18, text, align="right", gid="window-length")

    top = bottom + 52
    for place, name, meaning in zip(
        PLACES,
        ("samples", "timesteps", "features"),
        ("windows", "steps in each", "number per step"),
        strict=True,
    ):
        label(axes, place, top, name)
        label(axes, place, top + 46, meaning, role="muted")
    shape(axes, "x", x, top + 23, PLACES)
    shape(axes, "y", y, top + 105, PLACES[::2])
    label(axes, PLACES[0], top + 128, "samples")
    label(axes, PLACES[2], top + 128, "units")
    wire(axes, [(PLACES[0], top + 58), (PLACES[0], top + 91)], width=1.6, arrow=False, gid="samples-wire")
    label(axes, PLACES[1], top + 75, "only h of the last step", role="muted")
    wire(axes, [(PLACES[2], top + 58), (PLACES[2], top + 91)], role="ink", width=1.6, gid="units-wire")
    wire(axes, [(30, top), (30, top + 128)], role="ink", width=2.4, gid="layer")
    label(axes, 42, top + 64, f"LSTM({UNITS})", align="left", bold=True)
    return figure


def column(index: int) -> float:
    """Return where the numbers with this index of the series begin."""
    return LEFT + index * COLUMN


def sample(axes: Axes, s: int, window: Array, target: float) -> None:
    """Draw a window under the numbers of the series that it holds, the state before it, and the target behind it."""
    top = WINDOWS_TOP + s * ROW
    middle = top + HEIGHT / 2
    label(axes, 8, middle, f"sample {s}", align="left", bold=True)
    label(axes, column(s) - 18, middle, "h = c = 0", role="hidden", align="right", gid=f"start-s{s}")
    wire(axes, [(column(s) - 15, middle), (column(s) - 2, middle)], role="hidden", gid=f"start-wire-s{s}")
    for t, features in enumerate(window):
        value_box(axes, column(s + t), top, WIDTH, HEIGHT, features[0], "input", f"x-s{s}-t{t}", digits=1)
    left = column(s + len(window))
    box(axes, left, top, WIDTH, HEIGHT, edge="ink", radius=3, line_width=1, dashed=True, gid=f"target-s{s}-box")
    label(axes, left + WIDTH / 2, middle, number(target, 1), gid=f"target-s{s}")


def shape(axes: Axes, name: str, array: Array, y: float, places: tuple[float, ...]) -> None:
    """Write the shape of an array, each entry framed at its place."""
    label(axes, PLACES[0] - 28, y, f"{name}.shape", align="right", bold=True)
    label(axes, PLACES[0] - 18, y, "(", size=HEADING)
    for axis, (place, size) in enumerate(zip(places, array.shape, strict=True)):
        box(axes, place - 11, y - 11, 22, 22, edge="ink", gid=f"{name}-shape-{axis}-box")
        label(axes, place, y, str(size), size=HEADING, bold=True, gid=f"{name}-shape-{axis}")
        label(axes, place + 18, y, ")" if place == places[-1] else ",", size=HEADING)
