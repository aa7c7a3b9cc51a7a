"""Put what is recorded in place of the marks of a page, `{{ KIND REST }}`; CONTRIBUTING lists them. Marks in code stay."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, relpath
from typing import Any, NamedTuple

from docs.sitebuild.addresses import link_to
from docs.sitebuild.figures import Figure
from docs.sitebuild.records import Records, Stamp, short
from docs.sitebuild.records import Snippet as Recorded
from docs.sitebuild.source import Fence, Mark, Page, Section, Text, blocks
from docs.sitebuild.systems import PACKAGES
from docs.sitebuild.tables import files, table

CLAIM = re.compile(r"(?P<topic>\S+) +(?P<path>\S+) +#(?P<id>[\w-]+)")
VALUE = re.compile(r"(?P<topic>\S+) +(?P<path>[^\s:]+)(?::(?P<format>\S+))?")


class Evidence(NamedTuple):
    """What words rest on. All but the names are Markdown."""

    words: str  # "checked with Keras 3.15.1, 2026-11"
    links: tuple[str, ...] = ()
    id: str = ""  # of a claim
    stamp: Stamp | None = None
    figure: str = ""  # whose numbers it is about


@dataclass(frozen=True, eq=False)
class Snippet:
    """A program, and what it printed: by the backends that printed it, "" where all did."""

    source: str
    printed: tuple[tuple[str, str], ...]
    recorded: Recorded | None = None
    is_file: bool = False  # shown whole, and published as it is
    indent: str = ""


class MarkReplacer(NamedTuple):
    """A page whose marks are replaced; LookupError: one means nothing, or leads to nothing that is recorded."""

    uri: str
    docs: Path
    pages: dict[str, Page]  # all of them
    records: Records
    figures: dict[str, Figure]
    read: list[str]  # the files that were read, below docs/, but for those of the records

    def page(self, page: Page) -> Page:
        return page._replace(sections=[each._replace(blocks=[*self.blocks(each.blocks)]) for each in page.sections])

    def blocks(self, found: list[Any]) -> Iterator[Any]:
        printed = False
        for block, after in pairwise([*found, None]):
            if isinstance(block, Fence) and block.language in ("python", "py"):
                printed = isinstance(after, Fence) and after.language == "text"
                yield Snippet(block.source, (("", after.source),) if printed else (), indent=block.indent)
            elif printed:
                printed = False
            elif isinstance(block, Text):
                parts = [part for part in block.parts if part]
                *before, mark = parts
                in_tab = before == ["    "]
                alone = isinstance(mark, Mark) and (not before or (in_tab and mark.kind == "snippet"))
                yield from self.alone(mark, "".join(before)) if alone else [Text(tuple(map(self.part, parts)))]
            else:
                yield block

    def alone(self, mark: Mark, indent: str) -> Iterator[Snippet | Text]:
        """Yield what stands in the place of a mark that is a block by itself."""
        if mark.kind == "table":
            yield from blocks(table(mark.rest, self.records, self.figures))
            self.read.extend(f"sitebuild/{it}" for it in files(mark.rest))
        elif mark.kind == "snippet" and mark.rest.count("/") == 1:
            yield recorded(self.records.snippet(*mark.rest.split("/")), indent)
            self.read.append(f"evidence/snippets/{mark.rest}.py")
        elif mark.kind == "listing" and mark.rest.endswith(".py") and (file := self.docs / mark.rest).is_file():
            yield Snippet(file.read_text(encoding="utf-8").rstrip("\n"), (), is_file=True)
            self.read.append(mark.rest)
        elif mark.kind == "contents" and (uri := join(dirname(self.uri), f"{mark.rest}.md")) in self.pages:
            items = [section for section in self.pages[uri].sections if section.heading.kind]
            yield Text(("\n".join(self.entry(item, uri) for item in items),))
            self.read.append(uri)
        else:
            yield Text((self.part(mark),))

    def entry(self, item: Section, uri: str) -> str:
        """Return an entry of a list; its link has the id of the item, so that the address leads on if it moved from here."""
        colon = "" if item.heading.title.endswith("?") else ":"
        return f"- {link_to(item, uri, self.uri)}{{ #{item.heading.id} }}{colon} {item.answer}"

    def part(self, part: str | Mark) -> str | Evidence:
        if isinstance(part, str):
            return part
        kind, rest = part
        if kind == "checked" and (claim := CLAIM.fullmatch(rest)):
            topic, path, name = claim.groups()
            stamp, folder = self.records.stamp(topic, path), relpath("evidence", dirname(self.uri))
            place = folder if "/" in topic else f"{folder}/probes"
            links = f"[evidence]({folder}/{topic}.json)", f"[probe]({place}/{topic}.py)"
            return Evidence(f"checked with {stamp.words}, {stamp.month}", links, name, stamp)
        if kind == "value" and (value := VALUE.fullmatch(rest)):
            return shown(self.records.facts(value["topic"], value["path"]), value["format"])
        if kind == "versions" and rest and " " not in rest:
            stamp = self.records.stamp(rest)
            return f"{stamp.words} ({stamp.month})"
        if kind == "drawn" and rest and " " not in rest:
            gallery = relpath("figures.md", dirname(self.uri))
            return Evidence(f"checked: the numbers of [the figure]({gallery}#{rest}) are computed twice", figure=rest)
        if kind == "read" and rest:
            return Evidence(f"read in {rest}")
        if kind == "ran" and not rest:
            return Evidence("checked: the tests run this snippet")
        raise LookupError(f"what does {{{{ {kind} {rest} }}}} mean?")


def recorded(snippet: Recorded, indent: str) -> Snippet:
    """Show once what several backends printed."""
    backends: dict[str, list[str]] = {}
    for backend, lines in snippet.printed.items():
        backends.setdefault("\n".join(lines) or "(prints nothing, raises nothing)", []).append(PACKAGES[backend])
    told = ((" and ".join(names) if len(backends) > 1 else "", output) for output, names in backends.items())
    return Snippet(snippet.source.rstrip("\n"), tuple(told), snippet, indent=indent)


def shown(value: Any, spec: str | None = None) -> str:
    """Numbers as text, short; strings as code; a list with commas."""
    if spec:
        return format(value, spec).replace("%", " %")
    if isinstance(value, str):
        return f"`` {value} ``" if "`" in value else f"`{value}`"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    if isinstance(value, dict):
        raise LookupError(f"a value is wanted, and this path leads to a group of {', '.join(value)}.")
    words = {"True": "yes", "False": "no", "None": "none"}
    return short(value) if isinstance(value, float) else words.get(str(value), str(value))
