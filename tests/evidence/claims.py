"""What the pages say rests on a record."""

from pathlib import Path
from typing import NamedTuple

from docs.sitebuild.marks import CLAIM
from docs.sitebuild.records import Records
from docs.sitebuild.source import Mark, Text, read


class Claim(NamedTuple):
    """An id on a page that rests on what is recorded under a path."""

    page: str
    id: str
    topic: str
    path: str


def claims(docs: Path) -> list[Claim]:
    """Return the claims of all pages; a recorded snippet is one of its section, on each backend that it ran on."""
    records, found = Records(docs / "evidence"), []
    for page in read(docs, {}).values():
        name = page.uri.removesuffix(".md")
        for section in page.sections:
            parts = (part for block in section.blocks if isinstance(block, Text) for part in block.parts)
            for mark in (part for part in parts if isinstance(part, Mark)):
                if mark.kind == "checked" and (claim := CLAIM.fullmatch(mark.rest)):
                    found.append(Claim(name, claim["id"], claim["topic"], claim["path"]))
                elif mark.kind == "snippet":
                    topic, _, snippet = mark.rest.partition("/")
                    backends = [backend for backend, ran in records.facts(topic).items() if snippet in ran]
                    found += [Claim(name, section.heading.id, topic, f"{it}.{snippet}") for it in backends]
    return found
