"""Content tabs: what a reader chooses stays chosen, and each tab is reached without a script, by keyboard and on paper."""

from playwright.sync_api import Browser, Page

from tests.built import Site

TABS = ["lstm_ref", "Keras", "PyTorch"]
PAGES = ["", "gates/", "sequences/", "state/", "parameters/"]


def in_sight(page: Page) -> list[str]:
    """The tabs whose listings are in sight, of the first set of the page."""
    blocks = page.locator(".tabbed-set").first.locator(".tabbed-block").all()
    return [name for name, block in zip(TABS, blocks, strict=True) if block.is_visible()]


def test_the_choice_is_kept_from_page_to_page(page: Page, site: Site) -> None:
    for address in PAGES:
        page.goto(site.url + address)
        assert page.locator(".tabbed-labels").first.locator("label").all_inner_texts() == TABS, address
    page.locator(".tabbed-labels label", has_text="PyTorch").first.click()
    for address in PAGES:
        page.goto(site.url + address)
        page.wait_for_function("document.querySelectorAll('.tabbed-set > input')[2].checked")
        assert in_sight(page) == ["PyTorch"], address


def test_each_tab_is_reached_without_a_script(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}gates/")
        for name in TABS:
            page.locator(".tabbed-labels label", has_text=name).click()
            assert in_sight(page) == [name]


def test_each_tab_is_reached_by_keyboard_and_all_are_on_paper(page: Page, site: Site) -> None:
    page.goto(f"{site.url}gates/")
    page.locator(".tabbed-set > input").first.focus()
    page.keyboard.press("ArrowRight")
    assert in_sight(page) == ["Keras"]
    page.emulate_media(media="print")
    assert in_sight(page) == TABS


def test_output_stands_below_its_listing_in_each_tab(page: Page, site: Site) -> None:
    page.goto(f"{site.url}gates/")
    for name in TABS:
        page.locator(".tabbed-labels label", has_text=name).click()
        listing, output = page.locator(".tabbed-block:visible pre > code").all()
        above, below = listing.bounding_box(), output.bounding_box()
        assert abs(below["y"] - above["y"] - above["height"]) < 1, name
