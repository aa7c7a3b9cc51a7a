"""The error of forecasts of a real series, over units and windows, with what costs nothing beside it."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.charts import Chart
from diagrams.parts import SMALL, canvas, label, number, wire
from diagrams.recorded import outcomes

TITLE = "How many units does a real series need?"
ALT = (
    "Three charts, for windows of 12, 24 and 48 months: the error of forecasts one month ahead, in degrees, over 1 to 32 "
    "units. Each seed is a stroke, the means are joined by a line. Dashed lines are the error of the last month, of the same month "
    "a year before, and of a linear function of the window. The error falls steeply from 1 to 4 units and little after that; "
    "at 16 and 32 units the means lie a little below the line of the linear function."
)
CAPTION = (
    "Temperature of the sea surface off Peru, each month from 1950 to 2010, forecast from windows of three lengths; logarithmic axes. Five blocks of five "
    "years are forecast by layers trained on what came before, of which the last five years chose the training step; ten seeds. The linear function "
    "is fitted to the same months as the layers. Beyond 8 units little is gained."
)

WINDOWS, UNITS, ORIGINS = (12, 24, 48), (1, 2, 4, 8, 16, 32), (1986, 1991, 1996, 2001, 2006)
TICKS = {4: ".4", 6: ".6", 8: ".8", 10: "1"}
SIMPLE = {
    "last_month": ("muted", "last month"),
    "last_year": ("gate-g", "same month last year"),
    "linear": ("unit-1", "linear function of the window"),
}
LEFT, TOP, WIDTH, HEIGHT, ACROSS = 34, 112, 104, 240, 124
RECORDED = outcomes("series")


def pooled(window: int, units: int, name: str) -> np.ndarray:
    """Root of the mean squared error over the five blocks, of each seed or of what is simple."""
    blocks = [RECORDED[f"window-{window}-units-{units}-origin-{origin}"][name] for origin in ORIGINS]
    result: np.ndarray = np.sqrt(np.mean(np.square(blocks), axis=0))
    return result


def draw() -> Figure:
    figure, axes = canvas(LEFT + 2 * ACROSS + WIDTH + 14, TOP + HEIGHT + 46)
    label(axes, 8, 13, "RMS error one month ahead in °C, by units N", align="left", bold=True)
    wire(axes, [(8, 34), (28, 34)], role="unit-0", width=1.8, arrow=False)
    label(axes, 34, 34, "LSTM(N), mean", role="unit-0", size=SMALL, align="left")
    wire(axes, [(206.5, 34), (213.5, 34)], role="unit-0", width=1.3, arrow=False)
    label(axes, 226, 34, "a seed", role="unit-0", size=SMALL, align="left")
    for (left, y), (role, words) in zip(((8, 52), (200, 52), (8, 70)), SIMPLE.values(), strict=True):
        wire(axes, [(left, y), (left + 20, y)], role=role, width=1.4, arrow=False, dashed=True)
        label(axes, left + 26, y, words, role=role, size=SMALL, align="left")
    for k, window in enumerate(WINDOWS):
        panel(axes, window, LEFT + k * ACROSS, first=k == 0)
    return figure


def panel(axes: Axes, window: int, left: float, first: bool) -> None:
    chart = Chart(left, TOP, WIDTH, HEIGHT, (0.8, 40), (0.4, 1.75), log="xy")
    label(axes, left, TOP - 18, f"{window}-month window", size=SMALL, align="left", bold=True)
    chart.frame(
        axes,
        {n: str(n) for n in (1, 2, 4, 8, 16, 32)},
        {k / 10: TICKS[k] if first else "" for k in TICKS},
    )
    for name, (role, _) in SIMPLE.items():
        error = float(pooled(window, 1, name))
        chart.line(axes, [0.8, 40], [error, error], role, dashed=True, width=1.4, gid=f"{name}-{window}")
        x, y = chart.at(0.8, error)
        below, gid = name == "linear", f"error-{name}-{window}"
        label(axes, x + 2, y + (10 if below else -8), number(error), role=role, size=SMALL, align="left", gid=gid)
    found = [pooled(window, units, "error") for units in UNITS]
    chart.line(axes, UNITS, [float(seeds.mean()) for seeds in found], "unit-0", gid=f"means-{window}")
    xs = [units for units, seeds in zip(UNITS, found, strict=True) for _ in seeds]
    chart.seeds(axes, xs, [float(error) for seeds in found for error in seeds], "unit-0", gid=f"seeds-{window}")
