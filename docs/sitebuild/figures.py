"""The figures that `python -m diagrams` has drawn, as the pages use them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from docs.sitebuild.source import IMAGE, Image, Page, Text


class Figure(NamedTuple):
    """An entry of index.json, and the SVG as it stands in a page."""

    name: str
    title: str
    alt: str
    caption: str  # with `code`
    width: int
    height: int
    svg_bytes: int
    png_bytes: int
    png_size: tuple[int, int]
    files: list[str]
    table: list[list[str]]  # its numbers, if a widget draws it too; the first row is the heading
    inline: str

    @property
    def placeholder(self) -> str:
        """What stands for the SVG until the page is written."""
        return f"<!--figure {self.name}-->"


def draw(root: Path, out: Path) -> dict[str, Figure]:
    """Bring the figures in `out` up to date and return them by name."""
    # A new process: this one would go on using the modules that it imported for the first build.
    if subprocess.run([sys.executable, "-m", "diagrams", str(out)], cwd=root).returncode:
        raise RuntimeError("The figures could not be drawn: `python -m diagrams` failed, see above.")
    entries = json.loads((out / "index.json").read_text(encoding="utf-8"))
    words = {entry["name"]: {key: entry[key] for key in Figure._fields[:-1]} for entry in entries}
    return {name: Figure(**it, inline=(out / f"{name}.html").read_text(encoding="utf-8")) for name, it in words.items()}


def check(page: Page, known: dict[str, Figure]) -> None:
    """Refuse figures that are not there, stand twice, or share their paragraph."""
    names = [block.name for block in page.blocks if isinstance(block, Image)]
    if unknown := [name for name in names if name not in known]:
        raise LookupError(f"there is no figure {unknown[0]!r}. Known: {', '.join(known)}.")
    if twice := [name for name in page.figures if page.figures.count(name) > 1]:
        raise LookupError(f"the figure {twice[0]!r} stands on the page twice.")
    texts = (block.words for block in page.blocks if isinstance(block, Text))
    if inside := [found[2] for text in texts for found in IMAGE.finditer(text)]:
        raise LookupError(f"the figure {inside[0]!r} needs a paragraph of its own.")
