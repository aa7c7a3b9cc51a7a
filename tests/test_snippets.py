"""Every Python snippet of a page runs by itself, and prints what the page says it prints."""

import re
import subprocess
import sys
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import markdown
import pytest
from mkdocs.config import load_config

from docs.sitebuild.records import Records

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
RECORDS = Records(ROOT / "docs/evidence")
SNIPPETS = ROOT / "docs/evidence/snippets"
LANGUAGES = ("python", "py", "pycon", "text")


def name(page: Path) -> str:
    return page.relative_to(ROOT / "docs").with_suffix("").as_posix()


class Fence(NamedTuple):
    language: str
    source: str


def fences(text: str) -> list[Fence]:
    """Return the fences of a page in order, found by the site's own Markdown extensions wherever they stand."""
    found: list[Fence] = []

    def collect(source: str, language: str, *_: Any, **__: Any) -> str:
        found.append(Fence(language, source))
        return ""

    config = load_config(str(ROOT / "mkdocs.yml"))

    def accept(*_: Any) -> bool:
        return True

    custom = [{"name": name, "class": name, "format": collect, "validator": accept} for name in LANGUAGES]
    settings = dict(config.mdx_configs)
    settings["pymdownx.superfences"] = settings.get("pymdownx.superfences", {}) | {"custom_fences": custom}
    markdown.markdown(text, extensions=config.markdown_extensions, extension_configs=settings)
    return found


def snippets() -> list[Any]:
    """Return each Python fence with the fence after it."""
    cases = []
    for page in PAGES:
        on_page = fences(page.read_text(encoding="utf-8"))
        for number, (fence, after) in enumerate(pairwise([*on_page, None]), start=1):
            if fence.language in ("python", "py"):
                cases.append(pytest.param(fence.source, after, id=f"{name(page)}-{number}"))
    return cases


@pytest.mark.parametrize(("source", "after"), snippets())
def test_snippet_prints_what_the_page_says(source, after):
    done = subprocess.run([sys.executable, "-W", "error", "-c", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = after.source if after and after.language == "text" else ""
    assert said.strip(), "it shows nothing"
    assert re.search(r"^(?:from|import) lstm_ref\b", source, re.MULTILINE)
    assert done.stdout.rstrip("\n") == said.rstrip("\n")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_output_stands_right_behind_its_snippet(page):
    on_page = fences(page.read_text(encoding="utf-8"))
    for before, fence in pairwise([None, *on_page]):
        if fence.language == "text":
            assert before is not None and before.language in ("python", "py"), fence.source


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_snippet_that_a_reader_sees_was_found(page, site):
    shown = [
        block.text
        for block in site.page_of(page).soup.select(".language-python code, .language-py code, .language-pycon code")
        if not block.find_parent(class_=("doc", "recorded", "listing"))
    ]
    found = [fence.source for fence in fences(page.read_text(encoding="utf-8")) if fence.language != "text"]
    assert [text.strip() for text in shown] == [text.strip() for text in found]


def test_a_recorded_snippet_is_the_file_that_ran_and_what_it_printed(site):
    shown, files = 0, {path.read_text(encoding="utf-8").strip(): path for path in SNIPPETS.glob("*/*.py")}
    for page in site.pages:
        for block in page.soup.select(".language-python.recorded"):
            file = files[block.code.text.strip()]
            printed = {*map("\n".join, RECORDS.snippet(file.parent.name, file.stem).printed.values())}
            outputs = []
            for after in block.find_next_siblings():
                if after.find(class_="evidence"):
                    break
                outputs += [after.code.text.strip()] if "language-text" in after.get("class", ()) else []
            assert set(outputs) == {output.strip() or "(prints nothing, raises nothing)" for output in printed}, file
            shown += 1
    assert shown == sum(len(re.findall(r"\{\{ snippet ", page.read_text(encoding="utf-8"))) for page in PAGES) > 0


def test_code_on_a_page_is_a_snippet_or_its_output(site):
    """No other fence: it would be code that nobody ran, or output that nobody printed."""
    for page in site.pages:
        for block in page.soup.select("pre"):
            if block.find_parent(class_=("doc", "doc-contents", "cite")):
                continue
            assert block.find_parent(class_=[f"language-{name}" for name in (*LANGUAGES, "sh")]), (
                f"{page.url}: {block.text}"
            )


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
def test_a_fence_is_found_wherever_it_stands(wrapped):
    assert [fence.source for fence in fences(textwrap.dedent(wrapped).format("print(1)"))] == ["print(1)"]
