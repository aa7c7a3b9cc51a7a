"""A page is rendered anew when something changed that it is made from, and not otherwise."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.sitebuild import build as module
from docs.sitebuild.build import Build
from tests.project import ROOT
from tests.sitebuild.project import build_project
from tests.sitebuild.small import FIGURES

TEXT, FILES = "page.md # A { #a }\n\n![A chain](figures/chain.svg)", ["page.md", "other.md"]


class Remembering:
    """A build without its pages, and how often it made something."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.code, self.monkeypatch, self.times = root / "code", monkeypatch, 0
        shutil.copytree(ROOT / "docs/sitebuild", self.code, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(module, "__file__", str(self.code / "build.py"))
        (root / "mkdocs.yml").write_text("site_name: A site\n")
        self.build = object.__new__(Build)
        self.build.root, self.build.cache, self.build.figures = root, root / ".cache", dict(FIGURES)
        self.build.cache.mkdir()

    def made(self, text: str = TEXT, files: list[str] = FILES, *, kept: bool = True) -> int:
        """Ask for a page; return how often it was made since the last time."""

        def make() -> tuple[list[str], bool]:
            self.times += 1
            return [text], kept

        before = self.times
        assert self.build.remembered(text, files, make) == [text]
        return self.times - before


@pytest.fixture
def remembering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Remembering:
    return Remembering(tmp_path, monkeypatch)


def test_what_is_the_same_is_remembered_whatever_the_order_of_the_files(remembering: Remembering) -> None:
    assert (remembering.made(), remembering.made(), remembering.made(files=FILES[::-1])) == (1, 0, 0)
    remembering.build.figures["chain"] = FIGURES["chain"]._replace(inline="<svg>filled in when all is rendered</svg>")
    assert remembering.made() == 0


def test_another_text_or_another_page_beside_it_makes_it_anew(remembering: Remembering) -> None:
    assert remembering.made() == 1
    assert remembering.made(TEXT + " more") == 1
    assert remembering.made(files=[*FILES, "new.md"]) == 1
    assert remembering.made(files=FILES[:1]) == 1
    assert remembering.made() == 0


def append(name: str) -> Callable[[Remembering], None]:
    def change(it: Remembering) -> None:
        with (it.build.root / name).open("a") as file:
            file.write("\n# Another.\n")

    return change


def caption(it: Remembering) -> None:
    it.build.figures["chain"] = FIGURES["chain"]._replace(caption="Another.")


def test_a_figure_on_another_page_makes_nothing_anew(remembering: Remembering) -> None:
    assert remembering.made("page.md # A { #a }") == 1
    caption(remembering)
    assert remembering.made("page.md # A { #a }") == 0


def newer(package: str) -> Callable[[Remembering], None]:
    version = module.version
    return lambda it: it.monkeypatch.setattr(module, "version", lambda name: version(name) + "next" * (name == package))


@pytest.mark.parametrize(
    "change",
    [
        append("code/extension.py"),
        append("code/pages.py"),
        append("code/more.py"),
        append("mkdocs.yml"),
        caption,
        newer("markdown"),
        newer("pymdown-extensions"),
        newer("pygments"),
        newer("latex2mathml"),
        newer("mkdocs"),
    ],
)
def test_another_code_setting_figure_or_version_makes_it_anew(
    change: Callable[[Remembering], None], remembering: Remembering
) -> None:
    assert (remembering.made(), remembering.made()) == (1, 0)
    change(remembering)
    assert (remembering.made(), remembering.made()) == (1, 0)


def test_what_warned_and_what_mkdocstrings_writes_is_not_kept(remembering: Remembering) -> None:
    assert (remembering.made(kept=False), remembering.made(kept=False), remembering.made(), remembering.made()) == (
        1,
        1,
        1,
        0,
    )
    of_the_library = TEXT + "\n\n::: lstm_ref.LSTM\n"
    assert (remembering.made(of_the_library), remembering.made(of_the_library)) == (1, 1)


def test_a_build_renders_only_the_page_that_was_edited(project: Path) -> None:
    def rendered() -> int:
        before = {*(project / ".cache/rendered").iterdir()}
        done = build_project(project)
        assert done.returncode == 0, done.stdout
        return len({*(project / ".cache/rendered").iterdir()} - before)

    page, first = project / "docs/questions/units.md", (project / "site/index.html").read_text()
    assert rendered() == 0
    assert (project / "site/index.html").read_text() == first
    page.write_text(page.read_text().replace("One question, and its answer.", "One question, edited."))
    assert rendered() == 1
    assert "One question, edited." in (project / "site/questions/units/index.html").read_text()
    assert rendered() == 0


def test_a_page_with_warnings_warns_again_in_the_next_build(project: Path) -> None:
    with (project / "docs/index.md").open("a") as page:
        page.write("\n[a](nowhere.md) [b](questions/units.md#nowhere) [c](#nowhere) [d](/questions/units.md)\n")
    for _ in range(2):
        done = build_project(project)
        assert done.returncode != 0
        for said in (
            "index.md' contains a link 'nowhere.md'",
            "does not contain an anchor '#nowhere'",
            "contains a link '#nowhere', but there is no such anchor on this page",
            "index.md' contains an absolute link",
        ):
            assert said in done.stdout
        assert "Aborted with 4 warnings in strict mode" in done.stdout


def test_a_remembered_page_is_still_asked_whether_its_links_lead_to_an_anchor(project: Path) -> None:
    """A page that has not changed is rendered from memory, but the heading that it leads to may have gone."""
    with (project / "docs/index.md").open("a") as page:
        page.write("\n[there](questions/units.md#unit-or-timestep)\n")
    assert build_project(project).returncode == 0
    units = project / "docs/questions/units.md"
    units.write_text(units.read_text().replace("#unit-or-timestep", "#renamed"))
    done = build_project(project)
    assert done.returncode != 0
    assert "'questions/units.md' does not contain an anchor '#unit-or-timestep'" in done.stdout
