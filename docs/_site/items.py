"""The items of the pages: headings of a kind, as `## May it be so? { #id .question }`, and what stands below them."""

import re
from pathlib import Path
from posixpath import relpath
from typing import NamedTuple

KINDS = ("question", "verdict", "argument", "error", "erratum", "term")
HEADING = re.compile(r"^(?P<level>#+) (?P<title>.+?) +\{ #(?P<id>[\w-]+)(?: \.(?P<kind>\w+))? \}$", re.MULTILINE)
ANSWER = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


class Item(NamedTuple):
    page: str  # below docs/, such as "questions/state.md"
    kind: str
    id: str
    title: str
    body: str

    @property
    def answer(self) -> str:
        """The bold words that the body begins with."""
        return " ".join(ANSWER.match(self.body.strip())[1].split())

    def link(self, page: str) -> str:
        return f"[{self.title}]({relpath(self.page, Path(page).parent)}#{self.id})"


def items(docs: Path, pattern: str = "**/*.md") -> list[Item]:
    """Return the items of the pages that match, in the order in which they stand there."""
    found = []
    for file in sorted(docs.glob(pattern)):
        text = file.read_text(encoding="utf-8")
        headings = list(HEADING.finditer(text))
        for heading, after in zip(headings, [*headings[1:], None], strict=True):
            if heading["kind"]:
                body = text[heading.end() : after.start() if after else None]
                page = file.relative_to(docs).as_posix()
                found.append(Item(page, heading["kind"], heading["id"], heading["title"], body))
    return found


def contents(docs: Path, of: str, page: str) -> str:
    """List the questions of a page with their answers."""
    return "\n".join(f"- {item.link(page)} {item.answer}" for item in items(docs, of) if item.kind == "question")


def settled(docs: Path, page: str) -> str:
    """Return the section that lists the questions whose answers lead to this page, or nothing."""
    here = re.compile(r"\]\((\.\./)*" + re.escape(page) + r"[#)]")
    asked = [f"- {item.link(page)}" for item in items(docs, "questions/*.md") if here.search(item.body)]
    return "\n".join(["\n\n## Questions that lead here { #questions }\n", *asked]) if asked else ""
