"""How much of a gradient is left after k steps back, along c and in all, for three forget biases and a plain recurrence."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams import untrained
from diagrams.charts import Chart
from diagrams.parts import SMALL, canvas, label, number, wire
from lstm_ref import step_back
from lstm_ref.core import Trace
from lstm_ref.initializers import glorot_uniform, orthogonal
from lstm_ref.types import Array

TITLE = "How much of the gradient comes back after 60 timesteps?"
ALT = (
    "A chart over the timesteps back from the loss, on a logarithmic scale: the gradient of the loss by the cell "
    "state. With forget bias 0 it falls fastest, with 1 more slowly, with 2 most slowly; dashed beside each is the part "
    "that takes the way along c alone, which is smaller. The gradient by h of a plain recurrence of the same size falls a little faster than that of the "
    "layer with forget bias 1, and more slowly than that if its inputs are small."
)
CAPTION = (
    "Untrained layers of 32 units on 3 normal inputs, geometric means over 20 seeds. Along c alone, a step back multiplies the gradient by the "
    "forget gate (dashed); the rest comes back through h. With Keras's default, forget bias 1, the gradient vanishes about as fast as in a plain "
    "recurrence, h = tanh(...), and faster than in one whose inputs are about a third as large; with 2 it lasts longer than in both."
)

STEPS, UNITS, FEATURES, SEEDS = 60, 32, 3, 20
BIASES = {0: "unit-1", 1: "unit-0", 2: "unit-2"}
LEFT, WIDTH, HEIGHT, TOP = 46, 252, 250, 84
LEAST = 1e-9
EVERY = 6  # which points of a line are drawn, besides its last
SPREADS = {1.0: ("ink", "plain recurrence"), 0.3: ("unit-3", "plain, small x")}


def flow(forget_bias: float, seed: int) -> tuple[Array, Array]:
    """|dL/dc| 0 to 60 steps back, in all and along c only; L is a random sum of the last h."""
    rng = np.random.default_rng([seed, 1])
    layer = untrained.layer(UNITS, FEATURES, seed, forget_bias)
    trace = layer.trace(rng.normal(size=(1, STEPS + 1, FEATURES)))
    dh: Array = rng.normal(size=(1, UNITS))
    dc: Array = np.zeros((1, UNITS))
    along = dc + dh * trace.o[:, -1] * (1 - np.tanh(trace.c[:, -1]) ** 2)
    by_c, by_c_alone = [], []
    for t in reversed(range(STEPS + 1)):
        new = Trace(*(values[:, t] for values in trace))
        by_c.append(np.linalg.norm(dc + dh * new.o * (1 - np.tanh(new.c) ** 2)))
        by_c_alone.append(np.linalg.norm(along))
        before = trace.c[:, t - 1] if t else np.zeros((1, UNITS))
        _, dh, dc = step_back(dh, dc, before, new, layer.recurrent_kernel)
        along = along * new.f
    return np.array(by_c), np.array(by_c_alone)


def plain(seed: int, spread: float) -> Array:
    """|dL/dh| of h = tanh(x @ kernel + h @ recurrent_kernel), with Keras's initial weights; spread of x."""
    rng = np.random.default_rng([seed, 1])
    draw_weights = np.random.default_rng(seed)
    kernel = glorot_uniform((FEATURES, UNITS), draw_weights)
    recurrent_kernel = orthogonal((UNITS, UNITS), draw_weights)
    x, h = spread * rng.normal(size=(STEPS + 1, FEATURES)), [np.zeros(UNITS)]
    for now in x:
        h.append(np.tanh(now @ kernel + h[-1] @ recurrent_kernel))
    dh, by_h = rng.normal(size=UNITS), []
    for after in reversed(h[1:]):
        by_h.append(np.linalg.norm(dh))
        dh = recurrent_kernel @ (dh * (1 - after**2))
    return np.array(by_h)


def left_over(runs: list[Array]) -> Array:
    """The geometric mean over seeds, as a part of what there is at the last timestep."""
    parts: Array = np.exp(np.mean(np.log([run / run[0] for run in runs]), axis=0))
    return parts


def draw() -> Figure:
    figure, axes = canvas(418, TOP + HEIGHT + 30)
    label(axes, 8, 13, "Gradient left, k timesteps back from the loss", align="left", bold=True)
    wire(axes, [(8, 34), (30, 34)], role="ink", width=1.8, arrow=False)
    label(axes, 35, 34, "all of it", size=SMALL, align="left")
    wire(axes, [(100, 34), (122, 34)], role="ink", width=1.2, arrow=False, dashed=True)
    label(axes, 127, 34, "along c alone: the product of the forget gates", size=SMALL, align="left")
    setting = f"{UNITS} units, {FEATURES} normal inputs, {SEEDS} seeds, untrained"
    label(axes, 8, 52, setting, role="muted", size=SMALL, align="left")
    label(axes, LEFT, TOP - 12, "|dL/dc|, and |dL/dh| of the plain recurrence", size=SMALL, align="left")
    chart = Chart(LEFT, TOP, WIDTH, HEIGHT, (0, STEPS), (LEAST, 1), log="y")
    ticks = {10.0**-k: f"10⁻{'⁰¹²³⁴⁵⁶⁷⁸⁹'[k]}" if k else "1" for k in (0, 3, 6, 9)}
    chart.frame(axes, {0: "k = 0", 20: "20", 40: "40", 60: "60"}, ticks)
    curves = {}
    for bias, role in BIASES.items():
        whole, alone = zip(*(flow(bias, seed) for seed in range(SEEDS)), strict=True)
        curves[str(bias)] = role, f"forget bias {bias}", left_over(list(whole))
        line(axes, chart, left_over(list(alone)), role, f"{bias}-alone", dashed=True, width=1.2)
    for spread, (role, words) in SPREADS.items():
        curves[f"plain-{spread}"] = role, words, left_over([plain(seed, spread) for seed in range(SEEDS)])
    free = float(TOP)
    for key, (role, words, parts) in sorted(curves.items(), key=lambda curve: -curve[1][2][-1]):
        last = line(axes, chart, parts, role, key)
        y = max(chart.at(STEPS, float(parts[last]))[1] - 6, free)
        label(axes, LEFT + WIDTH + 4, y, words, role=role, size=SMALL, align="left")
        factor = f"× {number(float(parts[last] ** (1 / last)))} a step"
        label(axes, LEFT + WIDTH + 4, y + 13, factor, role=role, size=SMALL, align="left", gid=f"factor-{key}")
        free = y + 28
    return figure


def line(axes: Axes, chart: Chart, parts: Array, role: str, gid: str, dashed: bool = False, width: float = 1.8) -> int:
    """Draw what of a line is not below the chart, and return its last k."""
    last = int((parts >= LEAST).sum()) - 1
    ks = [*range(0, last, EVERY), last]
    chart.line(axes, ks, parts[ks].tolist(), role, dashed=dashed, width=width, gid=gid)
    return last
