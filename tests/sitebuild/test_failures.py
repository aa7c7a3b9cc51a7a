"""What is wrong stops the build, and the message says where."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.sitebuild.project import build_project


def append(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / path).open("a") as file:
            file.write(text)

    return change


def write(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: (root / path).write_text(text)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (append("docs/by-hand.py", "\n# %%\nraise ValueError('stop here')\n"), "stop here"),
        (
            append("diagrams/figures/n_unit_chain.py", "\nraise ValueError('no pen')\n"),
            "The figures could not be drawn",
        ),
        (
            append("pyproject.toml", "\n[tool.setuptools.no-such]\nkey = 1\n"),
            "The wheel of lstm_ref could not be built",
        ),
        (append("docs/index.md", "\n![no-such](figures/no-such.svg)\n"), "index.md: there is no figure 'no-such'"),
        (append("docs/index.md", "\n![n](figures/n-unit-chain.svg)\n"), "stands on the page twice"),
        (
            append("docs/questions/units.md", "\nSee ![n](../figures/n-unit-chain.svg)\n"),
            "needs a paragraph of its own",
        ),
        (append("docs/index.md", "\n[nowhere](questions/units.md#nowhere)\n"), "does not contain an anchor '#nowhere'"),
        (append("docs/index.md", "\n{{ table no-such }}\n"), "index.md: there is no table 'no-such'"),
        (append("docs/by-hand.py", "\n# %% [markdown]\n# [nowhere](nowhere.md)\n"), "'nowhere.md'"),
        (write("docs/redirects.json", '{"old/": "nowhere/"}'), "docs/redirects.json: 'old/' leads to 'nowhere/'"),
    ],
)
def test_what_is_wrong_stops_the_build(change: Callable[[Path], None], message: str, project: Path) -> None:
    change(project)
    result = build_project(project)
    assert result.returncode != 0
    assert message in result.stdout


def test_the_project_itself_is_built(project: Path) -> None:
    result = build_project(project, "again")
    assert result.returncode == 0, result.stdout
    assert "0 to draw" in result.stdout
