"""The wheel of lstm_ref: when it is built, and what the build leaves."""

import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import pytest

from docs.sitebuild import wheel

ROOT = Path(__file__).parents[2]
HOME = "https://example.org/"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what goes into the wheel."""
    shutil.copytree(ROOT / "lstm_ref", tmp_path / "lstm_ref", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy2(ROOT / name, tmp_path)
    return tmp_path


def test_building_leaves_nothing_but_the_wheel_that_it_remembers(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(project.rglob("*"))
    monkeypatch.chdir(project)  # MkDocs may tell where it is by a relative path
    assert wheel.build(Path(), HOME).startswith(b"PK")
    cache = project / ".cache"
    (kept,) = (cache / "wheels").iterdir()
    assert sorted(project.rglob("*")) == sorted([*before, cache, kept.parent, kept])


def test_it_is_built_again_when_what_goes_into_it_changes(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built = []

    def pack(command: list[str], *, cwd: str, **_: object) -> subprocess.CompletedProcess[str]:
        """Stand in for setuptools: what there is to pack, and nothing more."""
        built.append(command)
        packed = b"".join(file.read_bytes() for file in sorted(Path(cwd).rglob("*.*")) if file.is_file())
        Path(cwd, wheel.name(project)).write_bytes(packed)
        return subprocess.CompletedProcess(command, 0)

    def builds(home: str = HOME) -> int:
        before = len(built)
        wheel.build(project, home)
        return len(built) - before

    monkeypatch.setattr(subprocess, "run", pack)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert (builds(), builds()) == (1, 0)
    first = wheel.build(project, HOME)
    assert (builds("https://example.com/"), builds()) == (1, 0)
    for name in ("lstm_ref/core.py", "lstm_ref/py.typed", "lstm_ref/more.py", "LICENSE", "pyproject.toml"):
        file = project / name
        before = file.read_bytes() if file.exists() else None
        file.write_bytes((before or b"") + b"\n# Another.\n")
        assert (name, builds(), builds()) == (name, 1, 0)
        assert name == "LICENSE" or b"# Another." in wheel.build(project, HOME)
        file.unlink() if before is None else file.write_bytes(before)
    assert (builds(), wheel.build(project, HOME)) == (0, first)
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1800000000")  # the day of a commit, on each file in the wheel
        assert builds() == 1
    with monkeypatch.context() as patch:
        patch.setattr(wheel, "version", lambda package: version(package) + "next")
        assert builds() == 1
    assert builds() == 0


def test_a_wheel_that_could_not_be_built_is_told_and_not_remembered(project: Path) -> None:
    settings = project / "pyproject.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('version = "0.1.0"', 'version = "not one"'))
    for _ in range(2):
        with pytest.raises(RuntimeError, match=r"(?s)The wheel of lstm_ref could not be built:\n.*project\.version"):
            wheel.build(project, HOME)
    assert not [*(project / ".cache/wheels").iterdir()]
