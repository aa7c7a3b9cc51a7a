"""The three budgets of building the site, measured in one run: `make bench-site`; 1 is the exit status when one is missed.

All of it happens in a copy of the project, in a temporary folder.

1. Cold: `make site` without any cache; the environment is there.
2. Nothing changed: our build against plain MkDocs, by turns; medians. Plain MkDocs has the same pages, as our hooks handed
   their Markdown to MkDocs (notebooks executed, marks replaced), the same front matter, navigation and settings, the
   Material theme as it comes, the search plugin, mkdocstrings, the Markdown extensions, and as static files all else that
   our site publishes (figures, cards, scripts, style). It has no hook, no mkdocs-jupyter, no template nor extension of ours.
   The ratio is that of processor time, which other work on the machine disturbs least; that of wall time is printed too.
3. An edit under `make serve` until the new words are served: of a page, and of a figure's module; medians. Each makes
   the server build once.
"""

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

import yaml
from mkdocs.utils.yaml import yaml_load

ROOT = Path(__file__).parent.parent
COLD, RATIO, EDIT = 20.0, 1.2, 3.0
NOT_COPIED = shutil.ignore_patterns(".venv*", ".cache", ".*_cache", ".hypothesis", "__pycache__")

# Runs after our hooks, and writes down the Markdown that they gave to MkDocs.
DUMP = """
from pathlib import Path
import yaml

def on_page_content(content, page, config, files):
    file = Path("plain-docs", page.file.src_uri).with_suffix(".md")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\\n{yaml.safe_dump(page.meta)}---\\n{page.markdown}", encoding="utf-8")
"""


class Seconds(NamedTuple):
    """How long something took, and how much of a processor it used."""

    wall: float
    processor: float


def timed(command: list[str], root: Path) -> Seconds:
    def used() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    start, before = time.perf_counter(), used()
    done = subprocess.run(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}")
    return Seconds(time.perf_counter() - start, used() - before)


def mkdocs(config: str, site: str) -> list[str]:
    return [".venv/bin/python", "-m", "mkdocs", "build", "--config-file", config, "--site-dir", site]


def as_markdown(nav: Any) -> Any:
    """The navigation with the pages that notebooks become."""
    if isinstance(nav, str):
        return f"{nav.removesuffix('.py')}.md" if nav.endswith(".py") else nav
    if isinstance(nav, dict):
        return {title: as_markdown(entry) for title, entry in nav.items()}
    return [as_markdown(entry) for entry in nav]


def without(settings: list[Any], ours: Callable[[str], bool]) -> list[Any]:
    return [entry for entry in settings if not ours(entry if isinstance(entry, str) else next(iter(entry)))]


def plain_mkdocs(root: Path) -> None:
    """Write plain.yml and plain-docs, from which MkDocs alone makes the same pages and files."""
    (root / "dump.py").write_text(DUMP)
    with (root / "mkdocs.yml").open(encoding="utf-8") as file:
        settings = yaml_load(file)
    dump = {"INHERIT": "mkdocs.yml", "hooks": [*settings["hooks"], "dump.py"]}
    (root / "dump.yml").write_text(yaml.safe_dump(dump))
    timed(mkdocs("dump.yml", "site-dump"), root)

    settings["theme"].pop("custom_dir")
    for ours in ("hooks", "watch", "exclude_docs", "edit_uri"):
        settings.pop(ours, None)
    settings["plugins"] = without(settings["plugins"], lambda name: name == "mkdocs-jupyter")
    with_ours = {"pymdownx.superfences": "custom_fences", "pymdownx.highlight": "extend_pygments_lang"}
    for entry in settings["markdown_extensions"]:
        for extension, options in entry.items() if isinstance(entry, dict) else ():
            options.pop(with_ours.get(extension), None)
    settings |= {"docs_dir": "plain-docs", "strict": False, "nav": as_markdown(settings["nav"])}
    (root / "plain.yml").write_text(yaml.safe_dump(settings, sort_keys=False))
    timed(mkdocs("plain.yml", "site-plain"), root)
    published, alone = root / "site-dump", root / "site-plain"
    for file in sorted(published.rglob("*")):
        name = file.relative_to(published)
        if file.is_file() and not (alone / name).exists():
            to = root / "plain-docs" / (f"{name}.txt" if name.suffix == ".md" else name)  # a copy, and not a page
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, to)


