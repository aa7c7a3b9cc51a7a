"""Every Python snippet of a page runs by itself, and prints what the page says it prints."""

import json
import re
import subprocess
import sys
import textwrap
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from docs.sitebuild import source
from docs.sitebuild.records import Records
from tests.built import Site
from tests.project import ROOT
from tests.site.sources import PAGES as PAGES_AS_READ

PAGES = sorted((ROOT / "docs").rglob("*.md"))
RUN = Path(__file__).with_name("run_snippets.py")
RECORDS = Records(ROOT / "docs/evidence")
SNIPPETS = ROOT / "docs/evidence/snippets"
LANGUAGES = ("python", "py", "pycon", "text")
of_each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())


@cache
def settings_of_the_site() -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"))


class Fence(NamedTuple):
    language: str
    source: str


def fences(text: str) -> list[Fence]:
    """Return the fences of a page in order, found by the site's own Markdown extensions wherever they stand."""
    found: list[Fence] = []

    def collect(source: str, language: str, *_: Any, **__: Any) -> str:
        found.append(Fence(language, source))
        return ""

    config = settings_of_the_site()

    def accept(*_: Any) -> bool:
        return True

    custom = [{"name": name, "class": name, "format": collect, "validator": accept} for name in LANGUAGES]
    settings = dict(config.mdx_configs)
    settings["pymdownx.superfences"] = settings.get("pymdownx.superfences", {}) | {"custom_fences": custom}
    markdown.markdown(text, extensions=config.markdown_extensions, extension_configs=settings)
    return found


@cache
def on_page(page: Path) -> list[Fence]:
    return fences(page.read_text(encoding="utf-8"))


@of_each_page
def test_each_snippet_runs_by_itself_and_prints_what_the_page_says(page: Path) -> None:
    """Output stands right behind its snippet, and nowhere else."""
    said = []
    for before, fence in pairwise([None, *on_page(page)]):
        if fence.language in ("python", "py"):
            said.append([fence.source, ""])
        elif fence.language == "text":
            assert before and before.language in ("python", "py"), fence.source
            said[-1][1] = fence.source
    for program, output in said:
        assert output.strip(), f"it shows nothing: {program}"
        assert re.search(r"^(?:from|import) lstm_ref\b", program, re.MULTILINE), program
    command = [sys.executable, "-P", "-W", "error", str(RUN)]
    sources = json.dumps([program for program, _ in said])
    done = subprocess.run(command, input=sources, stdout=subprocess.PIPE, text=True, check=True)
    for (program, output), (ended_well, printed, told) in zip(said, json.loads(done.stdout), strict=True):
        assert ended_well, f"{program}\n{told}"
        assert printed.rstrip("\n") == output.rstrip("\n"), program


def test_every_snippet_that_a_reader_sees_was_found(site: Site) -> None:
    for page in PAGES:
        shown = [
            block.text.strip()
            for block in site.page_of(page).soup.select(
                ".language-python code, .language-py code, .language-pycon code"
            )
            if not block.find_parent(class_=("doc", "recorded", "listing"))
        ]
        assert shown == [fence.source.strip() for fence in on_page(page) if fence.language != "text"], page


def test_the_machinery_finds_the_fences_that_python_markdown_finds() -> None:
    for uri, page in PAGES_AS_READ.items():
        read = [Fence(block.language, block.source) for block in page.blocks if isinstance(block, source.Fence)]
        assert [fence for fence in read if fence.language in LANGUAGES] == on_page(ROOT / "docs" / uri), uri


def test_a_recorded_snippet_is_the_file_that_ran_and_what_it_printed(site: Site) -> None:
    shown, files = 0, {path.read_text(encoding="utf-8").strip(): path for path in SNIPPETS.glob("*/*.py")}
    for page in site.pages:
        for block in page.soup.select(".language-python.recorded"):
            file = files[block.code.text.strip()]
            printed = {*map("\n".join, RECORDS.snippet(file.parent.name, file.stem).printed.values())}
            outputs = []
            for after in block.find_next_siblings():
                if "about-snippet" in after.get("class", ()):
                    break
                outputs += [after.code.text.strip()] if "language-text" in after.get("class", ()) else []
            assert set(outputs) == {output.strip() or "(prints nothing, raises nothing)" for output in printed}, file
            shown += 1
    assert shown == sum(len(re.findall(r"\{\{ snippet ", page.read_text(encoding="utf-8"))) for page in PAGES) > 0


def test_code_on_a_page_is_a_snippet_or_its_output(site: Site) -> None:
    """No other fence: it would be code that nobody ran, or output that nobody printed. Markdown is a report to file."""
    for page in site.pages:
        for block in page.soup.select("pre"):
            if block.find_parent(class_=("doc", "doc-contents", "cite")):
                continue
            kinds = {f"language-{name}" for name in (*LANGUAGES, "sh", "markdown")}
            assert kinds & {*block.get("class", ())}, f"{page.url}: {block.text}"


@pytest.mark.parametrize(
    "wrapped",
    [
        "```python\n{}\n```",
        '```python title="a title" hl_lines="1"\n{}\n```',
        '=== "Tab"\n\n    ```python\n    {}\n    ```',
        "!!! note\n\n    ```python\n    {}\n    ```",
        "1. in a list\n\n    ```py\n    {}\n    ```",
        "``` {{ .python .annotate }}\n{}\n```",
    ],
)
def test_a_fence_is_found_wherever_it_stands(wrapped: str) -> None:
    assert [fence.source for fence in fences(textwrap.dedent(wrapped).format("print(1)"))] == ["print(1)"]
