"""How many bits trained layers hold, over their units, read out by a line or through a hidden layer."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.charts import Chart
from diagrams.parts import SMALL, canvas, label, number, wire
from diagrams.recorded import outcomes

TITLE = "How many bits do N units hold?"
ALT = (
    "Three charts, for 2, 3 and 4 bits: how often all bits are right, from 0 to 100 percent, over 1 to 8 units. Each "
    "seed is a stroke, the means are joined by lines. Read out linearly, the line reaches 100 percent at as many "
    "units as bits; with fewer it lies on the dashed line of a layer that holds N bits and guesses the others. Read "
    "out through a hidden layer, fewer units do better than that, but stay well below 100 percent."
)
CAPTION = (
    "One pulse sets a bit, another clears it; the layer must give the right value of all bits at each timestep. Ten seeds "
    "each, tested on new data. With a linear read-out, N units got as far as holding N bits and guessing the others "
    "would get (dashed). With a hidden layer of 16 neurons in the read-out, fewer units than bits got further, but never learned all bits."
)

UNITS = (1, 2, 3, 4, 5, 6, 8)
READ_OUTS = ((0, "cell", "linear read-out"), (16, "hidden", "hidden layer of 16"))
LEFT, TOP, WIDTH, HEIGHT, ACROSS, DOWN = 44, 40, 148, 104, 196, 162


def rates(flip_flops: int, units: int, hidden: int) -> list[float]:
    """How often all bits were right in each seed."""
    seeds: list[float] = RECORDED[f"flip_flops-{flip_flops}-units-{units}-hidden-{hidden}"]["right"]["seeds"]
    return seeds


RECORDED = outcomes("bits_held")


def draw() -> Figure:
    figure, axes = canvas(LEFT + ACROSS + WIDTH + 12, TOP + 2 * DOWN - 8)
    label(axes, 8, 13, "All bits right at once, by number of units N", align="left", bold=True)
    for k, flip_flops in enumerate((2, 3, 4)):
        panel(axes, flip_flops, LEFT + k % 2 * ACROSS, TOP + k // 2 * DOWN)
    key(axes, LEFT + ACROSS, TOP + DOWN + 26)
    return figure


def key(axes: Axes, left: float, top: float) -> None:
    for k, (_, role, name) in enumerate(READ_OUTS):
        wire(axes, [(left, top + 19 * k), (left + 20, top + 19 * k)], role=role, width=1.8, arrow=False)
        label(axes, left + 26, top + 19 * k, name, role=role, size=SMALL, align="left")
    wire(axes, [(left + 6.5, top + 38), (left + 13.5, top + 38)], role="muted", width=1.3, arrow=False)
    label(axes, left + 26, top + 38, "a seed (lines: means)", role="muted", size=SMALL, align="left")
    wire(axes, [(left, top + 57), (left + 20, top + 57)], role="ink", width=1.2, arrow=False, dashed=True)
    label(axes, left + 26, top + 57, "N bits held and the", size=SMALL, align="left")
    label(axes, left + 26, top + 71, "others guessed", size=SMALL, align="left")


def panel(axes: Axes, flip_flops: int, left: float, top: float) -> None:
    chart = Chart(left, top + 14, WIDTH, HEIGHT, (-1.1, 8.4), (0, 1))
    label(axes, left, top, f"{flip_flops} bits", align="left", bold=True)
    chart.frame(axes, {n: str(n) for n in UNITS}, {0: "0", 0.5: "50 %", 1: "100 %"})
    for (hidden, role, _), shift in zip(READ_OUTS, (-4, 4), strict=True):
        found = [rates(flip_flops, units, hidden) for units in UNITS]
        name = f"{flip_flops}-{hidden}"
        chart.line(axes, UNITS, [float(np.mean(seeds)) for seeds in found], role, gid=f"means-{name}")
        xs = [units for units, seeds in zip(UNITS, found, strict=True) for _ in seeds]
        chart.seeds(axes, xs, [rate for seeds in found for rate in seeds], role, shift=shift, gid=f"seeds-{name}")
        mean = float(np.mean(rates(flip_flops, flip_flops - 1, hidden)))
        x, y = chart.at(flip_flops - 1, mean)
        across, down, align = (-9, -4, "right") if hidden else (9, 7, "left")
        text = f"{number(100 * mean, 0)} %"
        label(axes, x + across, y + down, text, role=role, size=SMALL, align=align, gid=f"mean-{name}")
    held = [min(1.0, 2.0 ** (n - flip_flops)) for n in range(1, 9)]
    chart.line(axes, range(1, 9), held, "ink", dashed=True, width=1.2, gid=f"held-{flip_flops}")
