"""The built site as the tests look at it."""

import re
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
        path = self.root / re.split("[?#]", url.removeprefix(self.url))[0]
        return path / "index.html" if path.is_dir() else path

    @cached_property
    def ids(self) -> dict[Path, set[str]]:
        return {page.path: {tag["id"] for tag in page.soup.find_all(id=True)} for page in self.pages}

    def leads_somewhere(self, address: str) -> bool:
        """Whether this address is a full one and, within this site, that of a file and of an id that are there."""
        if not address.startswith(self.url):
            return address.startswith(("https://", "http://"))
        file, anchor = self.file(address), address.partition("#")[2]
        return file.is_file() and (not anchor or anchor in self.ids[file])


def address_of(source: Path) -> str:
    """The address, below the site's, of the page that this file below docs/ becomes."""
    name = source.relative_to(ROOT / "docs").with_suffix("").as_posix().removesuffix("index").strip("/")
    return f"{name}/" if name else ""
