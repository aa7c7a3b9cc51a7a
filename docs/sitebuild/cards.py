"""A card of 1200 x 630 pixels for each page that is shared: its title, large on dark, and its figure on white beside it."""

import hashlib
import io
import re
from importlib.metadata import distribution, version
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from diagrams import LICENCE, SITE
from diagrams.palette import ROLES

WIDTH, HEIGHT, MARGIN, STRIPE = 1200, 630, 48, 12  # pixels; the stripe at the left has the colours of the units
FIGURE_WIDTH, FIGURE_MARGIN = 528, 32  # the widest; what a narrower one leaves is the title's
SITE_SIZE, SITE_BASELINE = 38, 84
SMALLEST, LINES, LEADING, DESCENDERS = 32, 4, 1.25, 0.24  # of a title; the last two by size
SANS, BOLD, CODE = "DejaVuSans", "DejaVuSans-Bold", "DejaVuSansMono-Bold"  # they come with matplotlib


class Card(NamedTuple):
    """What the card of a page shows; in the title, code stands between backticks."""

    name: str
    title: str
    figure: str  # "" for none


def draw(wanted: list[Card], figures: Path, out: Path) -> dict[Card, Path]:
    """Draw into `out` the cards that changed, with the PNGs of their figures from `figures`; others leave. Return all."""
    drawn_with = ROLES, SITE, LICENCE, version("pillow"), version("matplotlib"), Path(__file__).read_text()
    files = {card: out / f"{card.name}.png" for card in wanted}
    for card, file in files.items():
        try:
            figure = (figures / f"{card.figure}.png").read_bytes() if card.figure else b""
            digest = hashlib.sha256(repr((drawn_with, card.title, figure)).encode()).hexdigest()
            if not file.exists() or f"Digest\0{digest}".encode() not in file.read_bytes():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(picture(card.title, figure, digest))
        except (OSError, ValueError) as error:
            raise RuntimeError(f"card {card.name} was not drawn: {error}") from error
    for file in {*out.rglob("*.png")} - {*files.values()}:
        file.unlink()
    return files


def picture(title: str, figure: bytes, digest: str) -> bytes:
    paper = Image.new("RGB", (WIDTH, HEIGHT), ROLES["paper"].dark)
    pen = ImageDraw.Draw(paper)
    left, right = STRIPE + MARGIN, WIDTH
    if figure:
        shown = Image.open(io.BytesIO(figure)).convert("RGB")
        shown.thumbnail((FIGURE_WIDTH, HEIGHT - 2 * FIGURE_MARGIN))
        right -= shown.width + 2 * FIGURE_MARGIN
        pen.rectangle((right, 0, WIDTH, HEIGHT), ROLES["paper"].light)
        paper.paste(shown, (right + FIGURE_MARGIN, (HEIGHT - shown.height) // 2))
    for unit in range(4):
        pen.rectangle((0, HEIGHT * unit / 4, STRIPE - 1, HEIGHT), ROLES[f"unit-{unit}"].dark)

    pen.text((left, SITE_BASELINE), SITE, ROLES["unit-0"].dark, font(SANS, SITE_SIZE), anchor="ls")
    baseline, largest = (200, 68) if figure else (244, 112)
    size, lines = fit(title, right - MARGIN - left, HEIGHT - MARGIN - baseline, largest)
    for number, line in enumerate(lines):
        start = float(left)
        for text, face in runs(line, size):
            pen.text((start, baseline + round(size * LEADING * number)), text, ROLES["ink"].dark, face, anchor="ls")
            start += face.getlength(text)
    about, png = PngInfo(), io.BytesIO()
    for key, value in {"Title": title.replace("`", ""), "Copyright": LICENCE, "Digest": digest}.items():
        about.add_text(key, value)
    paper.save(png, "PNG", pnginfo=about)
    return png.getvalue()


def fit(title: str, width: float, height: float, largest: int) -> tuple[int, list[str]]:
    """Return the largest size at which a title has room, and its lines."""
    words = re.findall(r"(?:`[^`]*`|[^\s`])+", title)
    lengths = {word: sum(face.getlength(text) for text, face in runs(word, 100)) / 100 for word in [*words, " "]}

    def length(line: list[str]) -> float:
        return sum(lengths[word] for word in line) + lengths[" "] * (len(line) - 1)

    for size in range(largest, SMALLEST - 1, -1):
        lines = [[words[0]]]
        for word in words[1:]:
            fits = size * length([*lines[-1], word]) <= width
            lines[-1:] = [[*lines[-1], word]] if fits else [lines[-1], [word]]
        high = size * (LEADING * (len(lines) - 1) + DESCENDERS)
        if len(lines) <= LINES and high <= height and size * max(map(length, lines)) <= width:
            return size, [" ".join(line) for line in lines]
    raise ValueError(f"the title {title!r} has no room on a card")


def runs(line: str, size: int) -> list[tuple[str, ImageFont.FreeTypeFont]]:
    """Return the pieces of a line, code and others, and their fonts."""
    parts = [part for part in re.split("(`[^`]*`)", line) if part]
    return [(part.strip("`"), font(CODE if part.startswith("`") else BOLD, size)) for part in parts]


def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    file = distribution("matplotlib").locate_file(f"matplotlib/mpl-data/fonts/ttf/{name}.ttf")
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
