"""The figures that `python -m diagrams` has drawn, as the pages use them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from docs.sitebuild.addresses import LICENCE
from docs.sitebuild.source import IMAGE, Image, Page, Text


class Figure(NamedTuple):
    name: str
    title: str
    alt: str
    caption: str  # with `code`
    width: int
    height: int
    inline: str  # the SVG as it stands in a page
    svg_bytes: int
    png_bytes: int
    png_size: tuple[int, int]

    @property
    def slot(self) -> str:
        """What stands for the SVG until the page is written."""
        return f"<!--figure {self.name}-->"

    @property
    def downloads(self) -> dict[str, str]:
        """The kinds of its files, and how large they are."""
        width, height = self.png_size
        png = f"PNG, {width} × {height}, {round(self.png_bytes / 1000)} kB"
        return {"svg": f"SVG, {round(self.svg_bytes / 1000)} kB", "png": png}


def draw(root: Path, out: Path) -> dict[str, Figure]:
    """Bring the figures in `out` up to date and return them by name."""
    # A new process: this one would go on using the modules that it imported for the first build.
    if subprocess.run([sys.executable, "-m", "diagrams", str(out)], cwd=root).returncode:
        raise RuntimeError("The figures could not be drawn: `python -m diagrams` failed, see above.")
    figures = {}
    for entry in json.loads((out / "index.json").read_text(encoding="utf-8")):
        name, png = entry["name"], (out / f"{entry['name']}.png").read_bytes()
        size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
        said = [entry[key] for key in ("name", "title", "alt", "caption", "width", "height")]
        inline = (out / f"{name}.html").read_text(encoding="utf-8")
        figures[name] = Figure(*said, inline, (out / f"{name}.svg").stat().st_size, len(png), size)
    return figures


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


def manifest(figures: dict[str, Figure], shown_on: dict[str, list[str]], home: str) -> str:
    """Return all figures with their words, sizes, addresses and licence, and the addresses of the pages that show them."""
    entries = []
    for name, it in figures.items():
        entry = {key: getattr(it, key) for key in ("name", "title", "alt", "caption", "width", "height")}
        entry["svg"] = {"url": f"{home}figures/{name}.svg", "bytes": it.svg_bytes}
        size = dict(zip(("width", "height"), it.png_size, strict=True))
        entry["png"] = {"url": f"{home}figures/{name}.png", "bytes": it.png_bytes} | size
        entry |= {"licence": "CC BY 4.0", "licence_url": LICENCE}
        entry["pages"] = [f"{page}#fig-{name}" for page in shown_on.get(name, [])]
        entries.append(entry)
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
