"""Put what is recorded into Markdown. The marks:

    {{ checked TOPIC PATH #claim-id }}   this claim rests on what is recorded there
    {{ value TOPIC PATH }}               the recorded value; with a format: {{ value TOPIC PATH:.2f }}
    {{ table NAME }}                     the table of this name
    {{ versions TOPIC }}                 what ran, and when
    {{ snippet TOPIC/NAME }}             the snippet snippets/TOPIC/NAME.py and what it printed, by backend where that differs
    {{ listing FILE }}                   the file, from below docs/
    {{ ran }}                            the answer rests on the snippet above, which the tests run
    {{ drawn NAME }}                     it rests on the numbers of a figure
    {{ read SOURCE }}                    it was read there
    {{ site }}, {{ wheel }}              addresses of the site and of the library's wheel: left to the build, which knows them

`python docs/evidence/marks.py PAGE.md` reads the page's Markdown and writes it with each mark replaced.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from posixpath import relpath
from typing import Any, NamedTuple

from docs.sitebuild import tables
from docs.sitebuild.records import Records, short
from docs.sitebuild.systems import BACKENDS, PACKAGES

FOLDER = Path(__file__).parent
RECORDS = Records(FOLDER)

FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}+|~{3,}+).*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
MARK = re.compile(r"\{\{ +(?P<kind>[\w-]+)(?: +(?P<rest>[^{}]*?))? +\}\}")
CLAIM = re.compile(r"(?P<topic>\S+) +(?P<path>\S+) +#(?P<id>[\w-]+)")
HEADING_ID = re.compile(r"^#+ .*\{ #([\w-]+)[^}]*\}$", re.MULTILINE)


class Claim(NamedTuple):
    page: str
    id: str
    topic: str
    path: str


def outside_fences(markdown: str) -> Iterator[re.Match[str]]:
    fences = [fence.span() for fence in FENCE.finditer(markdown)]
    return (mark for mark in MARK.finditer(markdown) if not any(a < mark.start() < b for a, b in fences))


def claims(docs: Path) -> list[Claim]:
    """Return the claims of all pages below a folder; a snippet is one of the section that it stands in."""
    found = []
    for file in sorted(docs.rglob("*.md")):
        text, page = file.read_text(encoding="utf-8"), file.relative_to(docs).with_suffix("").as_posix()
        for mark in outside_fences(text):
            if mark["kind"] == "checked" and (claim := CLAIM.fullmatch(mark["rest"])):
                found.append(Claim(page, claim["id"], claim["topic"], claim["path"]))
            elif mark["kind"] == "snippet":
                topic, name = mark["rest"].split("/")
                section = HEADING_ID.findall(text[: mark.start()])[-1]
                found += [Claim(page, section, topic, f"{backend}.{name}") for backend in BACKENDS]
    return found


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
    kind, rest = mark["kind"], mark["rest"] or ""
    if kind == "checked" and (claim := CLAIM.fullmatch(rest)):
        return checked(**claim.groupdict(), page=page)
    if kind == "value" and (value := re.fullmatch(r"(\S+) +([^\s:]+)(?::(\S+))?", rest)):
        topic, path, spec = value.groups()
        return shown(RECORDS.facts(topic, path), spec)
    if kind == "table":
        return tables.table(rest, RECORDS)
    if kind == "versions" and " " not in rest:
        stamp = RECORDS.stamp(rest)
        return f"{stamp.words} ({stamp.month})"
    if kind == "snippet" and rest.count("/") == 1:
        return recorded(*rest.split("/"), page)
    if kind == "listing" and rest.endswith(".py") and (file := FOLDER.parent / rest).is_file():
        return fence("python", file.read_text(encoding="utf-8"), "listing")
    if kind == "drawn" and " " not in rest:
        gallery = relpath("figures.md", PurePosixPath(page).parent)
        return evidence(f"checked: the numbers of [the figure]({gallery}#{rest}) are computed twice")
    if kind == "read":
        return evidence(f"read in {rest}")
    if kind == "ran" and not rest:
        return evidence("checked: the tests run this snippet")
    if kind in ("site", "wheel") and not rest:
        return mark[0]
    raise LookupError(f"what does {mark[0]} mean?")


def evidence(text: str, id: str = "") -> str:  # noqa: A002 the name in the mark
    attribute = f' id="{id}"' if id else ""
    return f'<span class="evidence"{attribute}>{text}</span>'


def checked(topic: str, path: str, id: str, page: str) -> str:  # noqa: A002 the name in the mark
    folder = relpath("evidence", PurePosixPath(page).parent)
    stamp = RECORDS.stamp(topic, path)
    links = f"[evidence]({folder}/{topic}.json) · [probe]({folder}/probes/{topic}.py)"
    return evidence(f"checked with {stamp.words}, {stamp.month} · {links}", id)


def recorded(topic: str, name: str, page: str) -> str:
    """The snippet, what it printed, and what ran."""
    _, _, source, printed, stamp, _ = RECORDS.snippet(topic, name)
    backends: dict[str, list[str]] = {}
    for backend, lines in printed.items():
        backends.setdefault("\n".join(lines), []).append(PACKAGES[backend])
    parts = [fence("python", source, "recorded")]
    for output, names in backends.items():
        parts += [f"On {' and '.join(names)}:"] if len(backends) > 1 else []
        parts += [fence("text", output or "(prints nothing, raises nothing)", "recorded")]
    folder = relpath("evidence", PurePosixPath(page).parent)
    links = f"[evidence]({folder}/{topic}.json) · [snippet]({folder}/snippets/{topic}/{name}.py)"
    return "\n\n".join([*parts, evidence(f"ran with {stamp.words}, {stamp.month} · {links}")])


def fence(language: str, text: str, kind: str) -> str:
    return f"``` {{ .{language} .{kind} }}\n{text.rstrip()}\n```"


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


if __name__ == "__main__":
    try:
        sys.stdout.write(expand(sys.stdin.read(), sys.argv[1]))
    except LookupError as error:
        sys.exit(f"{sys.argv[1]}: {error.args[0]}")
