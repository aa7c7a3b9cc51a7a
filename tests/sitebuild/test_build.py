"""A page is rendered anew when something changed that it is made from, and not otherwise."""

import logging
import shutil
import sysconfig
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from docs.sitebuild import build as module
from docs.sitebuild.build import Build
from docs.sitebuild.lean import lean
from tests.project import ROOT
from tests.sitebuild.project import build_project
from tests.sitebuild.small import FIGURES

TEXT, FILES = "page.md # A { #a }\n\n![A chain](figures/chain.svg)", ["page.md", "other.md"]
OF_THE_LIBRARY = "reference.md # A { #a }\n\n::: lstm_ref.LSTM\n"
LOG = logging.getLogger("a log")


class Remembering:
    """A build without its pages, and how often it made something."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.code, self.times = root / "code", 0
        shutil.copytree(ROOT / "docs/sitebuild", self.code, ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr(module, "__file__", str(self.code / "build.py"))
        (root / "mkdocs.yml").write_text("site_name: A site\n")
        self.build = object.__new__(Build)
        self.build.root, self.build.cache, self.build.figures = root, root / ".cache", dict(FIGURES)
        for folder in ("lstm_ref", "packages/markdown-3.5.dist-info"):
            (root / folder).mkdir(parents=True)
        (root / "lstm_ref/core.py").write_text("# A library.\n")
        monkeypatch.setattr(module, "get_path", {"purelib": str(root / "packages")}.get)

    def made(self, text: str = TEXT, files: list[str] = FILES, *, said: str = "") -> int:
        """Begin a build and ask for a page that says something when it is made; return how often it was."""

        def make() -> list[str]:
            self.times += 1
            if said:
                logging.getLogger("a log.of a plugin").warning(said)
            return [text]

        before = self.times
        self.build.made_with = module.made_with(self.build.root)
        assert self.build.remembered(text, files, make, LOG) == [text]
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


def newer_package(it: Remembering) -> None:
    packages = it.build.root / "packages"
    (packages / "markdown-3.5.dist-info").rename(packages / "markdown-3.6.dist-info")


@pytest.mark.parametrize(
    "change",
    [
        append("code/extension.py"),
        append("code/pages.py"),
        append("code/more.py"),
        append("mkdocs.yml"),
        caption,
        newer_package,
    ],
)
def test_another_code_setting_figure_or_version_makes_it_anew(
    change: Callable[[Remembering], None], remembering: Remembering
) -> None:
    assert (remembering.made(), remembering.made()) == (1, 0)
    change(remembering)
    assert (remembering.made(), remembering.made()) == (1, 0)


def test_what_warns_is_not_kept(remembering: Remembering) -> None:
    assert (remembering.made(said="a broken link"), remembering.made(said="a broken link")) == (1, 1)
    assert (remembering.made(), remembering.made()) == (1, 0)


def test_nothing_is_kept_where_warnings_are_not_heard(remembering: Remembering) -> None:
    """`mkdocs build --quiet` logs none: what it kept would be taken for a page without any."""
    LOG.setLevel(logging.ERROR)
    try:
        assert (remembering.made(said="a broken link"), remembering.made(said="a broken link")) == (1, 1)
    finally:
        LOG.setLevel(logging.NOTSET)


def test_a_page_that_cannot_be_made_is_not_kept_and_leaves_the_log_alone(remembering: Remembering) -> None:
    """The server goes on after a failed build: what listened to it would gather all that is logged from then on."""
    remembering.build.made_with = []
    with pytest.raises(ZeroDivisionError):
        remembering.build.remembered(TEXT, FILES, lambda: 1 / 0, LOG)
    assert not LOG.handlers
    assert not (remembering.build.cache / "rendered").exists()


def test_an_edit_of_the_library_makes_the_page_that_documents_it_anew_and_no_other(remembering: Remembering) -> None:
    assert (remembering.made(OF_THE_LIBRARY), remembering.made()) == (1, 1)
    append("lstm_ref/core.py")(remembering)
    assert (remembering.made(OF_THE_LIBRARY), remembering.made()) == (1, 0)


def test_the_packages_are_those_that_are_installed() -> None:
    """As pip leaves them: otherwise a newer one would change nothing."""
    installed = {folder.name for folder in Path(sysconfig.get_path("purelib")).glob("mkdocs-1.*.dist-info")}
    assert installed and installed < {*module.made_with(ROOT)}


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


def test_what_is_remembered_gives_the_same_site(project: Path) -> None:
    """All that rendering a page leaves elsewhere too: what the search finds, links to what is documented, its inventory."""
    page = project / "docs/index.md"  # others are rendered after it
    alone = page.read_text()
    page.write_text(alone + "\n::: lstm_ref.run\n\n::: lstm_ref.Trace\n")
    shutil.rmtree(project / ".cache/rendered")
    for out in ("rendered", "remembered"):
        done = build_project(project, out)
        assert done.returncode == 0, done.stdout

    def files(out: str) -> dict[Path, bytes]:
        root = project / out
        return {file.relative_to(root): file.read_bytes() for file in root.rglob("*") if file.is_file()}

    first, second = files("rendered"), files("remembered")
    assert first.keys() == second.keys()
    assert not [name for name in first if first[name] != second[name]]
    assert b'title="Trace (lstm_ref.core.Trace)" href="#lstm_ref.Trace"' in second[Path("index.html")]
    assert b"One question, and its answer." in second[Path("assets/search/sections.json")]
    assert inventory(project / "remembered") >= {"lstm_ref.run", "lstm_ref.Trace"}
    assert second[Path("assets/_mkdocstrings.css")]

    page.write_text(alone)
    assert build_project(project).returncode == 0
    assert not inventory(project / "site")


def inventory(site: Path) -> set[str]:
    """The names in objects.inv: four lines of text, and a compressed line for each."""
    *_, packed = (site / "objects.inv").read_bytes().split(b"\n", 4)
    return {line.partition(" ")[0] for line in zlib.decompress(packed).decode().split("\n") if line}


def test_a_page_leaves_the_search_when_its_front_matter_says_so(project: Path) -> None:
    index, page = project / "site/assets/search/sections.json", project / "docs/index.md"
    assert "One memory c" in index.read_text()
    page.write_text(page.read_text().replace("---\n", "---\nsearch: { exclude: true }\n", 1))
    assert build_project(project).returncode == 0
    assert "One memory c" not in index.read_text()


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


def test_scripts_and_styles_lose_comments_indentation_and_spaces_beside_signs_and_nothing_else(
    tmp_path: Path,
) -> None:
    script = tmp_path / "it.js"
    script.write_text(
        "// what it is\n"
        "/** and how */\n"
        'export const address = "https://example.org//a"; // where\n'
        "const slashes = (text) =>\n"
        '    text.split(/\\/\\/ |[/"]/);\n'
        "let no_semicolon = `  // ${[1].map((it) => `/* ${it} */`)}\n    stays`\n"
        "no_semicolon += 1\n"
        "const both = { a: [1, 2] }, said = `${both.a} ${1} , ${2}`; if (both) { f(1) }\n"
    )
    assert lean(script).strip() == (
        'export const address="https://example.org//a";\n'
        "const slashes=(text)=>\n"
        'text.split(/\\/\\/ |[/"]/);\n'
        "let no_semicolon=`  // ${[1].map((it)=>`/* ${it} */`)}\n    stays`\n"
        "no_semicolon +=1\n"
        "const both={a:[1,2]},said=`${both.a} ${1} , ${2}`;if(both){f(1)}"
    )
    style = tmp_path / "it.css"
    style.write_text(
        '/* why */\n.a > .b::before {\n  content: "/*  */";\n  margin: 0 auto !important;\n  grid:"a b" 1fr / calc(1em + 2em);\n}\n'
    )
    assert (
        lean(style).strip()
        == '.a > .b::before{\ncontent:"/*  */";\nmargin:0 auto !important;\ngrid:"a b" 1fr / calc(1em + 2em);\n}'
    )
