"""Each longer snippet of a page as a script that names what it needs (PEP 723), so that `uv run ADDRESS` runs it."""

import json
import re
import sys
import textwrap
from collections.abc import Iterable
from itertools import pairwise
from posixpath import dirname, relpath
from typing import NamedTuple

from docs.sitebuild.records import Records, imports
from marks import FOLDER, HEADING_ID

LINES = 8  # fewer are sooner copied than downloaded
FENCE = re.compile(
    r"^(?P<indent>[ \t]*)(?P<fence>`{3,}+|~{3,}+)[ {.]*(?P<language>\w*)(?P<info>.*)\n(?P<source>(?s:.*?))^[ \t]*(?P=fence)[ \t]*$",
    re.MULTILINE,
)
EVIDENCE = re.compile(r'(\s*<span class="evidence".*?</span>)+')
RAN = re.compile(r'<span class="evidence">ran with .*/snippets/(?P<topic>[\w-]+)/(?P<name>[\w-]+)\.py\)</span>')


class Script(NamedTuple):
    name: str
    page: str  # below the site's address, as "units/"
    section: str
    dependencies: list[str]
    source: str
    fix: bool = False  # it shows a mistake, and the page has the fix

    @property
    def python(self) -> str:
        """The versions that it runs on: a framework's pinned version has wheels for those that there were."""
        return ">=3.11,<3.14" if any("==" in each for each in self.dependencies) else ">=3.11"

    def text(self, site: str) -> str:
        return "\n".join(
            [
                f"# From {site}{self.page}#{self.section}. MIT licence, © 2026 the authors of lstm_ref.",
                *["# It shows a mistake; its page has the fix."] * self.fix,
                "# /// script",
                f'# requires-python = "{self.python}"',
                "# dependencies = [",
                *(f'#   "{each}",' for each in self.dependencies),
                "# ]",
                "# ///\n",
                self.source,
            ]
        )


def extracted(markdown: str, uri: str, page: str, site: str, wheel: str) -> tuple[str, list[Script]]:
    """Return a page with a line below each longer snippet that leads to its script, and the scripts.

    Args:
        markdown: the page, its marks replaced.
        uri: its file below docs/.
        page: its address below the site's.
        site: the site's address.
        wheel: the address of the wheel of lstm_ref.
    """
    scripts: dict[str, Script] = {}
    parts, last = [], 0
    for fence, after in pairwise([*FENCE.finditer(markdown), None]):
        source = textwrap.dedent(fence["source"]).strip("\n") + "\n"
        if fence["language"] not in ("python", "py") or ".listing" in fence["info"] or source.count("\n") < LINES:
            continue
        section = HEADING_ID.findall(markdown[: fence.start()])[-1]
        if ".recorded" in fence["info"]:
            ran = RAN.search(markdown, fence.end())
            name, needed = f"{ran['topic']}-{ran['name']}", recorded_needs(*ran.group("topic", "name"), wheel)
            end, between = ran.end(), " "
        else:
            name, needed = free_name(f"{page_name(uri)}-{section}", scripts), needs(imports(source), wheel)
            end = output_end(markdown, fence, after)
            evidence = EVIDENCE.match(markdown, end)
            end, between = (evidence.end(), " ") if evidence else (end, f"\n\n{fence['indent']}")
        scripts[name] = Script(name, page, section, needed, source, fix=has_fix(name))
        parts += [markdown[last:end], between, line(name, uri, site)]
        last = end
    return "".join([*parts, markdown[last:]]), list(scripts.values())


def output_end(markdown: str, fence: re.Match[str], after: re.Match[str] | None) -> int:
    follows = after and after["language"] == "text" and not markdown[fence.end() : after.start()].strip()
    return after.end() if follows else fence.end()


def line(name: str, uri: str, site: str) -> str:
    file = f"scripts/{name}.py"
    link = f'[script]({relpath(file, dirname(uri))}){{ download="" }}'
    return f'<span class="script" data-search-exclude>{link}<span> ·&nbsp;`uv run {site}{file}`</span></span>'


def page_name(uri: str) -> str:
    return uri.removesuffix(".md").replace("/", "-")


def free_name(name: str, taken: Iterable[str]) -> str:
    """Number what is not the first of its section, or not the first because a recorded snippet has the name."""
    recorded = {f"{file.parent.name}-{file.stem}" for file in FOLDER.glob("snippets/*/*.py")}
    return next(each for each in (name, *(f"{name}-{n}" for n in range(2, 100))) if each not in {*taken, *recorded})


def needs(imported: set[str], wheel: str, versions: dict[str, str] | None = None) -> list[str]:
    """Return what must be installed, in the versions given."""
    versions = {name: f"{name}=={version}" for name, version in (versions or {}).items()}
    versions["lstm_ref"] = f"lstm_ref @ {wheel}"
    return [versions.get(name, name) for name in sorted(imported - sys.stdlib_module_names)]


def recorded_needs(topic: str, name: str, wheel: str) -> list[str]:
    needed = Records(FOLDER).snippet(topic, name).needs
    return needs(set(needed), wheel, {package: version for package, version in needed.items() if version})


def has_fix(name: str) -> bool:
    topic, _, snippet = name.partition("-")
    return (FOLDER / "snippets" / topic / f"{snippet}-fixed.py").is_file()


def index(scripts: Iterable[Script]) -> str:
    listed = [
        {key: value for key, value in script._asdict().items() if key not in ("source", "fix")} for script in scripts
    ]
    return json.dumps(sorted(listed, key=lambda script: script["name"]), indent=1) + "\n"
