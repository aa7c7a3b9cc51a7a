"""How far back layers learn to remember, over the forget bias that they start from."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from diagrams import untrained
from diagrams.palette import colour
from diagrams.parts import SMALL, box, canvas, label, number
from diagrams.recorded import outcomes
from lstm_ref import step_back
from lstm_ref.core import Trace
from lstm_ref.types import Array

TITLE = "Over how many timesteps does an LSTM learn to remember?"
ALT = (
    "A table. Rows: forget bias 6, 4, 3, 2, 1 and 0, and a plain recurrence. Columns: a delay of 10, 20, 50, 100 and 200 "
    "timesteps. Each cell says how many of 10 seeds learned to give a sign after that delay, and has a bar for each seed. All "
    "learn the shortest delay. With forget bias 0 none learns the next one; with 1 all learn that and none the third; with "
    "larger ones most learn the third, and fewer the longer ones. The plain recurrence learns the second in 6 seeds and the third in 1. A last column gives the factor by which "
    "the gradient by c changes at each step back before training: it grows with the forget bias and is close to 1 from 2 on. The plain recurrence has no c."
)
CAPTION = (
    "At each timestep the layer sees a plus or a minus, and after the delay it must give the first one, which is marked. "
    "A bar is a seed, from half of the signs right, which is guessing, to all. Where the gradient of the untrained layer "
    "shrinks quickly with each step back (right), only short delays were learned; a factor near 1 did not guarantee a long one. "
    "The factor is that of 8 units on these inputs; with other sizes and inputs it differs."
)

BIASES, DELAYS = (6, 4, 3, 2, 1, 0, None), (10, 20, 50, 100, 200)
UNITS, FEATURES, SEEDS, BACK = 8, 2, 20, 40
LEFT, TOP, COLUMN, ROW = 84, 86, 50, 38
RECORDED = outcomes("delay")


def draw() -> Figure:
    right = LEFT + len(DELAYS) * COLUMN
    figure, axes = canvas(right + 76, TOP + len(BIASES) * ROW + 8)
    label(axes, 8, 13, "Seeds of 10 that learned, by delay in timesteps", align="left", bold=True)
    label(axes, 8, 33, "8 units, 1,000 training steps", role="muted", size=SMALL, align="left")
    for k, delay in enumerate(DELAYS):
        label(axes, LEFT + (k + 0.5) * COLUMN, 70, str(delay), role="muted")
    for k, words in enumerate(("|dL/dc|", "a step back,", "untrained")):
        label(axes, right + 38, 42 + 14 * k, words, role="gate-f", size=SMALL)
    label(axes, 8, 70, "forget bias", role="muted", size=SMALL, align="left")
    for row, bias in enumerate(BIASES):
        y = TOP + row * ROW
        name = "plain tanh" if bias is None else f"{bias}{', default' if bias == 1 else ''}"
        label(axes, 8, y + ROW / 2, name, align="left", bold=bias == 1)
        for k, delay in enumerate(DELAYS):
            cell(axes, LEFT + k * COLUMN, y, delay, bias)
        if bias is None:
            label(axes, right + 38, y + ROW / 2, "no c", role="muted", size=SMALL)
        else:
            text = f"× {number(factor(bias))}"
            label(axes, right + 38, y + ROW / 2, text, role="gate-f", gid=f"factor-{bias}")
    return figure


def cell(axes: Axes, left: float, top: float, delay: int, bias: int | None) -> None:
    """The number of seeds that learned, on a ground the darker the more they are, and a bar for each seed."""
    found = RECORDED[f"delay-{delay}-forget_bias-{bias}"]["right"]
    learned, name = found["learned"], f"{delay}-{bias}"
    fill = "paper" if learned == 0 else "hidden-soft"
    box(axes, left + 2, top + 2, COLUMN - 4, ROW - 4, fill=fill, edge="line", radius=2, line_width=0.8)
    label(
        axes,
        left + 12,
        top + ROW / 2,
        str(learned),
        role="ink" if learned else "muted",
        bold=learned > 0,
        gid=f"learned-{name}",
    )
    strokes = []
    for k, rate in enumerate(found["seeds"]):
        x, ground, height = left + 25 + 2 * k, top + ROW - 7, max(1, round((rate - 0.5) * 2 * (ROW - 14)))
        strokes.append(Path([(x, ground), (x, ground - height)]))
    path, ink = Path.make_compound_path(*strokes), colour("hidden")
    axes.add_artist(
        PathPatch(
            path, facecolor="none", edgecolor=ink, linewidth=1.4, capstyle="butt", gid=f"seeds-{name}", clip_on=False
        )
    )


def factor(forget_bias: float) -> float:
    """By how much |dL/dc| shrinks with each step back before training: geometric mean over seeds and 40 steps."""
    rates = []
    for seed in range(SEEDS):
        rng = np.random.default_rng([seed, 1])
        layer = untrained.layer(UNITS, FEATURES, seed, forget_bias)
        sign = rng.choice([-1.0, 1.0], size=(1, BACK + 1, 1))
        mark = np.zeros_like(sign)
        mark[:, 0] = 1
        trace = layer.trace(np.concatenate([sign, mark], axis=-1))
        dh: Array = rng.normal(size=(1, UNITS))
        dc: Array = np.zeros((1, UNITS))
        lengths = []
        for t in reversed(range(BACK + 1)):
            new = Trace(*(values[:, t] for values in trace))
            lengths.append(np.linalg.norm(dc + dh * new.o * (1 - np.tanh(new.c) ** 2)))
            before = trace.c[:, t - 1] if t else np.zeros((1, UNITS))
            _, dh, dc = step_back(dh, dc, before, new, layer.recurrent_kernel)
        rates.append(np.log(lengths[-1] / lengths[0]) / BACK)
    return float(np.exp(np.mean(rates)))
