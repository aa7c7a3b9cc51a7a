"""A card of 1200 x 630 pixels for a page that is shared: its title, large on dark, and its figure on white beside it."""

import io
import re
from functools import cache
from itertools import combinations, pairwise
from typing import NamedTuple

from matplotlib import image
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.textpath import TextPath, text_to_path
from matplotlib.transforms import IdentityTransform

from diagrams import export
from diagrams.palette import ROLES

# All in pixels; heights count from the top.
WIDTH, HEIGHT, MARGIN = 1200, 630, 48
STRIPE = 12  # at the left edge, in the colours of the units
FIGURE_WIDTH, FIGURE_MARGIN = 528, 32  # the widest; what a narrower one leaves is the title's
SITE_SIZE, SITE_BASELINE = 38, 84
SMALLEST, LINES, LEADING, DESCENDERS = 32, 4, 1.25, 0.24  # of a title; the last two by size


class Place(NamedTuple):
    """Where a title stands: its first baseline, what size is large enough, and the largest."""

    baseline: int
    enough: int
    largest: int


BESIDE, ALONE = Place(200, 56, 68), Place(244, 96, 112)  # a figure, or without one

SANS = FontProperties(family="DejaVu Sans", size=100)
BOLD = FontProperties(family="DejaVu Sans", weight="bold", size=100)
CODE = FontProperties(family="DejaVu Sans Mono", weight="bold", size=100)


def card(figure: Figure | None, title: str) -> bytes:
    """Return the PNG, opaque and without a date; what stands between backticks in the title is set as code.

    Raises:
        ValueError: the title has no room.
    """
    paper = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100)
    right = WIDTH
    if figure:
        inches = figure.get_size_inches()
        dpi = min(FIGURE_WIDTH / inches[0], (HEIGHT - 2 * FIGURE_MARGIN) / inches[1])
        picture = image.imread(io.BytesIO(export.png(figure, dpi, {})))
        height, width = picture.shape[:2]
        paper.figimage(picture, WIDTH - FIGURE_MARGIN - width, (HEIGHT - height) // 2)
        right -= width + 2 * FIGURE_MARGIN
    paint(paper, 0, 0, right, HEIGHT, "paper")
    for unit in range(4):
        paint(paper, 0, HEIGHT * unit / 4, STRIPE, HEIGHT / 4, f"unit-{unit}")

    left = STRIPE + MARGIN
    write(paper, export.SITE, left, SITE_BASELINE, SITE_SIZE, "unit-0", SANS)
    place = BESIDE if figure else ALONE
    size, lines = fit(title, right - MARGIN - left, place)
    for number, line in enumerate(lines):
        write(paper, line, left, place.baseline + round(size * LEADING * number), size, "ink", BOLD)
    return export.png(paper, 100, {"Title": title.replace("`", ""), "Copyright": export.LICENCE})


def fit(title: str, width: float, place: Place) -> tuple[int, list[str]]:
    """Return the size of a title and its lines: as few as make it large enough, or else as make it largest.

    Raises:
        ValueError: it would be too small to be read.
    """
    words = re.findall(r"(?:`[^`]*`|[^\s`])+", title)
    options = []
    for count in range(1, min(LINES, len(words)) + 1):
        lines = balanced(words, count)
        below = (HEIGHT - MARGIN - place.baseline) / (LEADING * (count - 1) + DESCENDERS)
        options.append((min(place.largest, int(width / max(map(length, lines))), int(below)), lines))
    best, _ = max(options)
    if best < SMALLEST:
        raise ValueError(f"the title {title!r} has no room on a card")
    return next((size, lines) for size, lines in options if size >= min(best, place.enough))


def balanced(words: list[str], count: int) -> list[str]:
    """Return so many lines whose longest is as short as can be; then the second longest, and so on.

    >>> balanced(["one", "two", "three", "four", "`five six`"], 3)
    ['one two', 'three four', '`five six`']
    """
    ways = (pairwise((0, *breaks, len(words))) for breaks in combinations(range(1, len(words)), count - 1))
    broken = ([" ".join(words[start:end]) for start, end in way] for way in ways)
    return min(broken, key=lambda lines: sorted(map(length, lines), reverse=True))


def length(line: str) -> float:
    """Return how long a line of a title is, by its size."""
    return sum(advance(text, font) for text, font in runs(line, BOLD))


@cache
def advance(text: str, font: FontProperties) -> float:
    width, _, _ = text_to_path.get_text_width_height_descent(text, font, ismath=False)
    return width / font.get_size()


def runs(line: str, font: FontProperties) -> list[tuple[str, FontProperties]]:
    """Return the pieces of a line and their fonts.

    >>> [text for text, font in runs("What is `units`?", BOLD)]
    ['What is ', 'units', '?']
    """
    parts = re.split("(`[^`]*`)", line)
    return [(part.strip("`"), CODE if part.startswith("`") else font) for part in parts if part]


def write(paper: Figure, line: str, left: float, baseline: float, size: int, role: str, font: FontProperties) -> None:
    for text, face in runs(line, font):
        outline = TextPath((left, HEIGHT - baseline), text, size, face)
        paper.add_artist(PathPatch(outline, color=ROLES[role].dark, linewidth=0, transform=IdentityTransform()))
        left += size * advance(text, face)


def paint(paper: Figure, left: float, top: float, width: float, height: float, role: str) -> None:
    corner = left, HEIGHT - top - height
    area = Rectangle(corner, width, height, color=ROLES[role].dark, linewidth=0, transform=IdentityTransform())
    paper.add_artist(area)
