"""The project as the tests handle it: its root, a build of its site, a copy of it, its history."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.shared import locked

ROOT = Path(__file__).parent.parent
REPO_URL = "https://github.com/owner/name"
CACHE = ROOT / ".cache"
LOCK = "tests.lock"  # two builds of one tree draw into the same cache


def build(out: Path, root: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` as `make site` runs it, with these settings and no others from outside."""
    inherited = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL")}
    with locked(root / ".cache" / LOCK):
        return subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
            cwd=root,
            env={"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"} | inherited | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def figures(out: Path) -> None:
    """Bring the figures up to date where a build of the site looks for them, and copy them."""
    with locked(CACHE / LOCK):
        command = [sys.executable, "-m", "diagrams", str(CACHE / "figures")]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert done.returncode == 0, done.stdout
        shutil.copytree(CACHE / "figures", out)


def copy_of_the_project(to: Path) -> Path:
    for name in ("docs", "diagrams", "lstm_ref", ".cache/figures", ".cache/cards", ".cache/notebooks"):
        shutil.copytree(ROOT / name, to / name)
    for name in ("mkdocs.yml", "pyproject.toml", "README.md", "CITATION.cff", "LICENSE", "LICENSE-docs"):
        shutil.copy(ROOT / name, to)
    return to


def git(repository: Path, day: str, *arguments: str) -> None:
    """Run git as if it were this day; what is committed was written on another."""
    dates = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": "2000-01-01T12:00:00Z"}
    who = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=repository, env=os.environ | dates, check=True, capture_output=True)


def commit(repository: Path, name: str, day: str) -> None:
    """Commit this file or folder on this day."""
    for arguments in (["init", "-q"], ["add", name], ["commit", "-qm", name]):
        git(repository, day, *arguments)


def committed(path: Path) -> Iterator[tuple[str, str]]:
    """Each version of a file that the history has, with its commit; CI must have the history."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    if not (ROOT / ".git").exists():
        pytest.fail("no history here to hold the file against") if "CI" in os.environ else pytest.skip("no history")
    if "CI" in os.environ:
        assert git("rev-parse", "--is-shallow-repository").strip() == "false", "the history is cut off"
    name = path.relative_to(ROOT).as_posix()
    for revision in git("log", "--full-history", "--format=%H", "--diff-filter=AM", "--", name).split():
        yield revision[:8], git("show", f"{revision}:{name}")
