"""The sources of the pages as the site's machinery reads them, the items on them, and their marks."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from docs.sitebuild import source
from docs.sitebuild.source import KINDS, Mark, Page, Section, Text
from tests.project import ROOT

DOCS = ROOT / "docs"
PAGES = source.read(DOCS, {"site": "https://example.org/", "wheel": "https://example.org/a.whl"})


class Item(NamedTuple):
    page: str  # below docs/, "questions/units.md"
    section: Section

    @property
    def id(self) -> str:
        return self.section.heading.id

    @property
    def kind(self) -> str:
        return self.section.heading.kind


def items(*kinds: str, page: str = "") -> list[Item]:
    """The items of these kinds, or of all; on one page, or on all."""
    found = (Item(uri, section) for uri, each in PAGES.items() for section in each.sections if page in ("", uri))
    return [item for item in found if item.kind in (kinds or KINDS)]


PAGES_WITH_ITEMS = sorted({item.page for item in items()})


def marks(blocks: Iterable[Any], kind: str) -> list[str]:
    """What the marks of a kind say."""
    parts = (part for block in blocks if isinstance(block, Text) for part in block.parts)
    return [part.rest for part in parts if isinstance(part, Mark) and part.kind == kind]


def words(block: Any) -> str:
    """A block of text as it was written; "" of others."""
    parts = block.parts if isinstance(block, Text) else ()
    return "".join(part if isinstance(part, str) else f"{{{{ {part.kind} {part.rest} }}}}" for part in parts)


def written(found: Page | Section) -> str:
    return "\n\n".join(filter(None, map(words, found.blocks)))
