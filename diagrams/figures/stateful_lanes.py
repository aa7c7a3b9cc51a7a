"""stateful=True: row b of every batch is one lane, along which h and c are handed from call to call, until a reset."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import box, canvas, label, number, wire
from lstm_ref.examples import BATCH, TIMESTEPS, worked_input, worked_layer

TITLE = "What does stateful=True carry over, and between which rows?"
CALLS = (0, 2), (2, 4), (4, 5)  # first timestep and end
ALT = (
    f"{BATCH} horizontal lanes, one for each row of the batch. From left to right {len(CALLS)} calls of the layer, "
    f"which share {TIMESTEPS} timesteps. Along each lane, h and c run out of one call and into the next; nothing leads "
    "from lane to lane. After the last call the states of both rows are those of a single call with all timesteps. "
    "Then a barrier, reset_state(), stands across both lanes; after it all states are 0."
)
CAPTION = (
    "With `stateful=True` row b of a call goes on where row b of the previous call ended: "
    f"{len(CALLS)} calls end where one call with all {TIMESTEPS} timesteps ends. `reset_state()` sets the states "
    "of all rows to 0; without `stateful=True` every call starts from 0, or from an `initial_state`."
)

LEFT, TOP, LANE = 55, 48, 88  # of the first call; of the first lane; from lane to lane
STEP, CARD, GAP = 23, 46, 13  # widths of a timestep, of a card, of the space between
HALF = 20  # half the height of a timestep and of a card
STATES = ("h", "hidden", -9, 1.2), ("c", "cell", 9, 2.4)  # name, role, place from the middle, width of the wire


def draw() -> Figure:
    x = worked_input()
    layer = worked_layer(stateful=True)
    kept: list[Any] = []
    for first, end in CALLS:
        layer(x[:, first:end])
        kept.append(layer.states)
    layer.reset_state()
    _, *once = worked_layer(return_state=True)(x)

    figure, axes = canvas(478, 320)
    middles = [TOP + HALF + b * LANE for b in range(len(x))]
    bottom = middles[-1] + HALF + 24
    for b, middle in enumerate(middles):
        box(axes, 8, middle - HALF - 7, 462, 2 * HALF + 26, fill="band", edge=None, gid=f"lane-b{b}")
        label(axes, 8, middle - HALF - 17, f"b = {b}", align="left", bold=True)
        for name, role, line, _ in STATES:
            label(axes, 17, middle + line, name, role=role, bold=True)
            label(axes, 30, middle + line, "0", gid=f"{name}-start-b{b}")
    before = 38.0
    for k, (first, end) in enumerate(CALLS):
        left, right = (LEFT + t * STEP + k * (CARD + 2 * GAP) for t in (first, end))
        outline = [(left - 5, 23), (right + 5, 23), (right + 5, bottom), (left - 5, bottom), (left - 5, 23)]
        wire(axes, outline, arrow=False, gid=f"call-{k}")
        label(axes, (left + right) / 2, 12, f"call {k + 1}", bold=True)
        label(axes, (left + right) / 2, bottom + 14, f"x {x[:, first:end].shape}", role="muted", gid=f"shape-{k}")
        for b, middle in enumerate(middles):
            for name, role, line, width in STATES:
                y, gid = middle + line, f"{name}-wire-call{k}-b{b}"
                wire(axes, [(before, y), (left, y)], role, width, gid=f"{gid}-in")
                wire(axes, [(right, y), (right + GAP, y)], role, width, arrow=False, gid=f"{gid}-out")
            for t in range(first, end):
                place = left + (t - first) * STEP, middle - HALF, STEP, 2 * HALF
                box(axes, *place, fill="input-soft", edge="input", radius=3, gid=f"x-t{t}-b{b}")
                label(axes, place[0] + STEP / 2, middle, f"x{'₁₂₃₄₅'[t]}", role="input", bold=True)
        cards(axes, right + GAP, middles, kept[k], f"call{k}")
        before = right + GAP + CARD

    cards(axes, 416, middles, layer.states, "reset")
    barrier = (before + 416) / 2
    wire(axes, [(barrier, 22), (barrier, bottom)], role="ink", width=3, arrow=False, gid="reset")
    label(axes, barrier, 12, "reset_state()", bold=True)

    y = bottom + 56
    label(axes, 8, y - 9, "One call with all timesteps", align="left")
    label(axes, 8, y + 9, "ends in the same states:", align="left")
    for b, left in enumerate((272, 388)):
        label(axes, left - 22, y, f"b = {b}", align="right", bold=True)
        for name, role, line, _ in STATES:
            label(axes, left - 11, y + line, name, role=role, bold=True)
        card(axes, left, y, once, b, "once")
    label(axes, 8, y + 54, "Each stack: h and c of one row, unit 0 in front, the others behind", "muted", align="left")
    return figure


def cards(axes: Axes, left: float, middles: list[int], states: Any, gid: str) -> None:
    label(axes, left + CARD / 2, TOP - 17, "unit 0", role="unit-0", bold=True)
    for b, middle in enumerate(middles):
        card(axes, left, middle, states, b, gid)


def card(axes: Axes, left: float, middle: float, states: Any, b: int, gid: str) -> None:
    """Draw the states of one row: a card per unit, that of unit 0 in front with its numbers."""
    for j in reversed(range(states[0].shape[1])):
        place = left, middle - HALF + 4 * j, CARD, 2 * HALF
        box(axes, *place, fill=f"unit-{j}-soft", edge=f"unit-{j}", gid=f"card-{gid}-b{b}-u{j}")
    for (name, _, line, _), state in zip(STATES, states, strict=True):
        label(axes, left + CARD - 4, middle + line, number(state[b, 0]), align="right", gid=f"{name}-{gid}-b{b}")
