"""The table of other systems: its filter, without a script, and as cards on a phone."""

from playwright.sync_api import Browser, Page

from docs.sitebuild.systems import READ
from tests.built import Site


def seen(page: Page) -> int:
    return page.locator(".cards tbody tr:visible").count()


def test_the_filter_leaves_the_rows_that_have_all_words(page: Page, site: Site) -> None:
    page.goto(f"{site.url}systems/")
    box = page.get_by_role("searchbox", name="Filter the rows")
    box.wait_for()
    assert seen(page) == len(READ)
    box.fill("IGFO columns")
    rows = page.locator(".cards tbody tr:visible").all_inner_texts()
    assert len(rows) == seen(page) == int(page.locator(".cards output").inner_text().split()[0]) < len(READ)
    assert all("columns" in row for row in rows) and any("Haiku" in row for row in rows)
    box.fill("no-such-system")
    assert seen(page) == 0
    box.fill("")
    assert seen(page) == len(READ)


def test_without_a_script_it_is_a_plain_table(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}systems/")
        assert seen(page) == len(READ)
        assert page.locator(".cards input").count() == 0


def test_on_a_phone_each_row_is_a_card_that_names_its_cells(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{site.url}systems/")
    headings = page.locator(".cards th").all_text_contents()
    assert (
        page.locator(".cards tbody tr").first.locator("td").evaluate_all("tds => tds.map(td => td.dataset.label)")
        == headings
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    widths = page.locator(".cards tbody td").evaluate_all("tds => tds.map(td => td.getBoundingClientRect().right)")
    assert max(widths) <= 360


def test_a_strip_has_a_block_for_each_gate_in_the_order_of_the_row(page: Page, site: Site) -> None:
    page.goto(f"{site.url}systems/")
    for strip in page.locator("td .gates").all():
        gates = strip.inner_text().split()
        assert sorted(gates) == sorted("ifgo")
        places = {name for name in str(strip.get_attribute("class")).split() if name != "gates"}
        assert places == {f"{gate}{at}" for at, gate in enumerate(gates, 1)}
