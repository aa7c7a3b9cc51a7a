"""A site, records and pages that are small enough to be seen whole."""

import json
from pathlib import Path

from docs.sitebuild import source
from docs.sitebuild.addresses import Site
from docs.sitebuild.citations import Citations
from docs.sitebuild.export import Export
from docs.sitebuild.figures import Figure
from docs.sitebuild.marks import MarkReplacer
from docs.sitebuild.page_markdown import PageMarkdown, with_questions
from docs.sitebuild.records import Records
from docs.sitebuild.scripts import Script, scripts_of
from docs.sitebuild.source import Page

SITE = Site(
    name="A site",
    home="https://a.site/",
    author="A. Author",
    description="What it is about.",
    repository="",
    wheel="https://a.site/wheels/lstm_ref.whl",
)
FIGURE = Figure(
    name="chain",
    title="A chain",
    alt="A chain of three links, and what each says.",
    caption="Links of `LSTM(3)`, one for each `t`.",
    width=400,
    height=200,
    svg_bytes=12_345,
    png_bytes=67_890,
    png_size=(800, 400),
    files=["chain.svg", "chain.png"],
    table=[["", "t = 1"], ["h of unit 0", "0.25"]],
    inline="<svg>many numbers</svg>",
)
FIGURES = {"chain": FIGURE, "wide": FIGURE._replace(name="wide", title="A wide one", caption="It is wide.", width=900)}
VERSIONS = {"keras": "9.1", "tensorflow": "9.2", "jax": "9.3", "torch": "9.4", "numpy": "9.5"}
LONG = "\n".join(f"print({number})" for number in range(8))


def write_records(folder: Path) -> Records:
    """One record, and the recorded snippets "one", which differs between backends, and "quiet" and its fix."""
    printed = {"tensorflow": "on TensorFlow", "jax": "on others", "torch": "on others"}
    runs = {
        backend: {
            "one": {"ran": ["keras", backend], "printed": [line]},
            "quiet": {"ran": ["keras", backend], "printed": []},
            "quiet-fixed": {"ran": ["keras", backend], "printed": ["fixed"]},
        }
        for backend, line in printed.items()
    }
    facts = {"ran": ["jax"], "error": 3e-8, "order": "i f g o", "yes": True, "v1.0": {"shape": [2, 5]}}
    for topic, held in {"tiny": facts, "tried": runs}.items():
        recorded = {"date": "2026-11-23", "versions": VERSIONS}
        (folder / f"{topic}.json").write_text(json.dumps({"topic": topic, "recorded": recorded, "facts": held}))
    (folder / "snippets/tried").mkdir(parents=True)
    (folder / "snippets/tried/one.py").write_text("import keras\nprint(1)\n")
    for name in ("quiet", "quiet-fixed"):
        (folder / f"snippets/tried/{name}.py").write_text(f"import keras\n{LONG}\n")
    return Records(folder)


class Small:
    """Reads pages by the records in a folder `evidence` below `docs`."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        (docs / "evidence").mkdir()
        self.records = write_records(docs / "evidence")

    def page(self, text: str, uri: str = "page.md", others: dict[str, Page] | None = None) -> Page:
        """A page whose marks are replaced, on a site that has these others, too."""
        self.read: list[str] = []
        return MarkReplacer(uri, self.docs, others or {}, self.records, FIGURES, self.read).page(source.page(uri, text))

    def scripts(self, text: str, uri: str = "page.md") -> list[Script]:
        return list(scripts_of(self.page(text, uri), self.records, SITE).values())

    def export(self, uri: str = "page.md") -> Export:
        return Export(SITE, FIGURES, self.docs, uri, "2026-11-20")

    def cut(self, text: str, uri: str = "page.md") -> str:
        """What stands below the heading of a page, as it leaves the site, with what it rests on."""
        (section,) = self.page(f"# A {{ #a }}\n\n{text}", uri).sections
        return "\n\n".join(self.export(uri).blocks(section.blocks, evidence=True))

    def written(self, text: str, uri: str = "page.md", **others: str) -> str:
        """The Markdown of a page as MkDocs gets it, on a site that has these others, too."""
        told = {name.replace("__", "/") + ".md": other for name, other in others.items()} | {uri: text}
        pages = {name: source.page(name, other) for name, other in told.items()}
        page = with_questions(self.page(text, uri, pages), pages)
        scripts = scripts_of(page, self.records, SITE)
        return PageMarkdown(page, SITE, scripts, Citations(page, self.export(uri))).markdown()
