"""Charts in the vocabulary of the figures: a frame with ticks, and in it lines and the strokes of seeds, each series one element."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from diagrams.palette import colour
from diagrams.parts import SMALL, label, wire


@dataclass(frozen=True)
class Chart:
    """A place on the canvas and what its edges stand for; `log` names the axes on which equal steps are equal factors.

    >>> chart = Chart(left=50, top=10, width=200, height=100, x=(0, 10), y=(0, 1))
    >>> chart.at(5, 1)
    (150.0, 10.0)
    """

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]
    log: str = ""

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a value stands on the canvas."""
        across, up = (
            _part(value, *ends, name in self.log) for name, value, ends in (("x", x, self.x), ("y", y, self.y))
        )
        return self.left + across * self.width, self.top + (1 - up) * self.height

    def frame(self, axes: Axes, x_ticks: Mapping[float, str], y_ticks: Mapping[float, str]) -> None:
        """Draw a line at each tick of y, and write the ticks."""
        for value, text in y_ticks.items():
            y = self.at(self.x[0], value)[1]
            wire(axes, [(self.left, y), (self.left + self.width, y)], role="line", width=0.8, arrow=False)
            label(axes, self.left - 6, y, text, role="muted", size=SMALL, align="right")
        for value, text in x_ticks.items():
            x = self.at(value, self.y[0])[0]
            label(axes, x, self.top + self.height + 13, text, role="muted", size=SMALL)

    def line(
        self,
        axes: Axes,
        xs: Sequence[float],
        ys: Sequence[float],
        role: str,
        dashed: bool = False,
        width: float = 1.8,
        gid: str | None = None,
    ) -> None:
        points = [self.at(x, y) for x, y in zip(xs, ys, strict=True)]
        wire(axes, points, role=role, width=width, arrow=False, dashed=dashed, gid=gid)

    def seeds(
        self,
        axes: Axes,
        xs: Sequence[float],
        ys: Sequence[float],
        role: str,
        width: int = 7,
        shift: float = 0,
        gid: str | None = None,
    ) -> None:
        """Draw a short stroke at each (x, y), `shift` to the right of it: an outcome of one seed."""
        strokes = []
        for x, y in zip(xs, ys, strict=True):
            across, down = self.at(x, y)
            left, down = round(across + shift - width / 2), round(down, 1)
            strokes.append(Path([(left, down), (left + width, down)]))
        axes.add_artist(
            PathPatch(
                Path.make_compound_path(*strokes),
                facecolor="none",
                edgecolor=colour(role),
                linewidth=1.3,
                gid=gid,
                clip_on=False,
            )
        )


def _part(value: float, start: float, end: float, log: bool) -> float:
    if log:
        value, start, end = math.log(value), math.log(start), math.log(end)
    return (value - start) / (end - start)
