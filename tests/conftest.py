"""The profile of the property tests, and the built site: made once for all tests that look at it."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bs4 import BeautifulSoup
from hypothesis import settings

from elsewhere import CACHE, environment

ROOT = Path(__file__).parent.parent
REPO_URL = "https://github.com/owner/name"

collect_ignore = ["golden"]  # records results of Keras, and is run where that is installed

settings.register_profile("lstm", max_examples=50, deadline=None, derandomize="CI" in os.environ)
settings.load_profile("lstm")


def pytest_collection_finish(session: pytest.Session) -> None:
    """A run of the whole suite that requires the browser has the tests that use it."""
    whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if whole and os.environ.get("REQUIRE_BROWSER") and not any(i.path.name == "test_browser.py" for i in session.items):
        raise pytest.UsageError("REQUIRE_BROWSER is set, and no test of test_browser.py was collected")


@dataclass(frozen=True)
class Page:
    path: Path
    url: str

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.path.read_text(), "html.parser")


@dataclass(frozen=True)
class Site:
    root: Path
    url: str

    @cached_property
    def pages(self) -> list[Page]:
        return [
            Page(path, self.url + path.relative_to(self.root).as_posix().removesuffix("index.html"))
            for path in sorted(self.root.rglob("*.html"))
        ]

    def page(self, name: str) -> Page:
        """The page at this address below the site's."""
        return next(page for page in self.pages if page.url == self.url + name)

    def page_of(self, source: Path) -> Page:
        """The page that this file below docs/ becomes."""
        name = source.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("index").strip("/")
        return self.page(f"{name}/" if name else "")

    def file(self, url: str) -> Path:
        """The file that a server gives for this address, which must be a full one."""
        assert url.startswith(self.url), f"{url!r} is no address of this site"
        path = self.root / url.removeprefix(self.url).partition("#")[0]
        return path / "index.html" if path.is_dir() else path


def build(out: Path, root: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` as `make site` runs it, with these settings and no others from outside."""
    inherited = {key: value for key, value in os.environ.items() if key not in ("SITE_URL", "REPO_URL")}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=root,
        env={"SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1"} | inherited | env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def copy_of_the_project(to: Path) -> Path:
    for name in ("docs", "diagrams", "lstm_ref", ".cache/figures", ".cache/cards"):
        shutil.copytree(ROOT / name, to / name)
    for name in ("mkdocs.yml", "pyproject.toml", "README.md", "CITATION.cff", "LICENSE", "LICENSE-docs"):
        shutil.copy(ROOT / name, to)
    return to


def commit(repository: Path, name: str, day: str) -> None:
    """Commit this file or folder on this day; it was written on another."""
    dates = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": "2000-01-01T12:00:00Z"}
    who = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", name], ["commit", "-qm", name]):
        subprocess.run(["git", *who, *arguments], cwd=repository, env=dates, check=True, capture_output=True)


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


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site as it is deployed, with an address below that of its host and a repository, behind a local server."""
    root = tmp_path_factory.mktemp("host") / "lstm"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root.parent)) as server:
        url = f"http://127.0.0.1:{server.server_port}/{root.name}/"
        result = build(root, SITE_URL=url, REPO_URL=REPO_URL)
        assert result.returncode == 0, result.stdout
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Site(root, url)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def edited(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Site:  # noqa: ARG001, has drawn the figures
    """The site of a copy of the project: another reference, a page that moved, and a history of two days."""
    root, url = copy_of_the_project(tmp_path_factory.mktemp("edited")), "https://example.org/lstm/"
    core = root / "lstm_ref/core.py"
    core.write_text(core.read_text().replace("h = o * activation(c)", "h = o * c"))
    (root / "docs/redirects.json").write_text('{"old/": "units/#q0-dense"}')
    commit(root, "docs/units.md", "2021-03-03")
    commit(root, "docs", "2022-04-04")
    result = build(root / "site", root, SITE_URL=url, PYTHONPATH=str(root))
    assert result.returncode == 0, result.stdout
    return Site(root / "site", url)


@pytest.fixture(scope="session")
def python_with() -> Iterator[Callable[..., str]]:
    """Make an environment with these requirements and nothing else, once; return its interpreter."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=CACHE.parent) as folder:  # beside the cache: its files need not be copied

        @cache
        def make(*requirements: str) -> str:
            return environment(Path(folder, f"environment-{make.cache_info().misses}"), *requirements)

        yield make
