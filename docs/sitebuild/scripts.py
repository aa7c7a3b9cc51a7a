"""Each longer snippet of a page as a script that names what it needs (PEP 723), so that `uv run ADDRESS` runs it."""

import json
import sys
from collections.abc import Iterable
from typing import NamedTuple

from docs.sitebuild.addresses import Site, page_name, page_path
from docs.sitebuild.marks import Snippet
from docs.sitebuild.records import Records, imports
from docs.sitebuild.source import Page

LINES = 8  # fewer are sooner copied than downloaded


class Script(NamedTuple):
    name: str
    page: str  # its address below the site's, as "units/"
    section: str
    dependencies: list[str]
    source: str
    is_mistake: bool  # the page has the fix
    before: tuple[str, ...] = ()  # names of scripts that it replaces

    def text(self, site: Site) -> str:
        lines = [
            f"# From {site.home}{self.page}#{self.section}. MIT licence, © 2026 the authors of lstm_ref.",
            *["# It shows a mistake; its page has the fix."] * self.is_mistake,
            "# /// script",
            f'# requires-python = ">=3.11{",<3.14" * ("==" in str(self.dependencies))}"',  # wheels of what is pinned
            "# dependencies = [",
            *(f'#   "{each}",' for each in self.dependencies),
            "# ]",
            "# ///\n",
        ]
        return "\n".join([*lines, self.source, ""])


def scripts_of(page: Page, records: Records, site: Site) -> dict[Snippet, Script]:
    """Return the scripts of a page by their snippets. They are numbered in a section; a recorded one has its own name."""
    taken = {f"{file.parent.name}-{file.stem}" for file in records.folder.glob("snippets/*/*.py")}
    found: dict[Snippet, Script] = {}
    for section in page.sections:
        for snippet in section.blocks:
            if isinstance(snippet, Snippet) and not snippet.is_file and snippet.source.count("\n") + 1 >= LINES:
                if recorded := snippet.recorded:
                    name, needs = f"{recorded.topic}-{recorded.name}", recorded.needs
                else:
                    first = f"{page_name(page.uri).replace('/', '-')}-{section.heading.id}"
                    name = next(each for each in (first, *(f"{first}-{n}" for n in range(2, 99))) if each not in taken)
                    needs = dict.fromkeys(imports(snippet.source) - sys.stdlib_module_names, "")
                    taken.add(name)
                is_mistake = bool(recorded) and f"{name}-fixed" in taken
                versions = {package: f"=={needs[package]}" if needs[package] else "" for package in sorted(needs)}
                versions |= {"lstm_ref": f" @ {site.wheel}"} if "lstm_ref" in needs else {}
                pinned, place = [f"{package}{version}" for package, version in versions.items()], section.heading.id
                before = tuple(page.front.get("scripts_before", {}).get(name, ()))
                found[snippet] = Script(name, page_path(page.uri), place, pinned, snippet.source, is_mistake, before)
    return found


def index(scripts: Iterable[Script]) -> str:
    named = {it.name: dict(zip(Script._fields[:4], it[:4], strict=True)) for it in scripts}
    return json.dumps([named[name] for name in sorted(named)], indent=1) + "\n"
