"""Executed notebooks: their page, their file, and when they run again."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

from docs.sitebuild import notebooks, source
from docs.sitebuild.source import Fence, Text
from tests.project import ROOT
from tests.sitebuild.project import build_project
from tests.sitebuild.small import SITE


def executed() -> nbformat.NotebookNode:
    pieces = [new_output("stream", name="stdout", text=text) for text in ("1\n", "2\n")]
    value = new_output("execute_result", data={"text/plain": "3"}, execution_count=2)
    cells = [
        new_raw_cell("---\nfigure: layouts\n---"),
        new_markdown_cell("# A notebook { #a }\n\n**An answer.**"),
        new_code_cell(
            "print(1)\nprint(2)", outputs=pieces, execution_count=1, metadata={"execution": {"began": "now"}}
        ),
        new_markdown_cell("## More { #more }\n\nText with { #no-heading } in it."),
        new_code_cell(
            "open('evidence/layouts.json'), 'evidence/probes/layouts.py'\n3", outputs=[value], execution_count=2
        ),
        new_code_cell("x = 1", execution_count=3),
    ]
    return notebooks.read(nbformat.writes(new_notebook(cells=cells)))


def test_a_notebook_becomes_the_source_of_a_page_a_raw_cell_is_its_front_matter() -> None:
    page = source.page("a.py", notebooks.as_markdown(executed()))
    assert page.front == {"figure": "layouts"}
    assert [section.heading.id for section in page.sections] == ["a", "more"]
    assert [*page.blocks] == [
        Text(("**An answer.**",)),
        Fence("python", "print(1)\nprint(2)"),
        Fence("text", "1\n2"),
        Text(("Text with { #no-heading } in it.",)),
        Fence("python", "open('evidence/layouts.json'), 'evidence/probes/layouts.py'\n3"),
        Fence("text", "3"),
        Fence("python", "x = 1"),
    ]


def test_the_file_says_where_it_is_from_and_gets_what_it_needs() -> None:
    text = notebooks.for_download(executed(), "a/", SITE)
    notebook = nbformat.reads(text, 4)
    nbformat.validate(notebook)
    title, get, *cells = notebook.cells
    assert title.source == (
        "# A notebook\n\n**An answer.**\n\nFrom <https://a.site/a/>. "
        "Text: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), code: [MIT](https://a.site/LICENSE.txt)."
    )
    assert get.source.splitlines() == [
        "%pip install -q https://a.site/wheels/lstm_ref.whl",
        "from pathlib import Path",
        "from urllib.request import urlretrieve",
        "",
        'Path("evidence").mkdir(exist_ok=True)',
        'urlretrieve("https://a.site/evidence/layouts.json", "evidence/layouts.json");',
    ]
    assert [cell.cell_type for cell in cells] == ["code", "markdown", "code", "code"]  # no raw cell
    assert cells[1].source == "## More\n\nText with { #no-heading } in it."
    assert notebook.metadata.kernelspec.name == "python3"
    assert text == notebooks.for_download(executed(), "a/", SITE), "ids are random and times differ: not in the file"
    assert not any("execution" in cell.metadata for cell in notebook.cells)


def test_one_that_reads_no_record_gets_the_library_only() -> None:
    notebook = new_notebook(cells=[new_markdown_cell("# A { #a }"), new_code_cell("1")])
    _, get, _ = json.loads(notebooks.for_download(notebook, "a/", SITE))["cells"]
    assert get["source"] == "%pip install -q https://a.site/wheels/lstm_ref.whl"


def write(path: str, text: str = "\n# Another.\n") -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("a") as file:
            file.write(text)

    return change


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (write("lstm_ref/core.py"), True),
        (write("lstm_ref/more.py"), True),
        (write("docs/evidence/layouts.json", " "), True),
        (lambda root: (root / "docs/evidence/counts.json").unlink(), True),
        (write("docs/units.md"), False),
        (write("diagrams/figures/layouts.py"), False),
        (write("docs/evidence/probes/layouts.py"), False),
        (write("lstm_ref/__pycache__/core.pyc"), False),
    ],
)
def test_they_run_again_when_what_they_import_or_read_changed(
    change: Callable[[Path], None], again: bool, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "lstm_ref", tmp_path / "lstm_ref", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "docs/evidence").mkdir(parents=True)
    for name in ("layouts", "counts"):
        shutil.copy(ROOT / f"docs/evidence/{name}.json", tmp_path / "docs/evidence")
    before = notebooks.runs(tmp_path)
    assert before.parent == tmp_path / ".cache/notebooks" and before == notebooks.runs(tmp_path)
    change(tmp_path)
    assert (notebooks.runs(tmp_path) != before) == again


def test_a_build_runs_a_notebook_once_and_again_after_an_edit_of_the_library(project: Path) -> None:
    def ran() -> bool:
        done = build_project(project)
        assert done.returncode == 0, done.stdout
        return "Converting notebook (execute=True)" in done.stdout and "Cache hit" not in done.stdout

    page = project / "site/by-hand/index.html"
    assert not ran() and "0.4621" in page.read_text()
    with (project / "lstm_ref/activations.py").open("a") as file:
        file.write("\n# Another.\n")
    assert ran() and not ran() and "0.4621" in page.read_text()
