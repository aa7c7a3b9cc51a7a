"""A project of three pages that the site's own machinery builds: enough to see what stops a build, and why."""

import shutil
from pathlib import Path
from subprocess import CompletedProcess

from tests.project import ROOT, build

FIXTURE = Path(__file__).parent / "fixture"
OURS = (
    "pyproject.toml",
    "CITATION.cff",
    "LICENSE",
    "LICENSE-docs",
    "docs/assets/favicon.svg",
    "docs/evidence/counts.json",
)
FIGURE = "n_unit_chain"
PROBE = "docs/evidence/probes/counts.py"


def make_project(root: Path) -> None:
    """Make the project, and build it: what it draws and executes is kept for those who copy it."""
    shutil.copytree(FIXTURE, root)
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text().replace("ROOT/", f"{ROOT}/"))
    for name in (*OURS, PROBE):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    for package in ("lstm_ref", "diagrams"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    for figure in (root / "diagrams/figures").glob("*.py"):
        if figure.stem not in ("__init__", FIGURE):
            figure.unlink()
    done = build_project(root)
    assert done.returncode == 0, done.stdout


def build_project(root: Path, out: str = "site") -> CompletedProcess[str]:
    """Build it with the machinery of this tree, and the packages of the project."""
    return build(root / out, root, PYTHONPATH=str(ROOT))
