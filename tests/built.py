"""The built site as the tests look at it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bs4 import BeautifulSoup

from tests.project import ROOT


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
        return self.page(address_of(source))

    def file(self, url: str) -> Path:
        """The file that a server gives for this address, which must be a full one."""
        assert url.startswith(self.url), f"{url!r} is no address of this site"
        path = self.root / url.removeprefix(self.url).partition("#")[0]
        return path / "index.html" if path.is_dir() else path


def address_of(source: Path) -> str:
    """The address, below the site's, of the page that this file below docs/ becomes."""
    name = source.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("index").strip("/")
    return f"{name}/" if name else ""
