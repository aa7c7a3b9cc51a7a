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

    @property
    def python(self) -> str:
        """The versions that it runs on: a framework's pinned version has wheels for those that there were."""
        return ">=3.11,<3.14" if any("==" in each for each in self.dependencies) else ">=3.11"

    def text(self, site: Site) -> str:
        return "\n".join(
            [
                f"# From {site.home}{self.page}#{self.section}. MIT licence, © 2026 the authors of lstm_ref.",
                *["# It shows a mistake; its page has the fix."] * self.is_mistake,
                "# /// script",
                f'# requires-python = "{self.python}"',
                "# dependencies = [",
                *(f'#   "{each}",' for each in self.dependencies),
                "# ]",
                "# ///\n",
                self.source + "\n",
            ]
        )


def scripts_of(page: Page, records: Records, site: Site) -> dict[Snippet, Script]:
    """Return the scripts of a page by their snippets. They are numbered in a section; a recorded one has its own name."""
    taken = {f"{file.parent.name}-{file.stem}" for file in records.folder.glob("snippets/*/*.py")}
    found: dict[Snippet, Script] = {}
    for section in page.sections:
        for snippet in section.blocks:
            if isinstance(snippet, Snippet) and not snippet.is_file and snippet.source.count("\n") + 1 >= LINES:
                recorded = snippet.recorded
                name = f"{recorded.topic}-{recorded.name}" if recorded else free(page, section.heading.id, taken)
                needs = recorded.needs if recorded else dict.fromkeys(imports(snippet.source) - sys.stdlib_module_names, "")
                taken.add(name)
                mistake = bool(recorded) and f"{name}-fixed" in taken
                pinned = requirements(needs, site)
                found[snippet] = Script(name, page_path(page.uri), section.heading.id, pinned, snippet.source, mistake)
    return found


def free(page: Page, section: str, taken: set[str]) -> str:
    name = f"{page_name(page.uri).replace('/', '-')}-{section}"
    return next(each for each in (name, *(f"{name}-{n}" for n in range(2, 100))) if each not in taken)


def requirements(needs: dict[str, str], site: Site) -> list[str]:
    """Return what must be installed, in the versions given.

    >>> requirements({"torch": "2.13.0", "numpy": ""}, Site("", "", "", "", "", ""))
    ['numpy', 'torch==2.13.0']
    """
    pinned = {name: f"{name}=={version}" if version else name for name, version in needs.items()}
    if "lstm_ref" in pinned:
        pinned["lstm_ref"] = f"lstm_ref @ {site.wheel}"
    return [pinned[name] for name in sorted(pinned)]


def index(scripts: Iterable[Script]) -> str:
    kept = ("name", "page", "section", "dependencies")
    listed = [{key: getattr(script, key) for key in kept} for script in sorted(scripts)]
    return json.dumps(listed, indent=1) + "\n"