def unchanged(root: Path, times: int = 5) -> tuple[Seconds, Seconds]:
    """Our build and that of plain MkDocs: the medians, after a first one of each."""
    both = mkdocs("mkdocs.yml", "site"), mkdocs("plain.yml", "site-plain")
    runs = [[timed(command, root) for command in both] for _ in range(times + 1)]
    ours, plain = (Seconds(*map(median, zip(*each, strict=True))) for each in zip(*runs[1:], strict=True))
    return ours, plain


def wait_for(words: str, url: str, patience: float = 120) -> float:
    """Ask until the page has these words; return how long that took."""
    start = time.perf_counter()
    while time.perf_counter() - start < patience:
        try:
            with urlopen(url, timeout=patience) as answer:
                if words in answer.read().decode():
                    return time.perf_counter() - start
        except (URLError, ConnectionError):
            pass
        time.sleep(0.02)
    sys.exit(f"{url} did not get the words {words!r} in {patience} s")


def edits(root: Path, times: int = 3) -> tuple[float, float]:
    """Serve, edit a page and a figure's module, and wait for the words: the medians."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = ["make", "serve", f"ADDRESS={address}"]
    output = (root / "serve.log").open("w")
    server = subprocess.Popen(command, cwd=root, stdout=output, stderr=output, start_new_session=True)
    try:
        url = f"http://{address}/units/"
        wait_for("</html>", url)
        page, figure = root / "docs/units.md", root / "diagrams/figures/n_unit_chain.py"

        def edit(file: Path, text: str, words: str) -> float:
            time.sleep(1)
            with file.open("a", encoding="utf-8") as end:
                end.write(text)
            return wait_for(words, url)

        of_page = [edit(page, f"\n\nEdited once more: {k}.\n", f"once more: {k}.") for k in range(times)]
        of_figure = [edit(figure, f"CAPTION += ' Drawn again: {k}.'\n", f"Drawn again: {k}.") for k in range(times)]
        time.sleep(1)
        builds = (root / "serve.log").read_text().count("Detected file changes")
        if builds != 2 * times:
            sys.exit(f"{2 * times} edits made the server build {builds} times")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        output.close()
    return median(of_page), median(of_figure)


def main() -> int:
    with TemporaryDirectory() as folder:
        root = Path(folder, "project")
        shutil.copytree(ROOT, root, ignore=NOT_COPIED, symlinks=True)
        for made in ("site", "figures"):
            shutil.rmtree(root / made, ignore_errors=True)
        (root / ".venv").symlink_to(ROOT / ".venv")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # it is not set where the project is cloned
        os.environ |= {"PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "0"}
        cold = timed(["make", "site"], root)
        print(f"cold `make site`: {cold.wall:.1f} s ({cold.processor:.1f} s of processor), at most {COLD}", flush=True)
        plain_mkdocs(root)
        ours, plain = unchanged(root)
        ratio, of_wall = ours.processor / plain.processor, ours.wall / plain.wall
        print(
            f"nothing changed: {ratio:.2f} times plain MkDocs, at most {RATIO} "
            f"({ours.processor:.2f} s of processor against {plain.processor:.2f}; "
            f"{ours.wall:.2f} s of wall time against {plain.wall:.2f}, {of_wall:.2f} times)",
            flush=True,
        )
        page, figure = edits(root)
        print(f"an edit until it is served: {page:.2f} s of a page, {figure:.2f} s of a figure, at most {EDIT}")
    return int(cold.wall > COLD or ratio > RATIO or max(page, figure) > EDIT)


if __name__ == "__main__":
    sys.exit(main())
