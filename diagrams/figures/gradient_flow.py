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
    "Two charts over the timesteps back from the loss, on a logarithmic scale. Above, the gradient of the loss by the cell "
    "state: with forget bias 0 it falls fastest, with 1 more slowly, with 2 most slowly; dashed beside each is the part "
    "that takes the way along c alone, which is smaller. A plain recurrence of the same size falls a little faster than the "
    "layer with forget bias 1, and more slowly than that if its inputs are small. Below, the same for the gradient by the input."
)
CAPTION = (
    "Untrained layers of the same size, geometric means over several seeds. Along c alone, a step back multiplies the gradient by the "
    "forget gate (dashed); the rest comes back through h, after many steps most of it. With Keras's default, forget bias 1, the gradient vanishes about as fast as in a plain "
    "recurrence, h = tanh(...), and faster than in one whose inputs are about a third as large; with 2 it lasts longer than in both."
)

STEPS, UNITS, FEATURES, SEEDS = 60, 32, 3, 20
BIASES = {0: "unit-1", 1: "unit-0", 2: "unit-2"}
LEFT, WIDTH, HEIGHT, TOP, DOWN = 46, 252, 166, 58, 218
LEAST = 1e-9
EVERY = 6  # which points of a line are drawn
SPREADS = {1.0: "plain recurrence", 0.3: "plain, small x"}


def flow(forget_bias: float, seed: int) -> tuple[Array, Array, Array]:
    """|dL/dc| before 0 to 60 steps, in all and along c only, and |dL/dx| at each step back; L is a random sum of the last h."""
    rng = np.random.default_rng([seed, 1])
    layer = untrained.layer(UNITS, FEATURES, seed, forget_bias)
    trace = layer.trace(rng.normal(size=(1, STEPS, FEATURES)))
    dh: Array = rng.normal(size=(1, UNITS))
    dc: Array = np.zeros((1, UNITS))
    along = dc + dh * trace.o[:, -1] * (1 - np.tanh(trace.c[:, -1]) ** 2)
    by_c, by_c_alone, by_x = [], [], []
    for t in reversed(range(STEPS)):
        new = Trace(*(values[:, t] for values in trace))
        total = dc + dh * new.o * (1 - np.tanh(new.c) ** 2)
        by_c.append(np.linalg.norm(total))
        by_c_alone.append(np.linalg.norm(along))
        before = trace.c[:, t - 1] if t else np.zeros((1, UNITS))
        dz, dh, dc = step_back(dh, dc, before, new, layer.recurrent_kernel)
        along = along * new.f
        by_x.append(np.linalg.norm(dz @ layer.kernel.T))
    return np.array(by_c), np.array(by_c_alone), np.array(by_x)


def plain(seed: int, spread: float) -> tuple[Array, Array]:
    """|dL/dh| and |dL/dx| of h = tanh(x @ kernel + h @ recurrent_kernel), with Keras's initial weights; spread of x."""
    rng = np.random.default_rng([seed, 1])
    draw_weights = np.random.default_rng(seed)
    kernel = glorot_uniform((FEATURES, UNITS), draw_weights)
    recurrent_kernel = orthogonal((UNITS, UNITS), draw_weights)
    x, h = spread * rng.normal(size=(STEPS, FEATURES)), [np.zeros(UNITS)]
    for now in x:
        h.append(np.tanh(now @ kernel + h[-1] @ recurrent_kernel))
    dh, by_h, by_x = rng.normal(size=UNITS), [], []
    for after in reversed(h[1:]):
        by_h.append(np.linalg.norm(dh))
        dz = dh * (1 - after**2)
        by_x.append(np.linalg.norm(kernel @ dz))
        dh = recurrent_kernel @ dz
    return np.array(by_h), np.array(by_x)


def left_over(runs: list[Array]) -> Array:
    """The geometric mean over seeds, as a part of what there is at the last timestep."""
    parts: Array = np.exp(np.mean(np.log([run / run[0] for run in runs]), axis=0))
    return parts


def draw() -> Figure:
    figure, axes = canvas(418, TOP + 2 * DOWN - 4)
    label(axes, 8, 13, "Gradient left, k timesteps back from the loss", align="left", bold=True)
    wire(axes, [(8, 34), (30, 34)], role="ink", width=1.8, arrow=False)
    label(axes, 35, 34, "all of it", size=SMALL, align="left")
    wire(axes, [(100, 34), (122, 34)], role="ink", width=1.2, arrow=False, dashed=True)
    label(axes, 127, 34, "along c alone: the product of the forget gates", size=SMALL, align="left")
    curves: dict[int | str, tuple[str, str, list[tuple[Array, ...]]]] = {
        bias: (role, f"forget bias {bias}", [flow(bias, seed) for seed in range(SEEDS)])
        for bias, role in BIASES.items()
    }
    for spread, name in SPREADS.items():
        plain_runs = [plain(seed, spread) for seed in range(SEEDS)]
        curves[f"plain-{spread}"] = "ink", name, [(by_h, by_h, by_x) for by_h, by_x in plain_runs]
    for row, (name, what) in enumerate((("c", "|dL/dc|, and |dL/dh| of the plain recurrence"), ("x", "|dL/dx|"))):
        chart = Chart(LEFT, TOP + row * DOWN + 14, WIDTH, HEIGHT, (0, STEPS), (LEAST, 1), log="y")
        label(axes, LEFT, TOP + row * DOWN, what, size=SMALL, align="left")
        ticks = {10.0**-k: f"10⁻{'⁰¹²³⁴⁵⁶⁷⁸⁹'[k]}" if k else "1" for k in (0, 3, 6, 9)}
        chart.frame(axes, {0: "k = 0", 20: "20", 40: "40"}, ticks)
        free = float(TOP + row * DOWN)
        parts = {key: left_over([run[2 * row] for run in runs]) for key, (_, _, runs) in curves.items()}
        for key in sorted(parts, key=lambda key: -parts[key][-1]):
            role, words, runs = curves[key]
            free = curve(axes, chart, parts[key], role, words, f"{key}-{name}", free)
            if name == "c" and key in BIASES:
                alone = left_over([run[1] for run in runs])
                shown = alone >= LEAST
                chart.line(
                    axes,
                    range(0, int(shown.sum()), EVERY),
                    alone[shown][::EVERY].tolist(),
                    role,
                    dashed=True,
                    width=1.2,
                    gid=f"{key}-alone",
                )
    return figure


def curve(axes: Axes, chart: Chart, parts: Array, role: str, words: str, gid: str, free: float) -> float:
    """Draw a line, and at its end, not above `free`, its name and the factor of one step; return where these end."""
    shown = parts >= LEAST
    chart.line(axes, range(0, int(shown.sum()), EVERY), parts[shown][::EVERY].tolist(), role, gid=gid)
    last = int(shown.sum()) - 1
    x, y = chart.at(STEPS, float(parts[last]))
    y = max(y - 6, free)
    label(axes, x + 4, y, words, role=role, size=SMALL, align="left")
    label(
        axes,
        x + 4,
        y + 13,
        f"× {number(float(parts[last] ** (1 / last)))} a step",
        role=role,
        size=SMALL,
        align="left",
        gid=f"factor-{gid}",
    )
    return y + 28
