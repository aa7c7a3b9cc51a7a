"""A first visit is light: all that Chromium asks for until it is idle, as a server with gzip sends it."""

import gzip
from functools import cache

from playwright.sync_api import Browser, Page

from tests.built import Site

BUDGET = 90 * 1024


def asked_for(page: Page, address: str) -> set[str]:
    asked: set[str] = set()
    page.context.on("request", lambda request: asked.add(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return asked


def test_a_first_visit_is_light(browser: Browser, site: Site) -> None:
    @cache
    def weight(url: str) -> int:
        return len(gzip.compress(site.file(url).read_bytes(), 6))

    weights = {}
    for each in site.pages:
        with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
            asked = asked_for(context.new_page(), each.url)
        assert len(asked) > 5, f"{each.url} asks for its style and scripts"
        weights[each.url] = sum(map(weight, asked))
    print("".join(f"\n{weight:6} {url}" for url, weight in sorted(weights.items(), key=lambda it: -it[1])[:5]))
    assert not {url: weight for url, weight in weights.items() if weight > BUDGET}
