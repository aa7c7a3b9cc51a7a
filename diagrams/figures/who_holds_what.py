"""Two trained layers of three units that hold three bits, opened: one bit a unit in one, mixed in the other."""

from itertools import permutations
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import SMALL, box, canvas, label, number, value_box, wire
from diagrams.recorded import outcomes
from lstm_ref import LSTM
from lstm_ref.types import Array

TITLE = "Which unit holds which bit?"
ALT = (
    "Two trained layers of three units that hold three bits, over ten timesteps. On top, the pulses that set and clear the "
    "bits, and each bit as the layers read it out. For each layer h of each unit, and a table: how often each bit is right while one of the units is "
    "taken out. In the first layer each unit taken out spoils one bit and leaves the others right. In the second, one unit does the same; "
    "each of the other two spoils the same two bits."
)
CAPTION = (
    "The same training from two seeds. A unit may hold a bit with either sign. It is taken out by setting its h to zero; bold on a coloured ground: a bit that this spoils. "
    "In the first layer that is one bit, a different one for each unit, which is then only guessed. In the second layer two units share two bits. With no unit taken out, "
    "both layers give the right value of all three bits at almost every timestep."
)

PULSES = np.array(
    [
        [1, 0, 0, 0, -1, 0, 0, 0, 1, 0],
        [-1, 0, 1, 0, 0, 0, 0, -1, 0, 0],
        [1, 0, 0, -1, 0, 0, 1, 0, 0, 0],
    ]
)
BITS, STEPS = PULSES.shape
LEFT, COLUMN, ROW, TOP, PANEL = 62, 33.5, 24, 142, 246
RECORDED = outcomes("who_holds_what")["flip_flops-3"]


def chosen() -> tuple[int, int]:
    """The seeds whose units are most and least one bit each, of those that learned."""
    learned = [seed for seed, rate in enumerate(RECORDED["right"]["seeds"]) if rate >= 0.95]
    scores = {seed: one_bit_each(np.array(RECORDED["without"][seed])) for seed in learned}
    return max(learned, key=scores.__getitem__), min(learned, key=scores.__getitem__)


def one_bit_each(right: Array) -> float:
    """What the unit of each bit spoils when it is taken out, less what the others spoil; (units, bits)."""
    wrong = 1 - right
    own = max(sum(float(wrong[unit, bit]) for bit, unit in enumerate(order)) for order in permutations(range(BITS)))
    return 2 * own - float(wrong.sum())


def opened(seed: int) -> tuple[Array, Array]:
    """h (timesteps, units) of a seed's layer over the pulses, and what its read-out says of the bits."""
    kernel, recurrent_kernel, bias, read_out, read_out_bias = (np.array(array) for array in RECORDED["weights"][seed])
    layer = LSTM(BITS, return_sequences=True)
    layer.set_weights([kernel, recurrent_kernel, bias])
    h = layer(PULSES.T[np.newaxis].astype(float))[0]
    return h, h @ read_out + read_out_bias > 0


def draw() -> Figure:
    figure, axes = canvas(LEFT + STEPS * COLUMN + 10, TOP + 2 * PANEL)
    seeds = chosen()
    label(axes, 8, 13, "Pulses (+ sets, − clears); bit as read out (filled: set)", align="left", bold=True)
    told = opened(seeds[0])[1]
    for bit in range(BITS):
        y = 26 + bit * ROW
        label(axes, 8, y + ROW / 2, f"bit {'ABC'[bit]}", align="left")
        for t in range(STEPS):
            x, fill = LEFT + t * COLUMN, "input-soft" if told[t, bit] else "paper"
            box(axes, x + 1, y + 2, COLUMN - 2, ROW - 4, fill=fill, edge="line", radius=2, line_width=0.8)
            if PULSES[bit, t]:
                label(axes, x + COLUMN / 2, y + ROW / 2, "+" if PULSES[bit, t] > 0 else "−", role="input", bold=True)
    y = 26 + BITS * ROW + 12
    label(axes, 8, y, "timesteps", role="muted", size=SMALL, align="left")
    wire(axes, [(LEFT + 6, y), (LEFT + STEPS * COLUMN - 6, y)], role="muted")
    for k, (seed, words) in enumerate(zip(seeds, ("each unit holds one bit", "two units share two bits"), strict=True)):
        panel(axes, TOP + k * PANEL, seed, words)
    return figure


def panel(axes: Axes, top: float, seed: int, words: str) -> None:
    h = opened(seed)[0]
    label(axes, 8, top, f"Seed {seed}: {words}", align="left", bold=True)
    label(axes, 8, top + 20, "h of each unit", role="muted", size=SMALL, align="left")
    for unit in range(BITS):
        y = top + 30 + unit * ROW
        label(axes, 8, y + ROW / 2, f"unit {unit}", role=f"unit-{unit}", align="left", bold=True)
        for t in range(STEPS):
            place = LEFT + t * COLUMN + 1, y + 2, COLUMN - 2, ROW - 4
            value_box(axes, *place, h[t, unit], f"unit-{unit}", f"s{seed}-h-t{t}-u{unit}", SMALL, digits=1)
    table(axes, top + 46 + BITS * ROW, seed, np.array(RECORDED["without"][seed]))


def table(axes: Axes, top: float, seed: int, right: Any) -> None:
    label(
        axes,
        8,
        top,
        "How often a bit is right over 400 timesteps (bold: spoilt)",
        role="muted",
        size=SMALL,
        align="left",
    )
    for bit in range(BITS):
        label(axes, 210 + bit * 66, top + 20, f"bit {'ABC'[bit]}", bold=True)
    for unit in range(BITS):
        y = top + 32 + unit * ROW
        label(axes, 8, y + ROW / 2, f"unit {unit} taken out", role=f"unit-{unit}", align="left")
        for bit in range(BITS):
            spoilt = right[unit, bit] < 0.99
            left = 210 + bit * 66 - 30
            box(
                axes,
                left,
                y + 2,
                60,
                ROW - 4,
                fill=f"unit-{unit}-soft" if spoilt else "paper",
                edge="line",
                radius=2,
                line_width=0.8,
            )
            label(
                axes,
                210 + bit * 66,
                y + ROW / 2,
                f"{number(100 * right[unit, bit], 0)} %",
                bold=bool(spoilt),
                gid=f"s{seed}-without-{unit}-{bit}",
            )
