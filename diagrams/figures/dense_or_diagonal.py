"""Counting modulo m: layers whose units read one another against layers whose units do not, over their units."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.charts import Chart
from diagrams.parts import SMALL, canvas, label
from diagrams.recorded import outcomes

TITLE = "What is learned when units read one another, and when they do not?"
ALT = (
    "Four charts, for counting pulses modulo 2, 3, 4 and 8: how often the count is right, from 0 to 100 percent, over 1 to "
    "16 units. Each seed is a dot, filled at the length of the training and hollow at ten times that; means are joined by lines, "
    "solid and dashed. Modulo 2 both kinds of layer reach 100 percent. Modulo 3, 4 and 8 the dense layers reach it from "
    "a few units on, and the diagonal ones stay below it at all sizes."
)
CAPTION = (
    "Ten seeds each, trained on 40 timesteps. Modulo 2, the running parity, needs no neighbours. Modulo 3, 4 and 8 only "
    "dense layers learned, with as many weights too: 4 dense units have as many as 8 diagonal ones, 6 as many as 16. "
    "Not learned here does not mean impossible."
)

SIZES = {"dense": (1, 2, 3, 4, 6, 8), "diagonal": (1, 2, 4, 8, 16)}
ROLES = {"dense": "unit-0", "diagonal": "unit-1"}
LENGTHS = {"right": "T = 40, as trained", "right_long": "T = 400"}
LEFT, TOP, WIDTH, HEIGHT, ACROSS, DOWN = 42, 74, 148, 104, 196, 162
RECORDED = outcomes("counting")


def rates(modulus: int, links: str, units: int, length: str) -> list[float]:
    """How often the count was right in each seed."""
    seeds: list[float] = RECORDED[f"modulus-{modulus}-links-{links}-units-{units}"][length]["seeds"]
    return seeds


def draw() -> Figure:
    figure, axes = canvas(LEFT + ACROSS + WIDTH + 12, TOP + 2 * DOWN - 8)
    label(axes, 8, 13, "Count right, over the number of units N; one dot a seed", align="left", bold=True)
    legend(axes)
    for k, modulus in enumerate((2, 3, 4, 8)):
        row, column = divmod(k, 2)
        panel(axes, modulus, LEFT + column * ACROSS, TOP + row * DOWN)
    return figure


def legend(axes: Axes) -> None:
    for links, left, words in (
        ("dense", 8, "dense: units read one another"),
        ("diagonal", 212, "diagonal: they do not"),
    ):
        Chart(left, 28, 12, 10, (0, 1), (0, 1)).dots(axes, [0.5], [0.5], ROLES[links], radius=3.4)
        label(axes, left + 16, 33, words, role=ROLES[links], size=SMALL, align="left")
    for hollow, left, words in ((False, 8, "as trained, 40 timesteps"), (True, 212, "400 timesteps")):
        chart = Chart(left, 44, 22, 10, (0, 1), (0, 1))
        chart.line(axes, [0, 1], [0.5, 0.5], "muted", dashed=hollow)
        chart.dots(axes, [0.5], [0.5], "muted", hollow=hollow, radius=3)
        label(axes, left + 28, 49, words, role="muted", size=SMALL, align="left")


def panel(axes: Axes, modulus: int, left: float, top: float) -> None:
    chart = Chart(left, top + 14, WIDTH, HEIGHT, (0.8, 20), (0, 1), log="x")
    label(axes, left, top, f"modulo {modulus}", align="left", bold=True)
    if modulus == 2:
        label(axes, left + 66, top, "(parity)", role="muted", size=SMALL, align="left")
    chart.frame(axes, {n: str(n) for n in (1, 2, 4, 8, 16)}, {0: "0", 0.5: "50 %", 1: "100 %"})
    for links, role in ROLES.items():
        for length, shift in zip(LENGTHS, (-2.5, 2.5), strict=True):
            found = [rates(modulus, links, units, length) for units in SIZES[links]]
            hollow, name = length == "right_long", f"{modulus}-{links}-{length}"
            means = [float(np.mean(seeds)) for seeds in found]
            chart.line(
                axes, SIZES[links], means, role, dashed=hollow, width=1.4 if hollow else 1.8, gid=f"means-{name}"
            )
            xs = [units for units, seeds in zip(SIZES[links], found, strict=True) for _ in seeds]
            ys = [rate for seeds in found for rate in seeds]
            chart.dots(axes, xs, ys, role, hollow=hollow, radius=2.2, shift=shift, gid=f"dots-{name}")
