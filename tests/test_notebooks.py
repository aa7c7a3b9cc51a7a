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

import wheel
from conftest import REPO_URL, ROOT, Site
from elsewhere import get, run
from lstm_ref.examples import worked_input, worked_layer
from recordings import facts, recording

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
WIDTH = 84  # what a page shows of a line at 1280 pixels
SOURCES = sorted((ROOT / "docs").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_a_notebook_runs_in_jupyter_with_what_its_first_cell_gets(
    source: Path, site: Site, python_with: Callable[..., str], tmp_path: Path
) -> None:
    page = site.page(f"{source.stem}/")
    (address,) = {urljoin(page.url, link["href"]) for link in page.soup.select("a[download][href$='.ipynb']")}
    notebook = nbformat.reads(get(address), as_version=4)
    nbformat.validate(notebook)
    first, *cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert first.source.splitlines()[0] == f"%pip install -q {site.url}{WHEEL}"

    (tmp_path / "it.ipynb").write_bytes(get(address))
    python = python_with("pip", "ipykernel", "nbclient")
    run([python, "-m", "jupyter", "execute", "--inplace", "it.ipynb"], tmp_path, JUPYTER_PLATFORM_DIRS="1")
    again = nbformat.read(tmp_path / "it.ipynb", as_version=4)
    printed = ["".join(output.text for output in cell.outputs) for cell in again.cells if cell.cell_type == "code"]
    assert printed[1:] == ["".join(output.text for output in cell.outputs) for cell in cells]
    assert any(printed[1:])


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
        made = f"https://colab.research.google.com/github/owner/name/blob/notebooks/{name}.ipynb"
        assert links == ([made] if name in {source.stem for source in SOURCES} else [])
    assert REPO_URL == "https://github.com/owner/name"


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
        subprocess.run([work / ".ci/notebooks", site.url], check=True)
    names = git("ls-tree", "--name-only", "notebooks", cwd=origin).split()
    assert names == [f"{source.stem}.ipynb" for source in SOURCES]
    for name in names:
        assert git("show", f"notebooks:{name}", cwd=origin).encode() == get(site.url + name)
    assert not git("status", "--porcelain", "--untracked-files=no", cwd=work)
    missing = subprocess.run([work / ".ci/notebooks", f"{site.url}nowhere/"], capture_output=True)
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
        facts("layouts", f"systems.{system}.differences.to"),
        recording("layouts")["recorded"]["versions"],
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
