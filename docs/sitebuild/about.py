"""What a page says of itself: in its head to machines, at its end to readers."""

from importlib.metadata import version
from typing import NamedTuple

from docs.sitebuild.addresses import Site, page_name, page_path
from docs.sitebuild.citations import LIBRARY, evidence_of
from docs.sitebuild.marks import Snippet
from docs.sitebuild.records import Records
from docs.sitebuild.source import Image, Page

TEX = str.maketrans({char: f"\\{char}" for char in "{}$&#_%"} | {"`": None, "“": "``", "”": "''", "–": "--"})


class About(NamedTuple):
    site: Site
    page: Page
    description: str
    changed: str  # the day of its last change, "2026-11-20", or "" where there is no history
    checked_with: list[str]  # "Keras 3.15.1"
    citation: str  # Markdown

    @property
    def url(self) -> str:
        return self.site.home + page_path(self.page.uri)

    @property
    def name(self) -> str:
        return page_name(self.page.uri)

    @property
    def title(self) -> str:
        return self.page.title.replace("`", "")

    @property
    def bibtex(self) -> str:
        changed = f"Last change: {self.changed}. " * bool(self.changed)
        fields = {
            "title": f"{{{self.page.title.translate(TEX)}}}",
            "author": f"{{{self.site.author}}}",
            "year": self.changed[:4],
            "howpublished": rf"\url{{{self.url}}}",  # the standard styles print it
            "note": f"{self.site.name}. {changed}CC BY 4.0",
        }
        lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
        return "\n".join([f"@misc{{lstmunits-{self.name.replace('/', '-')},", *lines, "}"])

    @property
    def figure(self) -> str:
        """The figure of its card: its first, or the one that its front matter names, or ""."""
        return next(iter(self.page.figures), self.page.front.get("figure", ""))

    @property
    def installs(self) -> bool:
        return any(isinstance(block, Snippet) and LIBRARY.search(block.source) for block in self.page.blocks)


def checked_with(page: Page, records: Records) -> list[str]:
    """Return the versions that the page rests on, and that of NumPy where there are figures or snippets, which need it."""
    snippets = [block for block in page.blocks if isinstance(block, Snippet)]
    stamps = [part.stamp for part in evidence_of(page.blocks)] + [it.recorded.stamp for it in snippets if it.recorded]
    stamps += [records.stamp(*mark.split()) for mark in page.front.get("checked", [])]
    names = {name for stamp in stamps if stamp for name in stamp.names}
    if any(isinstance(block, Image) for block in page.blocks) or any(LIBRARY.search(it.source) for it in snippets):
        names.add(f"NumPy {version('numpy')}")
    return sorted(names)
