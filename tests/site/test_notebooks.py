"""The notebooks that the site serves, and the branch from which Colab opens them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest

from docs.sitebuild import wheel
from docs.sitebuild.records import Records
from lstm_ref.examples import worked_input, worked_layer
from tests.built import Site
from tests.elsewhere import get, run
from tests.project import REPO_URL, ROOT

LAYOUTS = Records(ROOT / "docs/evidence")
WHEEL = f"wheels/{wheel.name(ROOT)}"
KERAS_OF_ZEROS = """
import numpy as np

class layers:
    class LSTM:
        def __init__(self, units, return_sequences): self.units = units
        def build(self, shape): pass
        def set_weights(self, weights): pass
        def __call__(self, x): return np.zeros((*x.shape[:2], self.units))

class ops:
    convert_to_numpy = np.asarray
"""
JUPYTER = ("pip", "ipykernel", "nbclient")
SYSTEMS = ("keras", "torch", "flax", "onnxruntime")
WIDTH = 84  # what a page shows of a line at 1280 pixels
SOURCES = sorted((ROOT / "docs").glob("*.py"))


def address_of(name: str, site: Site) -> str:
    page = site.page(f"{name}/")
    (address,) = {urljoin(page.url, link["href"]) for link in page.soup.select("a[download][href$='.ipynb']")}
    return address


def printed(notebook: nbformat.NotebookNode) -> list[str]:
    """Return what each cell of code printed."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return ["".join(output.get("text", "") for output in cell.outputs) for cell in cells]


def executed(address: str, python: str, folder: Path, **settings: str) -> list[str]:
    (folder / "it.ipynb").write_bytes(get(address))
    run([python, "-m", "jupyter", "execute", "--inplace", "it.ipynb"], folder, JUPYTER_PLATFORM_DIRS="1", **settings)
    return printed(nbformat.read(folder / "it.ipynb", as_version=4))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_notebook_runs_in_jupyter_with_what_its_first_cell_gets(
    source: Path, site: Site, python_with: Callable[..., str], tmp_path: Path
) -> None:
    address = address_of(source.stem, site)
    notebook = nbformat.reads(get(address), as_version=4)
    nbformat.validate(notebook)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    title = notebook.cells[0]
    by = f"Text: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), code: [MIT]({site.url}LICENSE.txt)."
    assert title.source.startswith("# ") and title.source.endswith(f"From <{site.url}{source.stem}/>. {by}")
    assert notebook.metadata.kernelspec.name == "python3"
    assert first.source.splitlines()[0] == f"%pip install -q {site.url}{WHEEL}"

    again = executed(address, python_with(*JUPYTER), tmp_path)
    assert again[1:] == printed(notebook)[1:]
    assert any(again[1:])


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_code_and_output_fit_the_page(source: Path, site: Site) -> None:
    notebook = nbformat.read(site.root / f"{source.stem}.ipynb", as_version=4)
    _, *cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    texts = [text for cell in cells for text in (cell.source, *(output.text for output in cell.outputs))]
    assert not [line for text in texts for line in text.splitlines() if len(line) > WIDTH]


def test_a_page_leads_to_colab_where_its_notebook_is(site: Site) -> None:
    for page in site.pages:
        links = [link["href"] for link in page.soup.select("a[href]") if "colab" in link["href"]]
        name = page.path.parent.name
        repository = REPO_URL.removeprefix("https://github.com/")
        made = f"https://colab.research.google.com/github/{repository}/blob/notebooks/{name}.ipynb"
        assert links == ([made] if name in {source.stem for source in SOURCES} else [])


def test_without_a_repository_no_page_leads_to_colab(edited: Site) -> None:
    for page in edited.pages:
        assert not page.soup.select("a[href*='colab'], a[title*='Colab']"), page.url


def test_the_branch_for_colab_holds_the_notebooks_of_the_site(site: Site, tmp_path: Path) -> None:
    origin, work = tmp_path / "origin.git", tmp_path / "work"

    def git(*arguments: str, cwd: Path = tmp_path) -> str:
        return subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=True).stdout

    git("init", "-q", "--bare", str(origin))
    git("clone", "-q", str(origin), str(work))
    for source in (ROOT / ".ci/notebooks", *SOURCES):
        target = work / source.relative_to(ROOT)
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(source, target)
    for _ in ("the first time", "and again"):
        subprocess.run([work / ".ci/notebooks", site.root], check=True)
    names = git("ls-tree", "--name-only", "notebooks", cwd=origin).split()
    assert names == [f"{source.stem}.ipynb" for source in SOURCES]
    for name in names:
        assert git("show", f"notebooks:{name}", cwd=origin).encode() == get(site.url + name)
    assert not git("status", "--porcelain", "--untracked-files=no", cwd=work)
    missing = subprocess.run([work / ".ci/notebooks", site.root / "nowhere"], capture_output=True)
    assert missing.returncode


@pytest.mark.parametrize(
    ("package", "system"),
    [("keras", "keras3"), ("torch", "pytorch"), ("flax", "flax"), ("onnxruntime", "onnx-runtime")],
)
def test_a_framework_that_is_not_installed_is_not_run_and_its_record_is_shown(
    package: str, system: str, site: Site
) -> None:
    printed = site.page("same-weights/").soup.text
    assert re.search(rf"^{package}( and onnx)?: not installed here$", printed, re.MULTILINE)
    assert "(here)" not in printed.replace('(here)")', "")
    difference, version = (
        LAYOUTS.facts("layouts", f"systems.{system}.differences.to"),
        LAYOUTS.record("layouts")["recorded"]["versions"],
    )
    assert f"{package} {version[package]}: {difference:.1e} (recorded)" in printed


def test_a_framework_that_is_installed_is_run(tmp_path: Path) -> None:
    """From outputs of zeros, which a stand-in for Keras gives, the layer's differ by as much as they are."""
    (tmp_path / "keras.py").write_text(KERAS_OF_ZEROS, encoding="utf-8")
    path = os.pathsep.join(map(str, [tmp_path, ROOT]))
    printed = run([sys.executable, str(ROOT / "docs/same-weights.py")], tmp_path, PYTHONPATH=path)
    largest = abs(worked_layer(return_sequences=True)(worked_input())).max()
    assert f"keras: {largest:.1e} (here)\n" in printed
    assert "keras: not installed" not in printed and "torch: not installed here\n" in printed
    assert "(recorded)" not in printed


@pytest.mark.frameworks
def test_with_all_frameworks_installed_each_is_run_and_agrees(
    site: Site, python_with: Callable[..., str], tmp_path: Path
) -> None:
    versions = LAYOUTS.record("layouts")["recorded"]["versions"]
    python = python_with(*JUPYTER, *(f"{name}=={versions[name]}" for name in (*SYSTEMS, "onnx")))
    said = "".join(executed(address_of("same-weights", site), python, tmp_path, KERAS_BACKEND="torch"))
    here = re.findall(r"^(\w+): (\S+) \(here\)$", said, re.MULTILINE)
    assert tuple(name for name, _ in here) == SYSTEMS
    assert all(float(difference) <= 1e-6 for _, difference in here)
    assert "not installed" not in said
