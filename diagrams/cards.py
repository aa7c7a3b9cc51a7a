"""A card of 1200 x 630 pixels for a page that is shared: its title, and its figure beside it."""

import io

from matplotlib import image
from matplotlib.figure import Figure
from matplotlib.text import Text

from diagrams import export
from diagrams.palette import colour

WIDTH, HEIGHT, MARGIN = 1200, 630, 48
TITLE_WIDTH, TITLE_HEIGHT = 400, 430
SIZES = range(48, 15, -2)  # of the title, in pixels


def card(figure: Figure, title: str) -> bytes:
    """Return the PNG: the title on the left above the site's name, the figure on the right; opaque, no date."""
    paper = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=colour("paper"))
    top = HEIGHT - MARGIN
    words = paper.text(MARGIN / WIDTH, top / HEIGHT, "", va="top", weight="bold", color=colour("ink"), linespacing=1.25)
    fit(words, title)
    paper.text(MARGIN / WIDTH, MARGIN / HEIGHT, export.SITE, va="bottom", size=16, color=colour("muted"))

    room = WIDTH - 3 * MARGIN - TITLE_WIDTH, HEIGHT - 2 * MARGIN
    dpi = min(pixels / inches for pixels, inches in zip(room, figure.get_size_inches(), strict=True))
    picture = image.imread(io.BytesIO(export.png(figure, dpi, {})))
    height, width = picture.shape[:2]
    left = WIDTH - MARGIN - room[0] + (room[0] - width) // 2
    paper.figimage(picture, left, (HEIGHT - height) // 2)
    return export.png(paper, 100, {"Title": title, "Copyright": export.LICENCE})


def fit(text: Text, words: str) -> None:
    """Break the words into lines, at the largest size at which they have room.

    Raises:
        ValueError: there is none.
    """
    for size in SIZES:
        text.set_fontsize(size * 0.72)  # points at 100 pixels per inch
        lines: list[str] = []
        for word in words.split():
            longer = [*lines[:-1], f"{lines[-1]} {word}"] if lines else [word]
            text.set_text(longer[-1])
            fits = text.get_window_extent().width <= TITLE_WIDTH
            lines = longer if fits or not lines else [*lines, word]
        text.set_text("\n".join(lines))
        extent = text.get_window_extent()
        if extent.width <= TITLE_WIDTH and extent.height <= TITLE_HEIGHT:
            return
    raise ValueError(f"the title {words!r} has no room on a card")
