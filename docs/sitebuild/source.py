"""The Markdown of a page, read once. Everything else asks the objects that this gives.

A page is front matter and sections; a section is a heading, `## May it be so? { #its-id .kind }`, and blocks.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

KINDS = ("question", "verdict", "argument", "error", "erratum", "term")  # of headings that are items
HEADING = re.compile(r"(?P<level>#+) (?P<title>.+?) +\{ #(?P<id>[\w-]+)(?: \.(?P<kind>\w+))? \}")
FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ {.]*(?P<language>\w*)")
IMAGE = re.compile(r"!\[[^\]]*\]\(((?:\.\./)*)figures/([\w-]+)\.svg\)(\{ \.file \})?")
CODE = r"(?P<code>(?P<ticks>`+).+?(?P=ticks))"
CODE_OR_MARK = re.compile(CODE + r"|\{\{ +(?P<kind>[\w-]+)(?: +(?P<rest>[^{}]*?))? +\}\}", re.DOTALL)
ANSWER = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class Mark(NamedTuple):
    """What the build puts words in place of: `{{ KIND REST }}`. Which there are, marks.py says."""

    kind: str
    rest: str


class Text(NamedTuple):
    """A paragraph, a list, a table or other lines up to an empty one, cut at its marks."""

    parts: tuple[Any, ...]  # str and Mark; once marks are replaced, str and marks.Evidence

    @property
    def words(self) -> str:
        return "".join(part for part in self.parts if isinstance(part, str)).strip()


class Fence(NamedTuple):
    language: str
    source: str
    indent: str = ""


class Image(NamedTuple):
    """A figure in a paragraph of its own; `file`: shown as a file to take along."""

    name: str
    up: str = ""  # "../" on a page below questions/ or errors/
    file: bool = False


class Heading(NamedTuple):
    level: int
    title: str
    id: str
    kind: str = ""  # one of KINDS


class Section(NamedTuple):
    heading: Heading
    blocks: list[Any]  # Text, Fence, Image; once marks are replaced, marks.Snippet too

    @property
    def answer(self) -> str:
        """The bold words that the section begins with, or ""."""
        found = ANSWER.match(self.blocks[0].words) if self.blocks and isinstance(self.blocks[0], Text) else None
        return " ".join(found[1].split()) if found else ""


class Page(NamedTuple):
    uri: str  # below docs/, "questions/state.md"
    front: dict[str, Any]
    sections: list[Section]  # the first is that of the page's own heading

    @property
    def title(self) -> str:
        return self.sections[0].heading.title

    @property
    def blocks(self) -> Iterator[Any]:
        return (block for section in self.sections for block in section.blocks)

    @property
    def figures(self) -> list[str]:
        """The names of the figures that the page shows in full, in order."""
        return [block.name for block in self.blocks if isinstance(block, Image) and not block.file]


def read(docs: Path, addresses: dict[str, str]) -> dict[str, Page]:
    """Return the pages that are Markdown, by their files below docs/, with `{{ NAME }}` replaced for each address."""
    pages = {}
    for file in sorted(docs.rglob("*.md"), key=lambda it: (len(it.parts), it)):  # those above others first
        text, uri = file.read_text(encoding="utf-8"), file.relative_to(docs).as_posix()
        for name, address in addresses.items():
            text = text.replace(f"{{{{ {name} }}}}", address)
        pages[uri] = page(uri, text)
    return pages


def page(uri: str, text: str) -> Page:
    head, front, _ = text.partition("\n---\n") if text.startswith("---\n") else ("", "", "")
    sections: list[Section] = []
    for block in blocks(text.removeprefix(head + front)):
        if isinstance(block, Heading):
            sections.append(Section(block, []))
        elif not sections:
            raise LookupError(f"{uri}: a page begins with a heading that has an id")
        else:
            sections[-1].blocks.append(block)
    return Page(uri, yaml.safe_load(head.removeprefix("---\n")) or {}, sections)


def blocks(text: str) -> Iterator[Any]:
    """Yield headings, fences, images and texts in their order."""
    lines: list[str] = []
    rest = iter([*text.split("\n"), ""])
    for line in rest:
        fence, heading = FENCE.match(line), HEADING.fullmatch(line)
        if line.startswith("#") and (not heading or heading["kind"] not in (None, *KINDS)):
            raise LookupError(f"no heading of the form `## Title {{ #its-id .kind }}`, or none of a known kind: {line}")
        if lines and (not line.strip() or fence or heading):
            yield block("\n".join(lines))
            lines = []
        if fence:
            inside = []
            for inner in rest:
                if inner.rstrip() == fence["indent"] + fence["fence"]:
                    break
                inside.append(inner.removeprefix(fence["indent"]))
            else:
                raise LookupError(f"a fence that has no end: {line}")
            yield Fence(fence["language"], "\n".join(inside), fence["indent"])
        elif heading:
            yield Heading(len(heading["level"]), heading["title"], heading["id"], heading["kind"] or "")
        elif line.strip():
            lines.append(line)


def block(text: str) -> Image | Text:
    if image := IMAGE.fullmatch(text.strip()):
        return Image(image[2], image[1], bool(image[3]))
    parts: list[str | Mark] = []
    end = 0
    for found in CODE_OR_MARK.finditer(text):
        if not found["code"]:
            parts += [text[end : found.start()], Mark(found["kind"], found["rest"] or "")]
            end = found.end()
    return Text((*parts, text[end:]))
