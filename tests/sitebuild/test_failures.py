"""What is wrong stops the build, and the message says where."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.sitebuild.build import Build
from tests.sitebuild.project import build_project


def append(path: str, text: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        with (root / path).open("a") as file:
            file.write(text)

    return change


def write(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: (root / path).write_text(text)


def replace(path: str, before: str, after: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text()
        assert before in text
        (root / path).write_text(text.replace(before, after))

    return change


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
        (append("docs/index.md", "\n{{ table no-such }}\n"), "index.md: there is no table 'no-such'"),
        (append("docs/by-hand.py", "\n# %% [markdown]\n# {{ rann }}\n"), "by-hand.py: what does {{ rann  }} mean?"),
        (append("docs/by-hand.py", "\n# %% [markdown]\n# [nowhere](nowhere.md)\n"), "'nowhere.md'"),
        (write("docs/redirects.json", '{"old/": "nowhere/"}'), "docs/redirects.json: 'old/' leads to 'nowhere/'"),
        (
            replace("mkdocs.yml", "nav:", 'site_url: ""\nnav:'),
            "site_url must be an address: SITE_URL is set, and empty.",
        ),
    ],
)
def test_what_is_wrong_stops_the_build(change: Callable[[Path], None], message: str, project: Path) -> None:
    change(project)
    result = build_project(project)
    assert result.returncode != 0
    assert message in result.stdout
    assert "Traceback" not in result.stdout.partition("ValueError")[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (append("docs/index.md", "\n![no-such](figures/no-such.svg)\n"), "index.md: there is no figure 'no-such'"),
        (
            append("docs/index.md", "\n![n](figures/n-unit-chain.svg)\n"),
            "index.md: the figure 'n-unit-chain' stands on",
        ),
        (
            append("docs/questions/units.md", "\nSee ![n](../figures/n-unit-chain.svg)\n"),
            "needs a paragraph of its own",
        ),
        (append("docs/questions/units.md", "\nSo {{ rann }}\n"), "questions/units.md: what does {{ rann  }} mean?"),
        (
            append("docs/questions/units.md", "\n{{ checked no-such - #a }}\n"),
            "questions/units.md: there is no evidence 'no-such'. Known: counts.",
        ),
        (
            replace("docs/evidence/counts.json", '"ran": [', '"run": ['),
            "index.md: counts.keras-3.LSTM does not say what it ran with",
        ),
        (
            replace("docs/evidence/counts.json", '"ran": [', '"ran": ["flaks", '),
            "index.md: counts ran with flaks, of which there is no version",
        ),
        (
            replace("docs/index.md", "{{ checked", "{{ checked counts - #one }} {{ checked"),
            "index.md: #claim-count shares its paragraph with another claim",
        ),
        (replace("docs/index.md", "{ #unit }", ""), "no heading of the form"),
        (append("docs/index.md", "\n{{ contents no-such }}\n"), "index.md: what does {{ contents no-such }} mean?"),
    ],
)
def test_what_is_wrong_with_a_page_is_said_before_any_is_rendered(
    change: Callable[[Path], None], message: str, project: Path
) -> None:
    change(project)
    with pytest.raises(LookupError, match=re.escape(message)):
        Build(project, "A site", "https://a.site/", "A. Author", "About it.", None)


def test_the_project_itself_is_built(project: Path) -> None:
    result = build_project(project, "again")
    assert result.returncode == 0, result.stdout
    assert "0 to draw" in result.stdout
