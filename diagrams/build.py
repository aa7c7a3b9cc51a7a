"""All figures into one folder: what `python -m diagrams OUT` does."""

import hashlib
import importlib
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

from diagrams.recorded import EXPERIMENTS

# matplotlib and everything that draws are imported by the workers only: after the digests are taken, and not at all when
# nothing is to be drawn.

HERE = Path(__file__).parent
OF_ALL = ("index.json", "sheets.json", "figures.css")
SHEETS = {"cheat-sheet"}  # to be printed: drawn and published with the figures, but they stand on no page
SHEET_WIDTH = 2339  # pixels: A4 at 200 dpi


def names() -> list[str]:
    """Return the names of all figures, which are their module names with hyphens; sheets are none.

    >>> "n-unit-chain" in names(), "cheat-sheet" in names()
    (True, False)
    """
    return sorted(_modules() - SHEETS)


def _modules() -> set[str]:
    return {file.stem.replace("_", "-") for file in (HERE / "figures").glob("*.py")} - {"--init--"}


def load(name: str) -> ModuleType:
    """Import the module of a figure: TITLE, ALT, CAPTION and draw(); if a widget draws it too, data() and as_table().

    >>> load("n-unit-chain").draw().__class__.__name__
    'Figure'
    """
    return importlib.import_module(f"diagrams.figures.{name.replace('-', '_')}")


def digests() -> dict[str, str]:
    """Return for each figure and sheet a hash of all that it depends on."""
    versions = [sys.version, *(version(library) for library in ("numpy", "matplotlib", "pillow"))]
    shared = hashlib.sha256("\n".join(versions).encode())
    for package in (HERE.parent / "lstm_ref", HERE):
        for file in sorted(package.rglob("*")):
            is_a_figure = file.parent == HERE / "figures" and file.stem != "__init__"
            if file.is_file() and "__pycache__" not in file.parts and not is_a_figure:
                shared.update(str(file.relative_to(package)).encode() + file.read_bytes())
    for file in sorted(EXPERIMENTS.glob("*.json")):
        shared.update(file.read_bytes())
    result = {}
    for name in sorted(_modules()):
        own = shared.copy()
        if name in SHEETS:  # it prints where it is from
            own.update(os.environ.get("SITE_URL", "").encode())
        own.update((HERE / "figures" / f"{name.replace('-', '_')}.py").read_bytes())
        result[name] = own.hexdigest()
    return result


def render(name: str, out: Path) -> dict[str, Any]:
    """Draw one figure, write its files and return its entry in the index."""
    from diagrams import export

    module = load(name)
    if name in SHEETS:
        return _render_sheet(name, module, out)
    figure = export.draw(module.draw)
    svg = export.svg_file(figure, name, module.TITLE, module.ALT)
    (out / f"{name}.svg").write_text(svg, encoding="utf-8")
    (out / f"{name}.html").write_text(export.inline(svg), encoding="utf-8")
    png = export.png_file(figure, name, module.TITLE)
    (out / f"{name}.png").write_bytes(png)
    kinds = ["svg", "png"]
    if hasattr(module, "data"):
        kinds.append("json")
        (out / f"{name}.json").write_text(json.dumps(module.data()), encoding="utf-8")
    width, height = (round(72 * inches) for inches in figure.get_size_inches())
    return {
        "name": name,
        "title": module.TITLE,
        "alt": module.ALT,
        "caption": module.CAPTION,
        "width": width,
        "height": height,
        "svg_bytes": len(svg.encode()),
        "png_bytes": len(png),
        "png_size": export.pixels(png),
        "files": [f"{name}.{kind}" for kind in kinds],  # to be published
        "table": module.as_table() if hasattr(module, "as_table") else [],
    }


def _render_sheet(name: str, module: ModuleType, out: Path) -> dict[str, Any]:
    from diagrams import export

    figure = export.draw(module.draw)
    files = {
        f"{name}.pdf": export.pdf_file(figure, name, module.TITLE),
        f"{name}.png": export.png_file(figure, name, module.TITLE, SHEET_WIDTH),
        f"{name}.svg": export.svg_file(figure, name, module.TITLE, module.ALT).encode(),
    }
    for file, content in files.items():
        (out / file).write_bytes(content)
    return {"name": name, "title": module.TITLE, "alt": module.ALT, "files": [*files]}


def build(out: Path) -> None:
    """Bring `out` up to date: draw what changed, delete what no longer is a figure, write the index and the colours.

    Raises:
        RuntimeError: a figure raised; it and its error are named.
    """
    now = digests()
    out.mkdir(parents=True, exist_ok=True)
    index = {entry["name"]: entry for entry in _read_index(out) if _is_current(entry, now, out)}
    stale = [name for name in now if name not in index]
    print(f"figures: {len(index)} up to date, {len(stale)} to draw", flush=True)
    # What is drawn anew leaves the index until it is done: a failure must not pass as up to date.
    _write_index(out, index)
    for done, (entry, seconds) in enumerate(_drawn(stale, out), start=1):
        name = entry["name"]
        index[name] = entry | {"digest": now[name]}
        print(f"  [{done}/{len(stale)}] {name} ({seconds:.2f} s)", flush=True)
    for file in out.iterdir():
        if file.name not in OF_ALL and file.stem not in now:
            file.unlink()
    from diagrams import palette

    (out / "figures.css").write_text(palette.stylesheet(), encoding="utf-8")
    _write_index(out, index)


def _drawn(stale: list[str], out: Path) -> Iterator[tuple[dict[str, Any], float]]:
    """Draw in as many processes as there are cores; yield entries and seconds as they come."""
    with ProcessPoolExecutor() as pool:
        running = {pool.submit(_timed, name, out): name for name in stale}
        for future in as_completed(running):
            try:
                yield future.result()
            except Exception as error:
                pool.shutdown(cancel_futures=True)
                raise RuntimeError(
                    f"figure {running[future]} was not drawn: {type(error).__name__}: {error}"
                ) from error


def _timed(name: str, out: Path) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    return render(name, out), time.perf_counter() - start


def _read_index(out: Path) -> list[dict[str, Any]]:
    try:
        kinds = [json.loads((out / index).read_text(encoding="utf-8")) for index in ("index.json", "sheets.json")]
    except (FileNotFoundError, json.JSONDecodeError):
        return []
    return [entry for entries in kinds for entry in entries]


def _write_index(out: Path, index: dict[str, dict[str, Any]]) -> None:
    for file, names in (("index.json", index.keys() - SHEETS), ("sheets.json", index.keys() & SHEETS)):
        entries = [index[name] for name in sorted(names)]
        (out / file).write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _is_current(entry: dict[str, Any], now: dict[str, str], out: Path) -> bool:
    if now.get(entry["name"]) != entry["digest"]:  # of other code, too: then nothing else of the entry is known
        return False
    inline = [] if entry["name"] in SHEETS else [f"{entry['name']}.html"]
    files = [out / name for name in (*entry["files"], *inline)]
    return all(file.exists() and file.stat().st_size for file in files)
