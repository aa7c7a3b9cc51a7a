"""The notebooks that the site serves, and the branch from which Colab opens them."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import nbformat
import pytest

import wheel
from conftest import REPO_URL, ROOT, Site
from elsewhere import get, run
from recordings import facts, recording

WHEEL = f"wheels/{wheel.name(ROOT)}"
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
    difference, version = (
        facts("layouts", f"systems.{system}.differences.to"),
        recording("layouts")["recorded"]["versions"],
    )
    assert f"{package}, here: not installed" in printed
    assert f"{package} {version[package]}, recorded: largest difference {difference:.1e}" in printed
