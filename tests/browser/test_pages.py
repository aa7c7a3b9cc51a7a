"""Every page, at two widths, in light and in dark."""

import gzip
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import all_but_contrasts, contrasts, scrolls_by_keyboard, wait_for_scheme
from tests.browser.scripts import OWN_SCRIPT
from tests.built import Site, address_of
from tests.project import ROOT

DOCS = ROOT / "docs"
PAGES = ["404.html", *sorted(address_of(source) for source in [*DOCS.rglob("*.md"), *DOCS.glob("*.py")])]
ELEMENTS = 1500
FIRST_VISIT = 90 * 1024  # bytes: all that the browser asks for until it is idle, as a server with gzip sends it
SCRIPTS = 2 * 1024  # bytes of ours where there is no widget; with one: test_widgets


def test_these_are_the_pages(site: Site) -> None:
    assert sorted(page.url.removeprefix(site.url) for page in site.pages) == sorted(PAGES)


SMALL_TEXT = """least => [...document.querySelectorAll("article svg text")].flatMap(text => {
    const matrix = text.getScreenCTM();
    const size = parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.a, matrix.b);
    return text.getBoundingClientRect().width && size < least ? [`${size.toFixed(1)} px: ${text.textContent}`] : [];
})"""
WIDE_CODE = """() => [...document.querySelectorAll("article pre:not(.listing) > code")]
    .filter(code => code.clientWidth && code.scrollWidth > code.clientWidth)
    .map(code => `wider than its box at 1280: ${code.textContent.slice(0, 200)}`)"""
SHOW_ALL = """() => {
    for (const tab of document.querySelectorAll(".tabbed-block")) tab.style.display = "block";
}"""


def test_the_name_of_the_site_is_whole_on_a_phone(browser: Browser, site: Site) -> None:
    with browser.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{site.url}units/")
        name = page.locator(".md-header__topic .md-ellipsis").first
        assert name.evaluate("name => name.scrollWidth <= name.clientWidth")


@cache
def weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6))


@pytest.fixture(scope="module")
def seen() -> dict[str, dict[str, None]]:
    """What was looked at for its contrast, in each scheme."""
    return {"light": {}, "dark": {}}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_and_for_everyone(
    address: str, browser: Browser, site: Site, seen: dict[str, dict[str, None]]
) -> None:
    """It is loaded wide and in light, then made narrow, and wide and dark. A first visit is light. Text in figures is not
    small on a phone; code has its place on a desk, but a whole file of ours, a listing, may be wider.
    """
    problems: list[str] = []
    asked: set[str] = set()

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
        context.on("request", lambda request: asked.add(request.url))
        page.goto(site.url + address)
        page.wait_for_load_state("networkidle")
        weights = [weight(site.file(url)) for url in asked if url.startswith(site.url)]
        assert len(weights) > 5, "it asks for its style and scripts"
        if sum(weights) > FIRST_VISIT:
            problems.append(f"a first visit asks for {sum(weights)} bytes")
        own = sum(weight(site.file(url)) for url in asked if OWN_SCRIPT.search(url))
        if not page.locator("[data-widget]").count() and not 0 < own <= SCRIPTS:
            problems.append(f"asks for {own} bytes of scripts")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
        elements = page.evaluate("document.querySelectorAll('*').length")
        if elements > ELEMENTS:
            problems.append(f"has {elements} elements")
        look(page, 1280, all_but_contrasts, lambda page: contrasts(page, seen["light"]))
        look(page, 360, scrolls_by_keyboard if address else all_but_contrasts)  # what stands around is the same on all
        page.emulate_media(color_scheme="dark")
        wait_for_scheme(page, "slate")
        look(page, 1280, lambda page: contrasts(page, seen["dark"]))
        page.evaluate(SHOW_ALL)
        look(page, 1280, lambda page: page.evaluate(WIDE_CODE))
        look(page, 360, lambda page: page.evaluate(SMALL_TEXT, 9))
    problems += [f"asks for {url}" for url in asked if not url.startswith(site.url)]
    assert not problems, "\n".join(problems)
