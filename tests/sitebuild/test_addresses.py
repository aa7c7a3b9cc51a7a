"""Where no address is set, the site is one that is looked at where it was built."""

from pathlib import Path

from bs4 import BeautifulSoup


def test_without_settings_the_address_is_local_and_there_is_no_repository(project: Path) -> None:
    """`make_project` has built it so; with settings, tests/site looks at it."""
    pages = sorted((project / "site").rglob("index.html"))
    assert len(pages) == 3
    for page in pages:
        soup = BeautifulSoup(page.read_text(), "html.parser")
        place = page.parent.relative_to(project / "site").as_posix()
        address = f"http://127.0.0.1:8000/{place}/".replace("/./", "/")
        assert soup.find("link", rel="canonical")["href"] == address
        assert not soup.select(".md-source")
        assert "/edit/" not in page.read_text()
