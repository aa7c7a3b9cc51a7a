"""Every page, at two widths, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import all_but_contrasts, contrasts, violations, wait_for_scheme
from tests.built import Site, address_of
from tests.project import ROOT

DOCS = ROOT / "docs"
PAGES = ["404.html", *sorted(address_of(source) for source in [*DOCS.rglob("*.md"), *DOCS.glob("*.py")])]
ELEMENTS = 1500
MORE_ELEMENTS = {
    "arguments/": 1860,
    "errata/": 1960,
    "frameworks/": 1780,
    "reference/": 2100,
    "units/": 1580,
}  # until split


def test_these_are_the_pages(site: Site) -> None:
    assert sorted(page.url.removeprefix(site.url) for page in site.pages) == sorted(PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_and_for_everyone(address: str, browser: Browser, site: Site) -> None:
    """It is loaded wide and in light, then made narrow, and wide and dark; contrasts are most of the work."""
    problems: list[str] = []

    def look(page: Page, width: int, *find: Callable[[Page], list[str]]) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"scrolls sideways at {width}")
        for each in find:
            if found := each(page):
                page.wait_for_timeout(1000)  # the theme lets the keyboard into what scrolls a little later
                found = each(page)
            problems.extend(found)

    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("response", lambda response: response.status < 400 or problems.append(f"{response.url} not found"))
        page.on("request", lambda asked: asked.url.startswith(site.url) or problems.append(f"asks for {asked.url}"))
        page.goto(site.url + address)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
        elements = page.evaluate("document.querySelectorAll('*').length")
        if elements > MORE_ELEMENTS.get(address, ELEMENTS):
            problems.append(f"has {elements} elements")
        look(page, 1280, violations)
        look(page, 360, all_but_contrasts)
        page.emulate_media(color_scheme="dark")
        wait_for_scheme(page, "slate")
        look(page, 1280, contrasts)
    assert not problems, "\n".join(problems)
