"""Put what is recorded into Markdown. The marks:

    {{ checked TOPIC PATH #claim-id }}   this claim rests on what is recorded there
    {{ value TOPIC PATH }}               the recorded value; with a format: {{ value TOPIC PATH:.2f }}
    {{ table NAME }}                     the table that the function NAME of tables.py makes
    {{ versions TOPIC }}                 what ran, and when

`python docs/evidence/marks.py PAGE.md` reads the page's Markdown and writes it with each mark replaced.
"""

import re
import sys
from collections.abc import Iterator
from inspect import isfunction, signature
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any, NamedTuple

import tables
from recordings import facts, short, stamp

FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}+|~{3,}+).*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
MARK = re.compile(r"\{\{ +(?P<kind>[\w-]+) +(?P<rest>[^{}]*?) +\}\}")
CLAIM = re.compile(r"(?P<topic>\S+) +(?P<path>\S+) +#(?P<id>[\w-]+)")


class Claim(NamedTuple):
    page: str
    id: str
    topic: str
    path: str


def outside_fences(markdown: str) -> Iterator[re.Match[str]]:
    fences = [fence.span() for fence in FENCE.finditer(markdown)]
    return (mark for mark in MARK.finditer(markdown) if not any(a < mark.start() < b for a, b in fences))


def claims(docs: Path) -> list[Claim]:
    """Return the claims of all pages below a folder."""
    return [
        Claim(page.relative_to(docs).with_suffix("").as_posix(), claim["id"], claim["topic"], claim["path"])
        for page in sorted(docs.rglob("*.md"))
        for mark in outside_fences(page.read_text(encoding="utf-8"))
        if mark["kind"] == "checked" and (claim := CLAIM.fullmatch(mark["rest"]))
    ]


def expand(markdown: str, page: str) -> str:
    parts, end = [], 0
    for mark in outside_fences(markdown):
        before = markdown[end : mark.start()]
        indent = re.search(r"(?:^|\n)([ \t]*)$", before)
        text = replacement(mark, page)
        parts += [before, text.replace("\n", "\n" + indent[1]) if indent else text]
        end = mark.end()
    return "".join([*parts, markdown[end:]])


def replacement(mark: re.Match[str], page: str) -> str:
    kind, rest = mark["kind"], mark["rest"]
    if kind == "checked" and (claim := CLAIM.fullmatch(rest)):
        return checked(**claim.groupdict(), page=page)
    if kind == "value" and (value := re.fullmatch(r"(\S+) +([^\s:]+)(?::(\S+))?", rest)):
        topic, path, spec = value.groups()
        return shown(facts(topic, path), spec)
    if kind == "table":
        return table(rest)
    if kind == "versions" and " " not in rest:
        return "{} ({})".format(*stamp(rest))
    raise LookupError(f"what does {mark[0]} mean?")


def checked(topic: str, path: str, id: str, page: str) -> str:  # noqa: A002 the name in the mark
    facts(topic, path)
    folder = relpath("evidence", PurePosixPath(page).parent)
    ran, month = stamp(topic, path)
    return (
        f'<span class="evidence" id="{id}">checked with {ran}, {month} · '
        f"[evidence]({folder}/{topic}.json) · [probe]({folder}/probes/{topic}.py)</span>"
    )


def shown(value: Any, spec: str | None = None) -> str:
    """Numbers as text, short; strings as code; a list with commas."""
    if spec:
        return format(value, spec)
    match value:
        case True | False | None:
            return {True: "yes", False: "no", None: "none"}[value]
        case str():
            return f"`` {value} ``"
        case float():
            return short(value)
        case list():
            return ", ".join(map(shown, value))
        case dict():
            raise LookupError(f"a value is wanted, and this path leads to a group of {', '.join(value)}.")
    return str(value)


def table(name: str) -> str:
    own = [function for function in vars(tables).values() if isfunction(function) and function.__module__ == "tables"]
    known = {function.__name__: function for function in own if not signature(function).parameters}
    if name not in known:
        raise LookupError(f"there is no table {name!r}. Known: {', '.join(known) or 'none'}.")
    return known[name]()


if __name__ == "__main__":
    try:
        sys.stdout.write(expand(sys.stdin.read(), sys.argv[1]))
    except LookupError as error:
        sys.exit(f"{sys.argv[1]}: {error.args[0]}")
