"""The day of the last change, by the commits."""

from pathlib import Path

import pytest

from docs.sitebuild.history import History
from tests.project import commit, git


def test_a_day_is_the_last_of_the_files_and_of_what_is_in_the_folders(tmp_path: Path) -> None:
    for name, day in (("a/b.md", "2021-01-01"), ("a/bc.md", "2023-03-03"), ("ü.md", "2022-02-02"), ("ab.md", "2024-04-04")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
        commit(tmp_path, name, day)
    (tmp_path / "a/b.md").write_text("again")
    commit(tmp_path, "a/b.md", "2022-12-12")
    (tmp_path / "new.md").write_text("not committed")
    history = History(tmp_path)
    asked = {
        ("a/b.md",): "2022-12-12",
        ("a",): "2023-03-03",
        ("a/b",): "",
        ("ü.md",): "2022-02-02",
        ("a/b.md", "ü.md", "new.md"): "2022-12-12",
        ("ü.md", "a"): "2023-03-03",
        ("new.md",): "",
        (): "",
    }
    assert {paths: history.last_change(paths) for paths in asked} == asked


def test_a_project_may_lie_below_the_root_of_its_repository(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    for name in ("project/a.md", "a.md"):
        (tmp_path / name).write_text("")
        commit(tmp_path, name, "2021-01-01" if "/" in name else "2022-02-02")
    assert History(tmp_path / "project").last_change(["a.md"]) == "2021-01-01"


def test_a_merge_brings_the_day_on_which_it_was_made(tmp_path: Path) -> None:
    def write(name: str, day: str) -> None:
        (tmp_path / name).write_text(day)
        commit(tmp_path, name, day)

    write("a.md", "2021-01-01")
    git(tmp_path, "2021-01-01", "checkout", "-qb", "side")
    write("b.md", "2021-02-02")
    git(tmp_path, "2021-02-02", "checkout", "-q", "-")
    write("c.md", "2021-03-03")
    git(tmp_path, "2022-04-04", "merge", "-q", "--no-ff", "-m", "merged", "side")
    days = {name: History(tmp_path).last_change([name]) for name in ("a.md", "b.md", "c.md")}
    assert days == {"a.md": "2021-01-01", "b.md": "2022-04-04", "c.md": "2021-03-03"}


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_without_a_history_or_without_git_there_is_no_day(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if path:
        monkeypatch.setenv("PATH", path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert History(tmp_path).last_change(["a.md"]) == ""
