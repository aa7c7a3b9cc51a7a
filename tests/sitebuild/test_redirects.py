"""A page that moved leads on, and one that leads nowhere stops the build."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from docs.sitebuild import redirects

IDS = {"": {"top"}, "units/": {"units", "q0"}}


def made(folder: Path, moved: dict[str, str]) -> dict[str, str]:
    (folder / "redirects.json").write_text(json.dumps(moved))
    return redirects.pages(folder / "redirects.json", IDS, "https://a.site/x&y/")


def test_a_page_that_moved_leads_to_where_it_is(tmp_path: Path) -> None:
    pages = made(tmp_path, {"old/": "units/#q0", "old/er/": ""})
    assert pages.keys() == {"old/index.html", "old.md", "old/er/index.html", "old/er.md"}
    assert pages["old.md"] == "This page moved to <https://a.site/x&y/units/#q0>.\n"
    soup = BeautifulSoup(pages["old/index.html"], "html.parser")
    to = "https://a.site/x&y/units/#q0"
    assert (soup.a["href"], soup.a.text, soup.select_one("link[rel=canonical]")["href"]) == (to, to, to)
    assert soup.noscript.meta["content"] == f"0; url={to}"
    assert soup.select_one("script[src]")["src"] == "https://a.site/x&y/assets/moved.js"
    assert BeautifulSoup(pages["old/er/index.html"], "html.parser").a["href"] == "https://a.site/x&y/"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("old/", "nowhere/", "'old/' leads to 'nowhere/', which is not there"),
        ("old/", "units/#nowhere", "'old/' leads to 'units/#nowhere', which is not there"),
        ("old/", "units", "'old/' leads to 'units', which is not there"),
        ("units/", "units/", "'units/' is no address of a page that moved"),
        ("old", "units/", "'old' is no address of a page that moved"),
        ("/old/", "units/", "'/old/' is no address of a page that moved"),
        ("../old/", "units/", "'../old/' is no address of a page that moved"),
        ("", "units/", "'' is no address of a page that moved"),
    ],
)
def test_one_that_leads_nowhere_or_from_no_page_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=f"docs/redirects.json: {said}"):
        made(tmp_path, {old: new})
