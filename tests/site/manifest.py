"""What the site has published: addresses of pages and files, names of figures, scripts and vectors, ids by kind.

Nothing leaves docs/manifest.json again; `python tests/site/manifest.py SITE` adds what a built site has and it has not.
"""

import json
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from docs.sitebuild.source import KINDS

FILE = Path(__file__).parent.parent.parent / "docs/manifest.json"
OF_A_KIND = ", ".join(f".{kind}" for kind in KINDS)
FILES = [
    "**/*.md",
    "*.ipynb",
    "vectors/*",
    "evidence/*.json",
    "evidence/experiments/*",
    "evidence/probes/*.py",
    "evidence/snippets/*/*.py",
    "figures/manifest.json",
    "figures/cheat-sheet.*",
    "scripts/index.json",
    "llms.txt",
    "CITATION.cff",
    "LICENSE*",
]
SELECTORS = {
    "section": f"article :is(h1, h2, h3, h4)[id]:not({OF_A_KIND})",
    "claim": "article .evidence[id]",
    **{kind: f"article .{kind}[id]" for kind in KINDS},
}


def published(site: Path) -> dict[str, list[str]]:
    """Read a built site: addresses below it, by kind."""
    found: dict[str, list[str]] = {"page": [], "figure": [], **{kind: [] for kind in SELECTORS}}
    for file in sorted(site.rglob("index.html")):
        page = file.relative_to(site).as_posix().removesuffix("index.html")
        found["page"].append(page)
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for kind, selector in SELECTORS.items():
            found[kind] += [f"{page}#{tag['id']}" for tag in soup.select(selector)]
    figures = json.loads((site / "figures/index.json").read_text(encoding="utf-8"))
    found["figure"] += [figure["name"] for figure in figures]
    found["script"] = [file.stem for file in site.glob("scripts/*.py")]
    vectors = json.loads((site / "vectors/lstm-vectors.json").read_text(encoding="utf-8"))
    found["vector"] = [case["name"] for case in vectors["cases"]]
    found["wheel"] = [file.name for file in site.glob("wheels/*")]
    found["file"] = [file.relative_to(site).as_posix() for pattern in FILES for file in site.glob(pattern)]
    return found


def merged(before: dict[str, list[str]], now: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return all that was or is published, sorted."""
    return {kind: sorted({*before.get(kind, []), *now.get(kind, [])}) for kind in [*now, *(before.keys() - now.keys())]}


if __name__ == "__main__":
    before = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    text = json.dumps(merged(before, published(Path(sys.argv[1]))), indent=1)
    FILE.write_text(text + "\n", encoding="utf-8")
