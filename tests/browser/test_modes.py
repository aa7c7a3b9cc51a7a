"""Ways of reading beside the eyes on a screen: a screen reader, forced colours, paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import wait_for_scheme
from tests.built import Site

CONTRAST = """([ink, inkName, ground, groundName]) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const luminance = () => {
        const [red, green, blue] = [...canvas.getImageData(0, 0, 1, 1).data].map(
            value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const both = [[ground, groundName], [ink, inkName]].map(([element, name]) => {
        canvas.fillStyle = getComputedStyle(element)[name];
        canvas.fillRect(0, 0, 1, 1); // over what is there: ink may be thin
        return luminance();
    });
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
}"""


def contrast(page: Page, ink: tuple[str, str], ground: tuple[str, str]) -> float:
    """Of two colours, each a selector and a property, as WCAG computes it."""
    elements = [page.locator(where).first.element_handle() for where, _ in (ink, ground)]
    return float(page.evaluate(CONTRAST, [elements[0], ink[1], elements[1], ground[1]]))


def said(page: Page, *roles: str) -> Iterator[tuple[str, str]]:
    """Name and description of what has one of these roles, as a screen reader gets them."""
    tree: dict[str, Any] = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    for node in tree["nodes"]:
        if not node["ignored"] and node["role"]["value"] in roles:
            yield node["name"]["value"], node.get("description", {}).get("value", "")


@pytest.fixture
def units(page: Page, site: Site) -> Page:
    page.goto(f"{site.url}units/")
    return page


def test_a_figure_is_named_by_its_title_and_described_once(units: Page) -> None:
    words = "svg => [svg.querySelector('title').textContent, svg.querySelector('desc').textContent]"
    still = units.locator(".lstm-figure svg[aria-labelledby]").filter(visible=True)
    wanted = [tuple(svg.evaluate(words)) for svg in still.all()]
    assert len(wanted) > 3
    found = {*said(units, "image", "img")}
    assert {*wanted} <= found
    assert not [name for name, description in found if description and description in name]


@pytest.mark.parametrize("address", ["errors/keras-shapes/", "state/", "glossary/"])
def test_links_say_of_what(address: str, page: Page, site: Site) -> None:
    page.goto(site.url + address)
    leads: dict[str, set[str]] = {}
    for name, href in page.locator("article a").evaluate_all(
        "links => links.map(link => [link.getAttribute('aria-label') ?? link.textContent, link.href])"
    ):
        assert name not in {"evidence", "probe", "script", "snippet"}
        leads.setdefault(name, set()).add(href)
    assert not {name: hrefs for name, hrefs in leads.items() if ": " in name and len(hrefs) > 1}
    word, _, section = page.locator("article a[aria-label]").first.get_attribute("aria-label").partition(": ")
    assert word in {"evidence", "probe", "script", "snippet"}
    expect(page.locator("article :is(h1, h2, h3, h4)").filter(has_text=section).first).to_be_visible()


@pytest.mark.parametrize("address", ["units/", "reference/", "n-units/"])
def test_headings_have_no_mark_in_their_names_nor_in_the_way_of_the_keyboard(
    address: str, page: Page, site: Site
) -> None:
    page.goto(site.url + address)
    names = [name for name, _ in said(page, "heading")]
    assert len(names) > 5
    marks = page.locator("article .headerlink")
    for heading in page.locator("article :is(h2, h3)").all()[:3]:
        heading.hover()
    assert marks.count() == 3, "each comes with the mouse"
    assert not [name for name, _ in said(page, "heading") if "¶" in name]
    assert not [name for name, _ in said(page, "link") if "¶" in name]
    assert not [each for each in marks.evaluate_all("marks => marks.map(mark => mark.tabIndex)") if each >= 0]
    target = str(marks.nth(1).evaluate("mark => mark.href"))
    marks.nth(1).click()
    expect(page).to_have_url(target)


def test_the_toggle_of_the_questions_has_a_name_and_hears_the_space_bar(page: Page, site: Site) -> None:
    page.goto(f"{site.url}questions/units/")
    toggle, inside = (
        page.get_by_title("Pages of Questions"),
        page.locator(".md-nav__link[href$='questions/state/']").first,
    )
    assert "Pages of Questions" in [name for name, _ in said(page, "LabelText")]
    expect(inside).to_be_visible()
    toggle.focus()
    for key, is_open in (("Space", False), ("Enter", True), ("Space", False)):
        page.keyboard.press(key)
        expect(inside).to_be_visible(visible=is_open)
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize(("system", "stored"), [("dark", "default"), ("light", "slate")])
def test_a_figure_keeps_ink_and_paper_in_forced_colours(system: Any, stored: str, browser: Browser, site: Site) -> None:
    """Where the reader chose the other scheme here than in the system."""
    with browser.new_context(color_scheme=system, forced_colors="active") as context:
        page = context.new_page()
        page.goto(f"{site.url}units/")
        page.locator(f"[data-md-color-media$='({'dark' if stored == 'slate' else 'light'})']").or_(
            page.locator(f"input[data-md-color-scheme='{stored}']")
        ).last.evaluate(
            "option => { option.checked = true; option.dispatchEvent(new Event('change', { bubbles: true })); }"
        )
        page.reload()
        wait_for_scheme(page, stored)
        svg = "#fig-n-unit-chain svg"
        for text in range(page.locator(f"{svg} text").count()):
            assert contrast(page, (f"{svg} text >> nth={text}", "fill"), (svg, "backgroundColor")) > 4
        assert page.locator(svg).first.evaluate("svg => getComputedStyle(svg).backgroundColor").startswith("rgb(")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_copy_icon_and_alternative_text_are_seen(scheme: Any, browser: Browser, site: Site) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(f"{site.url}state/")
        expect(page.locator(".md-code__button").first).to_be_visible()
        page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
        assert contrast(page, (".md-code__button", "color"), ("pre.language-python > code", "backgroundColor")) > 3
        page.goto(f"{site.url}figures/")
        image = ".figure-file img"
        assert contrast(page, (image, "color"), (image, "backgroundColor")) > 7


EDGES = """table => [...table.querySelectorAll("mtr")].map(row => [
    row.children[0].lastElementChild.getBoundingClientRect().right,
    row.children[1].querySelector("mo").getBoundingClientRect().left,
])"""


def test_equations_meet_at_their_signs(page: Page, site: Site) -> None:
    page.goto(f"{site.url}gates/")
    rows = page.locator("math mtable").first.evaluate(EDGES)
    assert len(rows) == 6
    for end, sign in rows:
        assert end == pytest.approx(rows[0][0], abs=0.5) and 2 < sign - end < 7


def test_what_scrolls_sideways_has_no_other_bar(page: Page, site: Site) -> None:
    """Firefox makes equations a pixel too high: `make firefox-check` looks there."""
    for address in ("gates/", "parameters/"):
        page.goto(site.url + address)
        style = (
            "boxes => boxes.map(box => getComputedStyle(box)).map(({ overflowX, overflowY }) => [overflowX, overflowY])"
        )
        assert {*map(tuple, page.locator(".scroll-box").evaluate_all(style))} == {("auto", "hidden")}


def test_paper_keeps_together_what_belongs_together_and_says_where_links_lead(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 700, "height": 1000})
    outside = 0
    for address in ("questions/units/", "errors/keras-states/", "errors/pytorch/", "gates/"):
        page.goto(site.url + address)
        page.emulate_media(media="print")
        for part, rule in {"h2": "breakAfter", "h3": "breakAfter", "pre": "breakInside", "tr": "breakInside"}.items():
            each = page.locator(f"article {part}").evaluate_all(f"all => all.map(one => getComputedStyle(one).{rule})")
            assert {*each} <= {"avoid"}, (address, part, {*each})
        wide = "all => all.filter(code => code.scrollWidth > code.clientWidth).map(code => code.textContent)"
        assert not page.locator("article pre > code").filter(visible=True).evaluate_all(wide)
        after = "links => links.map(link => [getComputedStyle(link, '::after').content, link.href])"
        for content, href in page.locator("article p a:not([hidden])").evaluate_all(after):
            is_outside = not href.startswith(site.url)
            assert content == (f'" ({href})"' if is_outside else "none"), href
            outside += is_outside
        page.emulate_media(media="screen")
    assert outside > 40


def test_paper_keeps_no_room_for_widgets_that_did_not_come(page: Page, site: Site) -> None:
    page.goto(f"{site.url}gates/")
    page.emulate_media(media="print")
    rooms = "all => all.map(canvas => [canvas.clientHeight, canvas.querySelector('.lstm-figure svg').clientHeight])"
    for room, needed in page.locator(".lstm-figure__canvas").evaluate_all(rooms):
        assert room == pytest.approx(needed, abs=40)


def test_the_licence_is_shown_not_saved(units: Page, site: Site) -> None:
    units.get_by_role("link", name="MIT", exact=True).click()
    expect(units).to_have_url(f"{site.url}LICENSE.txt")
    expect(units.locator("body")).to_contain_text("Permission is hereby granted")
