"""A reader at work: the first screen, code to copy, a page on paper, and on to the next."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import all_but_contrasts
from tests.browser.shifts import shifted, watch
from tests.built import Site


@pytest.mark.parametrize(("width", "height"), [(360, 780), (1280, 800)])
def test_the_first_screen_answers(browser: Browser, site: Site, width: int, height: int) -> None:
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.goto(site.url)
        for part in (".first-screen__answer", "#fig-n-unit-chain svg", ".first-screen__verdicts table"):
            seen = page.locator(part).bounding_box()
            assert seen["width"] > 200, part
            assert seen["y"] >= 0 and seen["y"] + seen["height"] <= height, f"{part} ends below the first screen"


def test_code_can_be_copied(page: Page) -> None:
    code = page.locator(".language-python code").first
    page.locator(".language-python .md-code__button").first.click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.inner_text().strip()


def test_instant_navigation(page: Page, site: Site) -> None:
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    page.evaluate("window.sameDocument = true")
    page.locator(".md-nav--primary").get_by_role("link", name="Reference").click()
    page.wait_for_url(site.url + "reference/")
    expect(heading).not_to_have_text(before)
    assert page.evaluate("window.sameDocument")
    assert not all_but_contrasts(page)


def test_a_page_on_paper_has_no_controls(page: Page, site: Site) -> None:
    for address in ("questions/units/", "state/"):
        page.goto(site.url + address)
        controls = page.locator(":is(article, aside) :is(details.cite, .copy, .figure-tools, .md-code__nav)")
        assert controls.count() > 30
        page.emulate_media(media="print")
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")  # as the theme does
        assert not any(control.is_visible() for control in controls.all())
        expect(page.locator(".about-snippet, figcaption").first).to_be_visible()
        page.emulate_media(media="screen")


def test_a_link_keeps_its_line_after_the_keyboard_was_there(page: Page, site: Site) -> None:
    page.goto(site.url + "state/")
    link = page.locator("article > p > a").first
    page.keyboard.press("Tab")
    link.focus()
    assert link.get_attribute("class") == "focus-visible"
    page.keyboard.press("Tab")
    assert link.get_attribute("class") == ""
    assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"


def test_nothing_moves_when_the_scripts_come(browser: Browser, site: Site) -> None:
    """Buttons that need script have their room from the beginning, and are not there where there is none."""
    for width in (360, 1280):
        with browser.new_context(viewport={"width": width, "height": 900}) as context:
            watch(context)
            page = context.new_page()
            page.goto(f"{site.url}units/")
            expect(page.locator(".figure-tools .copy").first).to_be_visible()
            assert shifted(page) == []
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}units/")
        expect(page.locator(".figure-tools a").first).to_be_visible()
        expect(page.locator(".figure-tools .copy").first).to_be_hidden()
