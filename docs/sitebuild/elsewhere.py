"""What leaves the site as Markdown: cut from a page's own source, with full links, PNG files for figures, and plain fences."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from docs.sitebuild.addresses import Site
from docs.sitebuild.api import Api
from docs.sitebuild.figures import Figure
from docs.sitebuild.marks import Evidence, Snippet
from docs.sitebuild.source import Fence, Image, Page, Text

LIST_OR_TABLE = re.compile(r"\n(?! *(?:[-*]|\d+\.) |\|) *")  # a line break that is none where Markdown is shown
API = re.compile(r"^::: (\S+)")


class Elsewhere(NamedTuple):
    site: Site
    figures: dict[str, Figure]
    api: Api
    uri: str  # the page that is cut from

    def blocks(self, blocks: Iterable[Any], *, evidence: bool = False) -> Iterator[str]:
        """Yield blocks as Markdown; what they rest on only where that is asked for."""
        for block in blocks:
            if isinstance(block, Text) and (api := API.match(block.words)):
                yield from self.api.described(api[1])
            elif isinstance(block, Text):
                yield from filter(None, [self.text(block, evidence=evidence)])
            elif isinstance(block, Image):
                yield from self.image(block.name, caption=not block.file)
            elif isinstance(block, Snippet):
                yield from self.snippet(block, evidence=evidence)
            elif isinstance(block, Fence):
                yield fence(block.language, block.source)

    def text(self, block: Text, *, evidence: bool = False) -> str:
        said = "".join(spoken(part, evidence) for part in block.parts)
        lines = (line for line in said.strip().splitlines() if not line.startswith(("<div", "</div")))
        return self.site.with_full_links(LIST_OR_TABLE.sub(" ", "\n".join(lines)), self.uri)

    def image(self, name: str, *, caption: bool = True) -> Iterator[str]:
        yield f"![{self.figures[name].alt}]({self.site.home}figures/{name}.png)"
        if caption:
            yield self.figures[name].caption

    def snippet(self, snippet: Snippet, *, evidence: bool = False) -> Iterator[str]:
        told = (f"On {backends}:\n{output}" if backends else output for backends, output in snippet.printed)
        output = "\n" + fence("text", "\n".join(told)) if snippet.printed else ""
        yield fence("python", snippet.source) + output
        if evidence and snippet.recorded:
            yield f"Ran with {snippet.recorded.stamp.words}, {snippet.recorded.stamp.month}."

    def page(self, page: Page, source: str) -> str:
        """Return a page as a file that stands by itself; `source` ends it."""
        parts = [f"# {page.title}", *self.blocks(page.sections[0].blocks, evidence=True)]
        for heading, blocks in page.sections[1:]:
            parts += [f"{'#' * heading.level} {heading.title}", *self.blocks(blocks, evidence=True)]
        return "\n\n".join([*parts, source]) + "\n"


def spoken(part: str | Evidence, evidence: bool) -> str:
    if isinstance(part, str):
        return part
    return " · ".join([part.words, *part.links]) if evidence else ""


def fence(language: str, source: str) -> str:
    return f"```{language}\n{source.rstrip()}\n```"
