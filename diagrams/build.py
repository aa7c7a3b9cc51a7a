"""All figures into one folder: what `python -m diagrams OUT` does."""

import hashlib
import importlib
import json
import pkgutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from types import ModuleType
from typing import Any

import matplotlib
import numpy

import lstm_ref
from diagrams import export, figures, palette

SUFFIXES = (".svg", ".png", ".html")


def names() -> list[str]:
    """Return the names of all figures, which are their module names with hyphens.

    >>> "n-unit-chain" in names()
    True
    """
    return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(figures.__path__))


def load(name: str) -> ModuleType:
    """Import the module of a figure: TITLE, ALT, CAPTION and draw().

    >>> load("n-unit-chain").draw().__class__.__name__
    'Figure'
    """
    return importlib.import_module(f"diagrams.figures.{name.replace('-', '_')}")


def digest(name: str) -> str:
    """Return a hash of all that a figure depends on: the libraries, lstm_ref, the shared modules, its own module."""
    here, reference = Path(__file__).parent, Path(lstm_ref.__file__).parent
    sources = [
        *sorted(reference.rglob("*.py")),
        *sorted(here.glob("*.py")),
        here / "figures" / f"{name.replace('-', '_')}.py",
    ]
    total = hashlib.sha256(f"{sys.version} {numpy.__version__} {matplotlib.__version__}".encode())
    for source in sources:
        total.update(source.name.encode() + source.read_bytes())
    return total.hexdigest()


def render(name: str, out: Path) -> dict[str, Any]:
    """Draw one figure, write its three files and return its entry in the index."""
    module = load(name)
    figure = module.draw()
    words = name, module.TITLE, module.ALT
    (out / f"{name}.svg").write_text(export.svg_file(figure, *words), encoding="utf-8")
    (out / f"{name}.html").write_text(export.fragment(figure, *words, module.CAPTION), encoding="utf-8")
    (out / f"{name}.png").write_bytes(export.png_file(figure))
    width, height = (round(72 * inches) for inches in figure.get_size_inches())
    return {
        "name": name,
        "title": module.TITLE,
        "alt": module.ALT,
        "caption": module.CAPTION,
        "width": width,
        "height": height,
        "digest": digest(name),
    }


def build(out: Path) -> None:
    """Bring `out` up to date: draw what changed, delete what no longer is a figure, write the index and the colours.

    Raises:
        RuntimeError: a figure raised; it and its error are named.
    """
    out.mkdir(parents=True, exist_ok=True)
    wanted = names()
    entries = {entry["name"]: entry for entry in _read_index(out) if _is_current(entry, out)}
    stale = [name for name in wanted if name not in entries]
    print(f"figures: {len(wanted) - len(stale)} up to date, {len(stale)} to draw", flush=True)
    with ProcessPoolExecutor() as pool:
        running = {pool.submit(_timed, name, out): name for name in stale}
        for done, future in enumerate(as_completed(running), start=1):
            name = running[future]
            try:
                entries[name], seconds = future.result()
            except Exception as error:
                pool.shutdown(cancel_futures=True)
                raise RuntimeError(f"figure {name} was not drawn: {type(error).__name__}: {error}") from error
            print(f"  [{done}/{len(stale)}] {name} ({seconds:.2f} s)", flush=True)
    for file in out.iterdir():
        if file.suffix in SUFFIXES and file.stem not in wanted:
            file.unlink()
    (out / "figures.css").write_text(palette.stylesheet(), encoding="utf-8")
    index = [entries[name] for name in wanted]
    (out / "index.json").write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _timed(name: str, out: Path) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    return render(name, out), time.perf_counter() - start


def _read_index(out: Path) -> list[dict[str, Any]]:
    index = out / "index.json"
    entries: list[dict[str, Any]] = json.loads(index.read_text(encoding="utf-8")) if index.exists() else []
    return entries


def _is_current(entry: dict[str, Any], out: Path) -> bool:
    name = entry["name"]
    complete = all((out / f"{name}{suffix}").exists() for suffix in SUFFIXES)
    return name in names() and complete and entry["digest"] == digest(name)
