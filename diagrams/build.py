"""All figures into one folder: what `python -m diagrams OUT` does."""

import hashlib
import importlib
import json
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

# matplotlib and everything that draws are imported by the workers only: after the digests are taken, and not at all when
# nothing is to be drawn.

HERE = Path(__file__).parent
SUFFIXES = (".svg", ".png", ".html")


def names() -> list[str]:
    """Return the names of all figures, which are their module names with hyphens.

    >>> "n-unit-chain" in names()
    True
    """
    modules = (file.stem for file in (HERE / "figures").glob("*.py"))
    return sorted(module.replace("_", "-") for module in modules if module != "__init__")


def load(name: str) -> ModuleType:
    """Import the module of a figure: TITLE, ALT, CAPTION and draw().

    >>> load("n-unit-chain").draw().__class__.__name__
    'Figure'
    """
    return importlib.import_module(f"diagrams.figures.{name.replace('-', '_')}")


def digests() -> dict[str, str]:
    """Return for each figure a hash of all that it depends on, its own module included, and for "" that of the rest."""
    versions = [sys.version, *(version(library) for library in ("numpy", "matplotlib", "pillow"))]
    shared = hashlib.sha256("\n".join(versions).encode())
    for package in (HERE.parent / "lstm_ref", HERE):
        for file in sorted(package.rglob("*")):
            is_a_figure = file.parent == HERE / "figures" and file.stem != "__init__"
            if file.is_file() and "__pycache__" not in file.parts and not is_a_figure:
                shared.update(str(file.relative_to(package)).encode() + file.read_bytes())
    result = {"": shared.hexdigest()}
    for name in names():
        own = shared.copy()
        own.update((HERE / "figures" / f"{name.replace('-', '_')}.py").read_bytes())
        result[name] = own.hexdigest()
    return result


def render(name: str, out: Path) -> dict[str, Any]:
    """Draw one figure, write its three files and return its entry in the index."""
    from diagrams import export

    module = load(name)
    figure = export.draw(module.draw)
    words = name, module.TITLE, module.ALT
    (out / f"{name}.svg").write_text(export.svg_file(figure, *words), encoding="utf-8")
    (out / f"{name}.html").write_text(export.fragment(figure, *words, module.CAPTION), encoding="utf-8")
    (out / f"{name}.png").write_bytes(export.png_file(figure, name, module.TITLE))
    width, height = (round(72 * inches) for inches in figure.get_size_inches())
    return {
        "name": name,
        "title": module.TITLE,
        "alt": module.ALT,
        "caption": module.CAPTION,
        "width": width,
        "height": height,
    }


def build(out: Path) -> None:
    """Bring `out` up to date: draw what changed, delete what no longer is a figure, write the index and the colours.

    Raises:
        RuntimeError: a figure raised; it and its error are named.
    """
    now = digests()
    del now[""]
    out.mkdir(parents=True, exist_ok=True)
    index = {entry["name"]: entry for entry in _read_index(out) if _is_current(entry, now, out)}
    stale = [name for name in now if name not in index]
    print(f"figures: {len(index)} up to date, {len(stale)} to draw", flush=True)
    # What is drawn anew leaves the index until it is done: a failure must not pass as up to date.
    _write_index(out, index)
    jobs = {name: (_timed, name, out) for name in stale}
    for done, (name, (entry, seconds)) in enumerate(_drawn("figure", jobs), start=1):
        index[name] = entry | {"digest": now[name]}
        print(f"  [{done}/{len(stale)}] {name} ({seconds:.2f} s)", flush=True)
    for file in out.iterdir():
        if file.suffix in SUFFIXES and file.stem not in now:
            file.unlink()
    from diagrams import palette

    (out / "figures.css").write_text(palette.stylesheet(), encoding="utf-8")
    _write_index(out, index)


def cards(wanted: dict[str, dict[str, str]], out: Path) -> None:
    """Bring the cards in `out` up to date: for each name, its `title` and the name of its `figure`, or ""; others leave.

    Raises:
        RuntimeError: a card was not drawn; it is named.
    """
    drawn_with = digests()
    for name, entry in wanted.items():
        if entry["figure"] not in drawn_with:
            raise RuntimeError(f"card {name} was not drawn: there is no figure {entry['figure']!r}")
    index = out / "index.json"
    before: dict[str, str] = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
    now = {name: f"{drawn_with[entry['figure']]} {entry['title']}" for name, entry in wanted.items()}
    stale = [name for name in now if before.get(name) != now[name] or not (out / f"{name}.png").exists()]
    print(f"cards: {len(now) - len(stale)} up to date, {len(stale)} to draw", flush=True)
    done = {name: digest for name, digest in now.items() if name not in stale}
    out.mkdir(parents=True, exist_ok=True)
    index.write_text(json.dumps(done), encoding="utf-8")  # as for the figures
    jobs = {name: (_card, wanted[name]["title"], wanted[name]["figure"]) for name in stale}
    for name, png in _drawn("card", jobs):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / f"{name}.png").write_bytes(png)
        done[name] = now[name]
    for file in out.rglob("*.png"):
        if file.relative_to(out).with_suffix("").as_posix() not in now:
            file.unlink()
    index.write_text(json.dumps(done, indent=1, sort_keys=True), encoding="utf-8")


def _drawn(kind: str, jobs: dict[str, tuple[Any, ...]]) -> Iterator[tuple[str, Any]]:
    """Run the jobs, each a function and its arguments; yield names and results as they come."""
    with ProcessPoolExecutor() as pool:
        running = {pool.submit(*job): name for name, job in jobs.items()}
        for future in as_completed(running):
            name = running[future]
            try:
                result = future.result()
            except Exception as error:
                pool.shutdown(cancel_futures=True)
                raise RuntimeError(f"{kind} {name} was not drawn: {type(error).__name__}: {error}") from error
            yield name, result


def _card(title: str, figure: str) -> bytes:
    import matplotlib

    from diagrams.cards import card

    matplotlib.rcdefaults()  # whatever the machine's own settings are
    return card(load(figure).draw() if figure else None, title)


def _timed(name: str, out: Path) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    return render(name, out), time.perf_counter() - start


def _read_index(out: Path) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = json.loads((out / "index.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return []
    return entries


def _write_index(out: Path, index: dict[str, dict[str, Any]]) -> None:
    entries = [index[name] for name in sorted(index)]
    (out / "index.json").write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _is_current(entry: dict[str, Any], now: dict[str, str], out: Path) -> bool:
    files = [out / f"{entry['name']}{suffix}" for suffix in SUFFIXES]
    return now.get(entry["name"]) == entry["digest"] and all(file.exists() and file.stat().st_size for file in files)
