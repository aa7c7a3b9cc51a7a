"""Every page, at two widths, in light and in dark."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import all_but_contrasts, contrasts, violations
from tests.built import Site, address_of
from tests.project import ROOT

SCHEMES = {"light": "default", "dark": "slate"}
DOCS = ROOT / "docs"
PAGES = ["404.html", *sorted(address_of(source) for source in [*DOCS.rglob("*.md"), *DOCS.glob("*.py")])]
LOOKS: list[tuple[int, str, Callable[[Page], list[str]]]] = [
    (1280, "light", violations),
    (1280, "dark", contrasts),
    (360, "light", all_but_contrasts),
    (360, "dark", all_but_contrasts),
]


def test_these_are_the_pages(site: Site) -> None:
    assert sorted(page.url.removeprefix(site.url) for page in site.pages) == sorted(PAGES)


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_whole_and_for_everyone(address: str, browser: Browser, site: Site) -> None:
    problems: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("console", lambda message: problems.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("response", lambda response: response.status < 400 or problems.append(f"{response.url} not found"))
        page.on("request", lambda asked: asked.url.startswith(site.url) or problems.append(f"asks for {asked.url}"))
        for width, scheme, look in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            page.goto(site.url + address)
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"scrolls sideways at {width}")
            problems += [f"{width}, {scheme}: {violation}" for violation in look(page)]
    assert not problems, "\n".join(problems)
