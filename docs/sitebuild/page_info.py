"""What a page says of itself: in its head to machines, at its end to readers."""

from importlib.metadata import version
from typing import NamedTuple

from docs.sitebuild.addresses import Site, page_name, page_path
from docs.sitebuild.citations import evidence_of, installs
from docs.sitebuild.marks import Snippet
from docs.sitebuild.records import Records
from docs.sitebuild.source import Image, Page


class PageInfo(NamedTuple):
    page: Page
    site: Site
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
    def description(self) -> str:
        return str(self.page.front.get("description", self.page.sections[0].answer.replace("`", "")))

    @property
    def installs(self) -> bool:
        return installs(self.page.blocks)

    @property
    def figure(self) -> str:
        """The figure of its card: its first, or the one that its front matter names, or ""."""
        return next(iter(self.page.figures), self.page.front.get("figure", ""))


def checked_with(page: Page, records: Records) -> list[str]:
    """Return the versions that the page rests on, and that of NumPy where there are figures or snippets, which need it."""
    recorded = [block.recorded for block in page.blocks if isinstance(block, Snippet) and block.recorded]
    stamps = [part.stamp for part in evidence_of(page.blocks) if part.stamp] + [it.stamp for it in recorded]
    stamps += [records.stamp(*mark.split()) for mark in page.front.get("checked", [])]
    names = {name for stamp in stamps for name in stamp.names}
    if installs(page.blocks) or any(isinstance(block, Image) for block in page.blocks):
        names.add(f"NumPy {version('numpy')}")
    return sorted(names)
