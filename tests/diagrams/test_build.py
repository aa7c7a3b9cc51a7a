"""When a figure is drawn again, and when a build fails."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT
from tests.shared import Host

FIGURES = ("n_unit_chain", "one_unit_chain")
HEAD = "def draw() -> Figure:"
WAITS = f"""{HEAD}
    import time
    from pathlib import Path
    end = time.monotonic() + 60
    while Path("out/one-unit-chain.svg").read_bytes() == Path("before.svg").read_bytes() and time.monotonic() < end:
        time.sleep(0.02)
    1 / 0"""


@pytest.fixture
def copy(host: Host, tmp_path: Path) -> Path:
    """A copy of the project with two figures that are drawn, so that it can be broken."""

    def make(folder: Path) -> None:
        for package in ("lstm_ref", "diagrams"):
            shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
        for module in (folder / "diagrams/figures").glob("*.py"):
            if module.stem not in ("__init__", *FIGURES):
                module.unlink()
        status, printed = draw(folder)
        assert (status, "2 to draw" in printed) == (0, True), printed

    return shutil.copytree(host.once("two-figures", make), tmp_path / "copy")


def draw(copy):
    """Run the command in a fresh process; return its exit status and what it printed."""
    command = [sys.executable, "-m", "diagrams", "out"]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def replace(file, old, new):
    source = file.read_text(encoding="utf-8")
    assert old in source
    file.write_text(source.replace(old, new), encoding="utf-8")


def test_nothing_changed_nothing_drawn(copy):
    assert "2 up to date, 0 to draw" in draw(copy)[1]


def test_editing_one_figure_draws_that_one(copy):
    replace(copy / "diagrams/figures/n_unit_chain.py", "private to its unit", "private")
    status, printed = draw(copy)
    assert status == 0
    assert "1 to draw" in printed
    assert "] n-unit-chain" in printed


def test_editing_the_reference_changes_the_numbers(copy):
    before = (copy / "out/n-unit-chain.html").read_text(encoding="utf-8")
    replace(copy / "lstm_ref/core.py", "h = o * activation(c)", "h = o * c")
    assert "2 to draw" in draw(copy)[1]
    assert (copy / "out/n-unit-chain.html").read_text(encoding="utf-8") != before


def test_another_library_version_draws_all(copy):
    replace(copy / "diagrams/build.py", "version(library)", 'version(library) + "next"')
    assert "2 to draw" in draw(copy)[1]


def test_a_lost_file_is_drawn_again(copy):
    (copy / "out/one-unit-chain.png").unlink()
    assert "1 to draw" in draw(copy)[1]
    assert (copy / "out/one-unit-chain.png").exists()


def test_a_deleted_figure_leaves(copy):
    (copy / "diagrams/figures/one_unit_chain.py").unlink()
    draw(copy)
    assert not list((copy / "out").glob("one-unit-chain*"))
    assert "one-unit-chain" not in (copy / "out/index.json").read_text(encoding="utf-8")


def test_a_raising_figure_stops_the_build_and_is_named(copy):
    replace(copy / "diagrams/figures/n_unit_chain.py", HEAD, f"{HEAD}\n    1 / 0")
    status, printed = draw(copy)
    assert status == 1
    assert "figure n-unit-chain was not drawn: ZeroDivisionError" in printed
    assert draw(copy)[0] == 1, "a figure that failed once must not pass as up to date"


def test_what_a_failed_build_drew_is_not_kept_after_the_mend(copy):
    good = (copy / "out/one-unit-chain.svg").read_bytes()
    core, figure = copy / "lstm_ref/core.py", copy / "diagrams/figures/n_unit_chain.py"
    shutil.copy(copy / "out/one-unit-chain.svg", copy / "before.svg")
    replace(core, "h = o * activation(c)", "h = o * c")
    replace(figure, HEAD, WAITS)
    assert draw(copy)[0] == 1
    assert (copy / "out/one-unit-chain.svg").read_bytes() != good
    replace(core, "h = o * c", "h = o * activation(c)")
    replace(figure, WAITS, HEAD)
    assert draw(copy)[0] == 0
    assert (copy / "out/one-unit-chain.svg").read_bytes() == good
