"""The figures that `python -m diagrams` has drawn, as the pages use them."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from docs.sitebuild.addresses import LICENCE

FITS_A_PHONE = 520  # wider than this, a figure scrolls in its own box on a phone instead of shrinking


class Figure(NamedTuple):
    name: str
    title: str
    alt: str
    caption: str  # with `code`
    width: int
    height: int
    fragment: str  # what is put into a page
    svg_bytes: int
    png_bytes: int
    png_size: tuple[int, int]

    @property
    def classes(self) -> str:
        return "lstm-figure lstm-figure--wide" if self.width > FITS_A_PHONE else "lstm-figure"

    @property
    def downloads(self) -> dict[str, str]:
        """The kinds of its files, and how large they are."""
        width, height = self.png_size
        png = f"PNG, {width} × {height}, {round(self.png_bytes / 1000)} kB"
        return {"svg": f"SVG, {round(self.svg_bytes / 1000)} kB", "png": png}


def draw(root: Path, out: Path) -> dict[str, Figure]:
    """Bring the figures in `out` up to date and return them by name.

    Raises:
        RuntimeError: one could not be drawn.
    """
    # A new process: this one would go on using the modules that it imported for the first build.
    if subprocess.run([sys.executable, "-m", "diagrams", str(out)], cwd=root).returncode:
        raise RuntimeError("The figures could not be drawn: `python -m diagrams` failed, see above.")
    return {entry["name"]: figure(entry, out) for entry in json.loads((out / "index.json").read_text(encoding="utf-8"))}


def figure(entry: dict[str, str], out: Path) -> Figure:
    name, png = entry["name"], (out / f"{entry['name']}.png").read_bytes()
    size = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    said = {key: entry[key] for key in ("name", "title", "alt", "caption", "width", "height")}
    fragment = (out / f"{name}.html").read_text(encoding="utf-8")
    return Figure(**said, fragment=fragment, svg_bytes=(out / f"{name}.svg").stat().st_size, png_bytes=len(png), png_size=size)  # type: ignore[arg-type]


def manifest(figures: dict[str, Figure], shown_on: dict[str, list[str]], home: str) -> str:
    """Return all figures with their words, sizes, addresses and licence.

    Args:
        figures: by name.
        shown_on: the full addresses of the pages that show a figure, by its name.
        home: the site's address.
    """
    entries = []
    for name, it in figures.items():
        entry = {key: getattr(it, key) for key in ("name", "title", "alt", "caption", "width", "height")}
        entry["svg"] = {"url": f"{home}figures/{name}.svg", "bytes": it.svg_bytes}
        width, height = it.png_size
        entry["png"] = {"url": f"{home}figures/{name}.png", "bytes": it.png_bytes, "width": width, "height": height}
        entry |= {"licence": "CC BY 4.0", "licence_url": LICENCE}
        entry["pages"] = [f"{page}#fig-{name}" for page in shown_on.get(name, [])]
        entries.append(entry)
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
