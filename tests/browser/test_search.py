"""The search, in words of readers."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.built import Site

FOUND = {
    "num_units": "glossary/",
    "hidden_size": "glossary/",
    "return sequences": "sequences/",
    "expected ndim=3, found ndim=2": "errors/",
    "reset_states": "errors/",
    "two biases": "questions/parameters/",
    "hard_sigmoid": "frameworks/",
    "padding": "questions/direction-and-masks/",
    "input_shape": "questions/input-shape/",
    "time steps features samples": "questions/input-shape/",
    "stateful batch size": "questions/state/",
    "unit_forget_bias": "arguments/",
    "h_n output": "questions/",
}


def search(page: Page, words: str) -> None:
    """Ask for all of the words at once, so that what is found is not what a part of them finds."""
    box, found = page.get_by_role("textbox", name="Search"), page.locator(".md-search-result__item")
    for asked in ("", words):
        box.fill(asked)
        box.press("End")
        expect(found.first).to_be_visible() if asked else expect(found).to_have_count(0)


def test_the_search_finds_and_suggests(page: Page) -> None:
    search(page, "recurrent")
    assert "recurrent" in page.locator(".md-search-result__list").inner_text().lower()
    assert not violations(page)


def test_the_search_finds_the_words_that_people_use(page: Page, site: Site) -> None:
    for words, wanted in FOUND.items():
        search(page, words)
        links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
        pages = list(dict.fromkeys(link.removeprefix(site.url).partition("?")[0].partition("#")[0] for link in links))
        assert any(found.startswith(wanted) for found in pages[:4]), f"{words}: {pages}"
