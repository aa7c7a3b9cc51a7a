"""What leaves the site as Markdown: cut from a page's own source, with full links, PNG files for figures, and plain fences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import griffe

from docs.sitebuild.addresses import LICENCE, Site, page_path
from docs.sitebuild.figures import Figure
from docs.sitebuild.marks import Evidence, Snippet
from docs.sitebuild.source import Fence, Image, Page, Text

LINE_BREAK = re.compile(r"\n(?! *(?:[-*]|\d+\.) |\|) *")  # within a paragraph or an entry of a list
ID = re.compile(r"(?<=\))\{ #[\w.-]+ \}")  # of a link
API = re.compile(r"^::: lstm_ref\.(\S+)")
TAB = re.compile(r'^=== "(.+)"$')


@dataclass(frozen=True)
class Export:
    site: Site
    figures: dict[str, Figure]
    root: Path  # of the project
    uri: str  # the page that is cut from
    changed: str  # the day of its last change, or "" where there is no history

    @cached_property
    def library(self) -> griffe.Object | griffe.Alias:
        return griffe.load("lstm_ref", search_paths=[self.root])

    def blocks(self, blocks: Iterable[Any], *, evidence: bool = False) -> Iterator[str]:
        """Yield blocks as Markdown; what they rest on only where that is asked for."""
        for block in blocks:
            if isinstance(block, Text) and (api := API.match(block.words)):
                yield from documented(self.library[api[1]])
            elif isinstance(block, Text):
                yield from filter(None, [self.text(block, evidence)])
            elif isinstance(block, Image):
                figure = self.figures[block.name]
                yield f"![{figure.alt}]({self.site.home}figures/{block.name}.png)"
                yield from [] if block.file else [figure.caption]
            elif isinstance(block, Snippet):
                told = (f"On {backends}:\n{output}" if backends else output for backends, output in block.printed)
                output = "\n" + fence("text", "\n".join(told)) if block.printed else ""
                yield fence("python", block.source) + output
                if evidence and block.recorded:
                    yield f"Ran with {block.recorded.stamp.words}, {block.recorded.stamp.month}."
            elif isinstance(block, Fence):
                yield fence(block.language, block.source)

    def text(self, block: Text, evidence: bool) -> str:
        parts = (with_links(part) if evidence or isinstance(part, str) else "" for part in block.parts)
        lines = (line for line in "".join(parts).strip().splitlines() if not line.startswith(("<div", "</div")))
        text = TAB.sub(r"In \1:", LINE_BREAK.sub(" ", "\n".join(lines)))
        return self.site.with_full_links(ID.sub("", text), self.uri)

    def page(self, page: Page, attribution: str) -> str:
        """Return a page as a file that stands by itself; `attribution` ends it."""
        parts = []
        for heading, blocks in page.sections:
            title = self.site.with_full_links(heading.title, self.uri)
            parts += [f"{'#' * heading.level} {title}", *self.blocks(blocks, evidence=True)]
        return "\n\n".join([*parts, attribution]) + "\n"

    def attribution(self, anchor: str, *sentences: str, installs: bool) -> str:
        """Return the line that ends what leaves: where it is from, what it rests on, licences, how to install."""
        home, changed = self.site.home, f", {self.changed}" if self.changed else ""
        parts = [f"Source: [“{self.site.name}”]({home}{page_path(self.uri)}{anchor}){changed}.", *sentences]
        parts.append(f"Text and figures: [CC BY 4.0]({LICENCE}), code: [MIT]({home}LICENSE.txt).")
        how = f"`lstm_ref` is an LSTM in NumPy with Keras's arguments: [how to install it]({home}reference/#install)."
        return " ".join([*parts, *[how] * installs])


def with_links(part: str | Evidence) -> str:
    return part if isinstance(part, str) else " · ".join([part.words, *part.links])


def fence(language: str, source: str, indent: str = "", kind: str = "") -> str:
    lines = [f"``` {{ .{language} .{kind} }}" if kind else f"```{language}", *source.rstrip().splitlines(), "```"]
    return "\n".join(indent + line if line else "" for line in lines)


def documented(it: griffe.Object | griffe.Alias, level: str = "###") -> Iterator[str]:
    """Yield heading, signature and docstring of a class or function, and of what is public in a class or module."""
    it = it.final_target if isinstance(it, griffe.Alias) else it
    called = it["__init__"] if it.is_class and "__init__" in it.members else it
    if not it.is_module:
        yield f"{level} {it.name}"
        if isinstance(called, griffe.Function):
            yield fence("python", called.signature(name=it.name))
    yield fence("text", it.docstring.value if it.docstring else "")
    for each in it.members.values() if it.is_module or it.is_class else ():
        if (each.is_exported or not each.is_alias) and each.is_public and each.docstring:
            yield from documented(each, level if it.is_module else f"{level}#")
