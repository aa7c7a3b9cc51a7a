"""The weights of a layer as areas: twice the units, twice the features, and Keras beside PyTorch."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, number, wire
from lstm_ref import LSTM
from lstm_ref.examples import FEATURES, UNITS, worked_layer
from lstm_ref.layouts import to_pytorch
from lstm_ref.types import Array

TITLE = "How fast does the number of weights grow, and why does PyTorch count more of them?"
KERAS, PYTORCH = worked_layer().get_weights(), to_pytorch(*worked_layer().get_weights())
MORE = sum(array.size for array in PYTORCH) - worked_layer().count_params()
ALT = (
    "Layers drawn as rectangles, each weight a square of the same size: on top the kernel, below it the recurrent kernel, "
    "at the bottom the bias. In a row of layers with twice as many units from one to the next, the rectangles become "
    "twice as wide, and taller by their recurrent kernel. In a row with twice as many features from one to the next, the "
    "width stays, and only the kernel becomes taller. Below, the same layer in Keras and in PyTorch: kernel, recurrent "
    "kernel and bias have the same sizes in both, and PyTorch has a second bias of the size of the first."
)
CAPTION = (
    "Areas are numbers of weights. Twice the units means twice the columns and more rows, so nearly 4 times the weights "
    "where units far outnumber features; twice the features means more rows of the kernel only, so less than "
    f"twice the weights. PyTorch by default keeps a second bias of `4 * units` numbers, {MORE} here, which it adds to the first."
)

SIDE, PLACES = 3.1, (8, 86, 213)  # of the square that is one weight; where the three layers of a row begin
LEFT, RIGHT, WIDTH, ROW = 8, 219, 192, 18  # of Keras and of PyTorch; of both; of one of their rows
STYLES = (("input-soft", "input"), ("hidden-soft", "hidden"), ("line", "wire"), ("paper", "ink"))


def draw() -> Figure:
    figure, axes = canvas(RIGHT + WIDTH + 8, 516)
    grow(axes, 13, "N", UNITS, "Twice the units: up to 4 times the weights")
    label(axes, PLACES[2] + 8 * UNITS * SIDE, 72, "recurrent_kernel: N × 4N", role="hidden", size=SMALL)
    grow(axes, 161, "F", FEATURES, "Twice the features: up to twice the weights")
    label(axes, PLACES[2] + 4 * UNITS * SIDE + 8, 212, "kernel: F × 4N", role="input", size=SMALL, align="left")

    label(axes, LEFT, 309, f"N = {UNITS}, F = {FEATURES} in Keras and in PyTorch", align="left", bold=True)
    compare(axes, LEFT, "Keras", ("kernel", "recurrent_kernel", "bias"), KERAS)
    names = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")
    y = compare(axes, RIGHT, "PyTorch", names, PYTORCH)
    label(axes, LEFT + WIDTH - 2, y, f"PyTorch only: 4N = {MORE}", align="right", bold=True, gid="more")
    wire(axes, [(LEFT + WIDTH + 2, y), (RIGHT - 1, y)], role="ink", width=1.6, gid="more-wire")
    return figure


def built(symbol: str, size: int) -> LSTM:
    """Return a layer with the sizes of the worked example but for N, its units, or F, its features."""
    units, features = (size, FEATURES) if symbol == "N" else (UNITS, size)
    layer = LSTM(units)
    layer.build((None, None, features))
    return layer


def grow(axes: Axes, top: float, symbol: str, start: int, title: str) -> None:
    """Draw three layers to one scale, N or F twice as large from one to the next."""
    fixed, what = (f"F = {FEATURES}", "units") if symbol == "N" else (f"N = {UNITS}", "features")
    times = built(symbol, 128).count_params() / built(symbol, 64).count_params()
    example = f"from 64 to 128 {what}: × {number(times, 1)}"
    label(axes, LEFT, top, title, align="left", bold=True)
    label(axes, RIGHT + WIDTH, top, fixed, role="muted", align="right")
    label(axes, LEFT, top + 22, example, role="muted", size=SMALL, align="left", gid=f"large-{symbol}")
    before, ground = 0, top + 86
    for left, size in zip(PLACES, (start, 2 * start, 4 * start), strict=True):
        layer = built(symbol, size)
        count, rows = layer.count_params(), layer.count_params() / (4 * layer.units)
        pile(axes, left, ground - rows * SIDE, 4 * layer.units * SIDE, SIDE, layer.get_weights(), f"{symbol}-{size}")
        label(axes, left, ground + 13, f"{symbol} = {size}", role="muted", align="left")
        text = f"{count} = {number(count / before, 1)} × {before}" if before else str(count)
        label(axes, left, ground + 30, text, align="left", gid=f"count-{symbol}-{size}")
        before = count


def compare(axes: Axes, left: float, title: str, names: Sequence[str], arrays: Sequence[Array]) -> float:
    """Draw a framework's arrays with their names and sizes; return the middle of the last."""
    label(axes, left, 332, title, align="left", bold=True)
    total = str(sum(array.size for array in arrays))
    label(axes, left + WIDTH, 332, total, align="right", bold=True, gid=f"{title}-total")
    middles = pile(axes, left, 343, WIDTH, ROW, arrays, title)
    for name, array, middle in zip(names, arrays, middles, strict=True):
        label(axes, left + 6, middle, name, size=SMALL, align="left")
        label(axes, left + WIDTH - 6, middle, str(array.size), size=SMALL, align="right", gid=f"{name}-size")
    return middles[-1]


def pile(
    axes: Axes, left: float, top: float, width: float, row: float, arrays: Sequence[Array], gid: str
) -> list[float]:
    """Draw arrays upon one another, each as wide as the bias is long; return where their middles are."""
    middles = []
    for k, (array, (fill, edge)) in enumerate(zip(arrays, STYLES, strict=False)):
        height, extra = array.size / arrays[2].size * row, k > 2
        top += 3 * extra
        box(axes, left, top, width, height, fill, edge, 0, line_width=1, dashed=extra, gid=f"{gid}-array-{k}")
        middles.append(top + height / 2)
        top += height
    return middles
