"""Counting modulo m: layers whose units read one another against layers whose units do not, over their units."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.charts import Chart
from diagrams.parts import SMALL, canvas, label, number, wire
from diagrams.recorded import outcomes

TITLE = "What is learned when units read one another, and when they do not?"
ALT = (
    "Four charts, for counting pulses modulo 2, 3, 4 and 8: how often the count is right, from 0 to 100 percent, over 1 to "
    "8 dense and 1 to 16 diagonal units. Each seed is a stroke; means are joined by lines, solid at the length of the training and dashed at ten times that. "
    "A thin line is the rate of guessing. Modulo 2 both kinds of layer reach 100 percent. Modulo 3, 4 and 8 the dense layers reach nearly that at the trained length from a few "
    "units on, and the diagonal ones stay far below it at all sizes. Modulo 8 the dense layers fall far at ten times the length, the smaller ones most."
)
CAPTION = (
    "Ten seeds each, trained on 40 timesteps. Modulo 3, 4 and 8, only dense layers learned to "
    "count, also when diagonal ones had as many weights. Modulo 8, many of them failed over 400 timesteps. A task that was not learned here may still be possible."
)

SIZES = {"dense": (1, 2, 3, 4, 6, 8), "diagonal": (1, 2, 4, 8, 16)}
ROLES = {"dense": "unit-0", "diagonal": "unit-1"}
LENGTHS = ("right", "right_long")
SHIFTS = {"dense": -4, "diagonal": 4}
LEFT, TOP, WIDTH, HEIGHT, ACROSS, DOWN = 44, 115, 148, 104, 196, 162
RECORDED = outcomes("counting")


def rates(modulus: int, links: str, units: int, length: str) -> list[float]:
    """How often the count was right in each seed."""
    seeds: list[float] = RECORDED[f"modulus-{modulus}-links-{links}-units-{units}"][length]["seeds"]
    return seeds


def draw() -> Figure:
    figure, axes = canvas(LEFT + ACROSS + WIDTH + 12, TOP + 2 * DOWN - 8)
    label(axes, 8, 13, "Count right, by number of units N", align="left", bold=True)
    for k, (links, words) in enumerate(
        (("dense", "dense: units read one another"), ("diagonal", "diagonal: they do not"))
    ):
        left = 8 + 212 * k
        wire(axes, [(left, 34), (left + 20, 34)], role=ROLES[links], width=1.8, arrow=False)
        label(axes, left + 26, 34, words, role=ROLES[links], size=SMALL, align="left")
    for k, words in enumerate(("mean, 40 timesteps, as trained", "mean, 400 timesteps")):
        left = 8 + 212 * k
        wire(axes, [(left, 51), (left + 20, 51)], role="ink", width=1.4, arrow=False, dashed=k == 1)
        label(axes, left + 26, 51, words, size=SMALL, align="left")
    wire(axes, [(14.5, 68), (21.5, 68)], role="ink", width=1.3, arrow=False)
    label(axes, 34, 68, "a seed, 40 timesteps", size=SMALL, align="left")
    wire(axes, [(220, 68), (240, 68)], role="muted", width=0.9, arrow=False)
    label(axes, 246, 68, "guessing", role="muted", size=SMALL, align="left")
    label(
        axes,
        8,
        86,
        "Numbers: means with 96 weights, 4 dense or 8 diagonal units",
        role="muted",
        size=SMALL,
        align="left",
    )
    for k, modulus in enumerate((2, 3, 4, 8)):
        row, column = divmod(k, 2)
        panel(axes, modulus, LEFT + column * ACROSS, TOP + row * DOWN)
    return figure


def panel(axes: Axes, modulus: int, left: float, top: float) -> None:
    chart = Chart(left, top + 14, WIDTH, HEIGHT, (0.8, 20), (0, 1), log="x")
    label(axes, left, top, f"modulo {modulus}", align="left", bold=True)
    chart.frame(axes, {n: str(n) for n in (1, 2, 4, 8, 16)}, {0: "0", 0.5: "50 %", 1: "100 %"})
    guessed = 1 / modulus
    chart.line(axes, (0.8, 20), (guessed, guessed), "muted", width=0.9, gid=f"guessed-{modulus}")
    for links, role in ROLES.items():
        for length in LENGTHS:
            found = [rates(modulus, links, units, length) for units in SIZES[links]]
            longer, name = length == "right_long", f"{modulus}-{links}-{length}"
            means = [float(np.mean(seeds)) for seeds in found]
            chart.line(
                axes,
                SIZES[links],
                means,
                role,
                dashed=longer,
                width=(3 if links == "dense" else 1.6) - (0.8 if longer else 0),
                gid=f"means-{name}",
            )
            if not longer:
                xs = [units for units, seeds in zip(SIZES[links], found, strict=True) for _ in seeds]
                ys = [rate for seeds in found for rate in seeds]
                chart.seeds(axes, xs, ys, role, shift=SHIFTS[links], gid=f"seeds-{name}")
    for k, (links, units) in enumerate((("diagonal", 8), ("dense", 4))):
        mean = number(100 * float(np.mean(rates(modulus, links, units, "right"))), 0)
        label(
            axes,
            left + WIDTH - 41 * k,
            top,
            f"{mean} %",
            role=ROLES[links],
            align="right",
            size=SMALL,
            gid=f"mean-{modulus}-{links}",
        )
