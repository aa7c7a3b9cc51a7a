"""Where things are: the site, its pages, and what a page names."""

import re
from posixpath import dirname, join, normpath, relpath
from typing import NamedTuple

from docs.sitebuild.source import CODE, Section

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CODE_OR_LINK = re.compile(CODE + r"|(?<=\]\()(?P<address>[^)\s]+)(?=\))", re.DOTALL)


class Site(NamedTuple):
    name: str
    home: str  # its address, with a slash at the end
    wheel: str  # where pip finds lstm_ref
    author: str
    description: str
    repository: str  # an address, or ""

    def absolute(self, address: str, uri: str) -> str:
        """Return a full address for one that the page `uri` names."""
        path, mark, anchor = re.split("([?#]|$)", address, maxsplit=1)
        target = normpath(join(dirname(uri), path)) if path else uri
        is_page = target.endswith(".md") or ("/" not in target and target.endswith(".py"))  # or else a file
        return address if ":" in path else self.home + (page_path(target) if is_page else target) + mark + anchor

    def with_full_links(self, markdown: str, uri: str) -> str:
        """Return Markdown of the page `uri` as it can stand elsewhere."""
        return CODE_OR_LINK.sub(lambda it: it["code"] or self.absolute(it["address"], uri), markdown)


def link_to(section: Section, uri: str, here: str) -> str:
    """Return a link to a section of the page `uri` from the page `here`."""
    return f"[{section.heading.title}]({relpath(uri, dirname(here))}#{section.heading.id})"


def page_path(uri: str) -> str:
    """Return the address of a page below the site's: of questions/index.md it is "questions/", of index.md ""."""
    return re.sub(r"(^|/)index/$", r"\1", uri.rpartition(".")[0] + "/")


def page_name(uri: str) -> str:
    """Return the name of a page among files: "questions/units", "index" for the first page."""
    return page_path(uri).strip("/") or "index"
