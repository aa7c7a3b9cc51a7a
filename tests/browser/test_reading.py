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
        for part in (".first-screen__answer", "#fig-n-unit-chain svg", ".first-screen__code table"):
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
    page.locator(".md-nav--primary").get_by_role("link", name="Reference of lstm_ref").click()
    page.wait_for_url(site.url + "reference/")
    expect(heading).not_to_have_text(before)
    assert page.evaluate("window.sameDocument")
    assert not all_but_contrasts(page)


def test_a_page_on_paper_has_no_controls(page: Page, site: Site) -> None:
    for address in ("questions/units/", "state/"):
        page.goto(site.url + address)
        controls = page.locator(":is(article, aside) :is(details.cite, .copy, .figure-tools, .md-code__button)")
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


LIGHTNESS = """element => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const style = getComputedStyle(element);
    canvas.fillStyle = element instanceof SVGElement ? style.fill : style.color;
    canvas.fillRect(0, 0, 1, 1);
    return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
}"""


def test_a_dark_page_is_dark_ink_on_paper(browser: Browser, site: Site) -> None:
    with browser.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(f"{site.url}units/")
        for media, is_dark in (("screen", False), ("print", True)):
            page.emulate_media(media=media)
            for part in ("article h1", "article p", "figcaption", "#fig-n-unit-chain svg text"):
                lightness = page.locator(part).first.evaluate(LIGHTNESS)
                assert (lightness < 130) == is_dark, (media, part, lightness)


def test_the_keyboard_goes_past_a_closed_drawer_and_opens_it(browser: Browser, site: Site) -> None:
    """At 640 pixels, which is a desk at 200 %."""
    with browser.new_context(viewport={"width": 640, "height": 450}) as context:
        page = context.new_page()
        page.goto(f"{site.url}units/")
        drawer, menu = page.locator(".md-sidebar--primary"), page.get_by_title("Menu")
        for _ in range(12):
            page.keyboard.press("Tab")
            assert not drawer.evaluate("drawer => drawer.contains(document.activeElement)")
        menu.focus()
        page.keyboard.press("Enter")
        expect(drawer.get_by_role("link", name="Gates", exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(drawer.get_by_role("link", name="Gates", exact=True)).to_be_hidden()


def test_letters_set_wider_keep_to_their_places_in_a_figure(page: Page, site: Site) -> None:
    page.goto(f"{site.url}units/")
    text = page.locator("#fig-n-unit-chain svg text").first
    before = text.bounding_box()
    page.add_style_tag(content="* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }")
    assert text.bounding_box()["width"] == before["width"]
    assert page.locator("article p").first.evaluate("p => getComputedStyle(p).letterSpacing") != "normal"


def test_what_was_found_can_be_read_in_forced_colours(browser: Browser, site: Site) -> None:
    with browser.new_context(
        color_scheme="dark", forced_colors="active", viewport={"width": 1280, "height": 900}
    ) as context:
        page = context.new_page()
        page.goto(site.url)
        page.locator(".md-search__input").fill("hidden state")
        mark = page.locator(".md-search-result mark").first
        colours = "mark => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]"
        seen = mark.evaluate(colours)
        mark.evaluate("mark => mark.style.cssText = 'color: MarkText; background: Mark'")
        assert seen == mark.evaluate(colours), "not as the system marks words"
        page.keyboard.press("ArrowDown")
        focused = page.locator(".md-search-result__link:focus")
        assert focused.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
