"""A table of shops and months: each row is cut into windows by itself; a window over the end of a row mixes two shops."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diagrams.parts import HEADING, box, canvas, label, value_box, wire

TITLE = "How do many series become (batch, timesteps, features)?"
LENGTH = 2  # of a window
SALES = (12, 14, 13, 15, 17, 16), (52, 55, 51, 58, 57, 59), (90, 94, 93, 97, 95, 99)  # by shop, by month
SHOPS, MONTHS = len(SALES), len(SALES[0])
EACH = MONTHS - LENGTH  # windows of a shop that have a target
ALT = (
    f"A table of numbers with {SHOPS} rows, shop 1 to shop {SHOPS}, and {MONTHS} columns, the months. An arrow down the rows says batch, "
    "an arrow along the columns timesteps, and an arrow to one number features. In each row a frame holds a window of "
    f"{LENGTH} neighbouring months, and a dashed frame the month behind it, its target. Below, the shape of whole rows and the shape of all "
    "windows. At the bottom, marked as wrong, two rows stand one behind the other, and a window lies across their border."
)
CAPTION = (
    f"Whole rows are {SHOPS} sequences of {MONTHS} timesteps. Cut into windows of {LENGTH}, each row gives {EACH} that have a target, and "
    f"{SHOPS} shops give {SHOPS * EACH}. Cut each row separately: a window across the border of two rows belongs to no shop."
)

LEFT, TOP, COLUMN, WIDTH, ROW, HEIGHT = 76, 56, 42, 33, 35, 24
LEGEND = 336  # where words to the right of the table begin
PLACES = 172, 288, 404  # of the entries of the shapes


def draw() -> Figure:
    bottom = TOP + SHOPS * ROW
    figure, axes = canvas(476, bottom + 318)
    right = LEFT + MONTHS * COLUMN - COLUMN + WIDTH
    label(axes, 8, 14, "batch", align="left", bold=True)
    label(axes, LEFT, 14, "timesteps", align="left", bold=True)
    wire(axes, [(LEFT + 76, 14), (right, 14)], role="ink", gid="timesteps-wire")
    wire(axes, [(60, TOP), (60, bottom - 8)], role="ink", gid="batch-wire")
    label(axes, 8, 38, "month", align="left", role="muted")
    for m in range(MONTHS):
        label(axes, LEFT + m * COLUMN + WIDTH / 2, 38, str(m + 1), role="muted", gid=f"month-{m}")
    for s, sales in enumerate(SALES):
        top = TOP + s * ROW
        label(axes, 8, top + HEIGHT / 2, f"shop {s + 1}", align="left", bold=True)
        window(axes, LEFT + s * COLUMN, top, f"s{s}")
        for m, value in enumerate(sales):
            place = LEFT + m * COLUMN, top, WIDTH, HEIGHT
            value_box(axes, *place, value, "input", f"sales-s{s}-m{m}", digits=0)
    legend(axes, right)
    shapes(axes, bottom + 40)
    wrong(axes, bottom + 216)
    return figure


def window(axes: Axes, left: float, top: float, gid: str) -> None:
    """Frame a window, whose first number will begin at `left`, and with dashes its target."""
    width, target = LENGTH * COLUMN - COLUMN + WIDTH, left + LENGTH * COLUMN
    box(axes, left - 3, top - 3, width + 6, HEIGHT + 6, edge="ink", line_width=2, gid=f"window-{gid}")
    box(axes, target - 3, top - 3, WIDTH + 6, HEIGHT + 6, edge="ink", line_width=1.4, dashed=True, gid=f"target-{gid}")


def legend(axes: Axes, right: float) -> None:
    """Write to the right of the table what a number, a solid and a dashed frame are."""
    rows = [TOP + s * ROW + HEIGHT / 2 for s in range(3)]
    wire(axes, [(LEGEND - 4, rows[0]), (right + 2, rows[0])], role="ink", gid="features-wire")
    label(axes, LEGEND, rows[0], "features:", align="left", bold=True)
    label(axes, LEGEND + 73, rows[0], "1 number", align="left", gid="features")
    box(axes, LEGEND, rows[1] - 8, 16, 16, edge="ink", line_width=2, gid="key-window")
    label(axes, LEGEND + 24, rows[1], f"window of {LENGTH}", align="left", gid="window-length")
    box(axes, LEGEND, rows[2] - 8, 16, 16, edge="ink", line_width=1.4, dashed=True, gid="key-target")
    label(axes, LEGEND + 24, rows[2], "its target", align="left")


def shapes(axes: Axes, top: float) -> None:
    """Write the shape of whole rows and of windows, and what makes the second of the first."""
    for place, name in zip(PLACES, ("batch", "timesteps", "features"), strict=True):
        label(axes, place, top, name, bold=True)
    shape(axes, "whole rows", "rows", (SHOPS, MONTHS, 1), top + 26)
    shape(axes, "windows", "windows", (SHOPS * EACH, LENGTH, 1), top + 104)
    for place, name in zip(PLACES, ("shops", "months", "sales"), strict=True):
        label(axes, place, top + 50, name, role="muted")
        wire(axes, [(place, top + 60), (place, top + 90)], width=1.6, gid=f"{name}-wire")
    label(axes, PLACES[0] - 8, top + 74, f"{EACH} of each shop", role="muted", align="right", gid="each")
    label(axes, PLACES[1] - 8, top + 74, f"{LENGTH} at a time", role="muted", align="right", gid="at-a-time")
    label(axes, PLACES[2] - 8, top + 74, "unchanged", role="muted", align="right")


def shape(axes: Axes, words: str, name: str, sizes: tuple[int, ...], y: float) -> None:
    """Write a shape, each entry framed at its place."""
    label(axes, 8, y, words, align="left", bold=True)
    label(axes, PLACES[0] - 21, y, "(", size=HEADING)
    for axis, (place, size) in enumerate(zip(PLACES, sizes, strict=True)):
        box(axes, place - 14, y - 11, 28, 22, edge="ink", gid=f"{name}-shape-{axis}-box")
        label(axes, place, y, str(size), size=HEADING, bold=True, gid=f"{name}-shape-{axis}")
        label(axes, place + 21, y, ")" if place == PLACES[-1] else ",", size=HEADING)


def wrong(axes: Axes, top: float) -> None:
    """Draw the ends of two rows that were chained, and the window that holds numbers of both."""
    box(axes, 0, top - 20, 476, 122, fill="band", edge=None, gid="wrong")
    label(axes, 8, top, "Wrong: rows chained, then cut", align="left", bold=True)
    last = 3  # months of the first shop that are drawn
    chained = [(0, m) for m in range(MONTHS - last, MONTHS)] + [(1, m) for m in range(last)]
    y = top + 38
    label(axes, 8, top + 24, "month", align="left", role="muted")
    window(axes, LEFT + (last - 1) * COLUMN, y, "wrong")
    for position, (s, m) in enumerate(chained):
        left = LEFT + position * COLUMN
        label(axes, left + WIDTH / 2, top + 24, str(m + 1), role="muted", gid=f"wrong-month-{position}")
        value_box(axes, left, y, WIDTH, HEIGHT, SALES[s][m], "input", f"wrong-s{s}-m{m}", digits=0)
    border = LEFT + last * COLUMN - (COLUMN - WIDTH) / 2
    wire(axes, [(border, y - 6), (border, y + HEIGHT + 30)], role="ink", width=2.4, arrow=False, gid="border")
    label(axes, border - 10, y + HEIGHT + 20, "shop 1", align="right", bold=True)
    label(axes, border + 10, y + HEIGHT + 20, "shop 2", align="left", bold=True)
    label(axes, LEGEND - 10, y + HEIGHT / 2 - 9, "one sequence of", align="left")
    label(axes, LEGEND - 10, y + HEIGHT / 2 + 9, "two shops", align="left")
