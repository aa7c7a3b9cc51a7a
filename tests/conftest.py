"""The profile of the property tests, and what is made once for all tests and workers: the site, and environments."""

import hashlib
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests.built import Site
from tests.elsewhere import environment
from tests.project import CACHE, REPO_URL, build, commit, copy_of_the_project, figures
from tests.shared import Host, serving

pytest.register_assert_rewrite("tests.diagrams.svg_numbers", "tests.lstm_ref.problems")
settings.register_profile("lstm", max_examples=50, deadline=None, derandomize="CI" in os.environ)
settings.load_profile("lstm")

HOST = pytest.StashKey[Host]()


def pytest_configure(config: pytest.Config) -> None:
    """Share a folder behind a local server; a worker of pytest-xdist is told where that of its controller is."""
    if hasattr(config, "workerinput"):
        config.stash[HOST] = Host(Path(config.workerinput["folder"]), config.workerinput["url"])
        return
    stack = ExitStack()
    config.add_cleanup(stack.close)
    CACHE.mkdir(exist_ok=True)
    folder = stack.enter_context(TemporaryDirectory(prefix="tests-", dir=CACHE))  # beside packages: links, no copies
    config.stash[HOST] = stack.enter_context(serving(Path(folder)))


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    host = node.config.stash[HOST]
    node.workerinput |= {"folder": str(host.folder), "url": host.url}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs the built site comes last: it is built while the rest runs."""
    items.sort(key=lambda item: "site" in getattr(item, "fixturenames", ()))


def pytest_collection_finish(session: pytest.Session) -> None:
    require_browser(session.config, [item.nodeid for item in session.items])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(node, ids: list[str]) -> None:
    require_browser(node.config, ids)
    host = node.config.stash[HOST]
    if any(name.startswith(("tests/site/", "tests/browser/")) for name in ids):
        threading.Thread(target=build_ahead, args=(host,), daemon=True).start()


def build_ahead(host: Host) -> None:
    with suppress(AssertionError):  # the test that needs the site tells it
        built(host)


def require_browser(config: pytest.Config, ids: list[str]) -> None:
    """A run of the whole suite that requires the browser has the tests that use it."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if whole and os.environ.get("REQUIRE_BROWSER") and not any(name.startswith("tests/browser/") for name in ids):
        pytest.exit("REQUIRE_BROWSER is set, and no test of tests/browser was collected", pytest.ExitCode.USAGE_ERROR)


def drawn(host: Host) -> Path:
    """All figures, as `python -m diagrams` makes them."""
    return host.once("figures", figures)


def built(host: Host) -> Site:
    """The site as it is deployed, with an address below that of its host and a repository."""
    drawn(host)
    url = f"{host.url}lstm/"

    def make(folder: Path) -> None:
        result = build(folder, SITE_URL=url, REPO_URL=REPO_URL)
        assert result.returncode == 0, result.stdout

    return Site(host.once("lstm", make), url)


@pytest.fixture(scope="session")
def host(pytestconfig: pytest.Config) -> Host:
    return pytestconfig.stash[HOST]


@pytest.fixture(scope="session")
def built_figures(host: Host) -> Path:
    return drawn(host)


@pytest.fixture(scope="session")
def site(host: Host) -> Site:
    return built(host)


@pytest.fixture(scope="session")
def edited(host: Host, site: Site) -> Site:  # noqa: ARG001, has drawn the figures
    """The site of a copy of the project: another reference, an odd title, a page that moved, and a history."""
    url = "https://example.org/lstm/"
    later = {  # what pages are made from beside themselves: each changes on a day of its own
        "docs/evidence/layouts.json": "2023-01-01",
        "docs/sitebuild/read_systems.yml": "2023-01-11",
        "docs/evidence/counts.json": "2023-02-02",
        "docs/evidence/snippets/errata/torch-h-n.py": "2023-03-03",
        "docs/vectors/check.py": "2023-04-04",
        "docs/questions/units.md": "2023-05-05",
        "diagrams/figures/hard_sigmoid.py": "2023-06-06",
        "lstm_ref": "2023-07-07",
    }

    def make(root: Path) -> None:
        copy_of_the_project(root)
        core = root / "lstm_ref/core.py"
        core.write_text(core.read_text().replace("h = o * activation(c)", "h = o * c"))
        (root / "docs/redirects.json").write_text('{"old/": "units/#q0-dense"}')
        commit(root, "docs/units.md", "2021-03-03")
        cite = root / "docs/cite.md"
        cite.write_text(cite.read_text().replace("# How do I cite this site?", '# What do `</script>` and "this" do?'))
        commit(root, "docs", "2022-04-04")
        for name, day in later.items():
            if name.startswith("docs/"):
                with (root / name).open("a") as file:
                    file.write("\n")
            commit(root, name, day)
        result = build(root / "site", root, SITE_URL=url, PYTHONPATH=str(root))
        assert result.returncode == 0, result.stdout

    return Site(host.once("edited", make) / "site", url)


@pytest.fixture(scope="session")
def python_with(host: Host) -> Callable[..., str]:
    """Make an environment with these requirements and nothing else, once; return its interpreter."""

    def make(*requirements: str) -> str:
        name = "python-" + hashlib.sha256("\n".join(requirements).encode()).hexdigest()[:12]
        return str(host.once(name, lambda folder: environment(folder, *requirements)) / "bin/python")

    return make
