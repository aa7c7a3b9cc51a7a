"""Where a gradient stops: between stateful calls, between windows, at a mask."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, brace, canvas, label, number, wire
from lstm_ref import LSTM
from lstm_ref.types import Array

TITLE = "Where does the gradient stop?"
ALT = (
    "Four rows of twelve timesteps. A bar at each timestep shows the gradient of a loss at the last timestep with respect to the input "
    "there, on a logarithmic scale. In one call of twelve timesteps there is a bar at every timestep, and they tend to fall towards "
    "the first. In three stateful calls of four, and in three windows of four, only the last four timesteps have bars; the others "
    "are zero. With a mask over four timesteps in the middle, these are zero, and those before them have bars."
)
CAPTION = (
    "A bar is the length of the gradient of the loss with respect to the input at that timestep; 0 means that none comes back. A "
    "stateful call hands on numbers (arrows), not how they were computed: the gradient of a loss in the last call ends at its start, although the states go on. "
    "Masked steps (grey) get no gradient, but pass it on as it is."
)

STEPS, CALL, FEATURES, UNITS = 12, 4, 3, 4
LEFT, COLUMN, ROW, TOP, HEIGHT = 10, 33, 108, 40, 42
LEAST, MOST = 1e-3, 0.3
MASKED = slice(4, 8)


def rows() -> dict[str, Array]:
    """|dL/dx| at each timestep, where L is the sum of the last h."""
    x = np.random.default_rng(3).normal(size=(1, STEPS, FEATURES))
    mask = np.ones((1, STEPS), bool)
    mask[:, MASKED] = False
    pieces = np.split(x, STEPS // CALL, axis=1)
    dy = np.ones((1, UNITS))
    found = {"one": lengths(layer().gradients(x, dy).x)}
    stateful = layer(stateful=True)
    for piece in pieces[:-1]:
        stateful(piece)
    before = np.zeros(STEPS - CALL)
    found["stateful"] = np.concatenate([before, lengths(stateful.gradients(pieces[-1], dy).x)])
    found["windows"] = np.concatenate([before, lengths(layer().gradients(pieces[-1], dy).x)])
    found["mask"] = lengths(layer().gradients(x, dy, mask=mask).x)
    return found


def layer(stateful: bool = False) -> LSTM:
    return LSTM(UNITS, stateful=stateful, seed=1)


def lengths(by_x: Array) -> Array:
    result: Array = np.linalg.norm(by_x[0], axis=-1)
    return result


NAMES = {
    "one": "One call of 12 timesteps",
    "stateful": "Three stateful calls of 4: h and c are handed on",
    "windows": "Three windows of 4: each starts at zeros",
    "mask": "One call, timesteps 5 to 8 masked (grey)",
}


def draw() -> Figure:
    figure, axes = canvas(LEFT + STEPS * COLUMN + 10, TOP + len(NAMES) * ROW - 8)
    label(axes, LEFT, 13, "|dL/dx|, log bars; L reads the last h of the last call", align="left", bold=True)
    for k, (name, by_x) in enumerate(rows().items()):
        row(axes, TOP + k * ROW, name, by_x)
    return figure


def row(axes: Axes, top: float, name: str, by_x: Array) -> None:
    label(axes, LEFT, top, NAMES[name], align="left")
    ground = top + 16 + HEIGHT
    for t, length in enumerate(by_x):
        left = LEFT + t * COLUMN
        masked = name == "mask" and MASKED.start <= t < MASKED.stop
        if masked:
            box(axes, left + 1, top + 16, COLUMN - 2, HEIGHT + 4, fill="band", edge=None, radius=0)
        if length:
            height = HEIGHT * max(0.03, np.log(length / LEAST) / np.log(MOST / LEAST))
            box(
                axes,
                left + 7,
                ground - height,
                COLUMN - 14,
                height,
                fill="hidden-soft",
                edge="hidden",
                radius=0,
                line_width=1,
                gid=f"{name}-t{t}-bar",
            )
        label(
            axes,
            left + COLUMN / 2,
            ground + 10,
            number(length, 3)[1:] if length else "0",
            role="ink" if length else "muted",
            size=SMALL,
            gid=f"{name}-t{t}",
        )
    y = ground + 26
    calls = [(0, STEPS)] if name in ("one", "mask") else [(k, k + CALL) for k in range(0, STEPS, CALL)]
    for start, end in calls:
        brace(axes, LEFT + start * COLUMN + 3, LEFT + end * COLUMN - 3, y, depth=-6)
        if name == "stateful" and start:
            x = LEFT + start * COLUMN
            wire(axes, [(x - 14, y + 8), (x + 14, y + 8)], role="cell", width=1.6)
