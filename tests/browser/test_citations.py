"""What a reader takes along is copied by a click, and can be read and selected where it cannot be."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.accessibility import violations
from tests.built import Site


def copied(page: Page, button: Locator) -> str:
    """What is in the clipboard after a click on a button; the page says that it is there."""
    page.evaluate("navigator.clipboard.writeText('nothing')")
    button.click()
    expect(page.get_by_role("status").filter(has_text="Copied to clipboard")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


def text_of(page: Page, name: str) -> str:
    return page.locator(f"#cite-{name}").text_content()


def test_a_citation_is_copied_as_markdown(page: Page, site: Site) -> None:
    page.goto(site.url + "errors/keras-shapes/")
    control = page.locator("#stacked-ndim-2 ~ details.cite").first
    button = control.get_by_role("button", name="Copy as Markdown")
    expect(button).to_have_count(0)
    control.locator("summary").click()
    text = copied(page, button)
    assert text.strip() == text_of(page, "stacked-ndim-2").strip()
    assert text.startswith("### ") and f"{site.url}errors/keras-shapes/#stacked-ndim-2" in text
    assert page.url == site.url + "errors/keras-shapes/"


def test_a_figure_is_copied_with_its_caption(page: Page, site: Site) -> None:
    page.goto(site.url + "gates/")
    tools = page.locator("#fig-gates-over-time ~ .figure-tools").first
    text = copied(page, tools.get_by_role("button", name="Copy figure and caption"))
    assert text.strip() == text_of(page, "fig-gates-over-time").strip()
    assert f"]({site.url}figures/gates-over-time.png)\n\n" in text
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            tools.get_by_role("link", name=kind).click()
        assert download.value.suggested_filename == f"gates-over-time.{kind.lower()}"


def test_a_page_is_copied_as_markdown_and_as_bibtex(page: Page, site: Site) -> None:
    for name, summary, button in (
        ("page", "Cite this page", "Copy as Markdown"),
        ("page-bibtex", "BibTeX of this page", "Copy as BibTeX"),
    ):
        page.goto(site.url + "state/")
        control = page.locator(".about-page details", has_text=summary)
        control.get_by_text(summary).click()
        assert copied(page, control.get_by_role("button", name=button)).strip() == text_of(page, name).strip()


def test_the_command_that_runs_a_script_is_copied(page: Page, site: Site) -> None:
    page.goto(site.url + "questions/units/")
    line = page.locator(".about-snippet", has=page.get_by_role("button")).first
    uv, run, address = copied(page, line.get_by_role("button", name="uv run")).split()
    assert (uv, run) == ("uv", "run") and site.file(address).is_file()
    assert line.get_by_role("link", name="script").evaluate("link => link.href") == address


def test_controls_work_on_the_next_page_too(page: Page, site: Site) -> None:
    page.evaluate("window.sameDocument = true")
    page.locator(".md-nav--primary").get_by_role("link", name="Gates", exact=True).click()
    page.wait_for_url(site.url + "gates/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("inside one unit")
    button = page.get_by_role("button", name="Copy figure and caption").first
    assert copied(page, button).strip() == text_of(page, "fig-inside-one-unit").strip()
    assert page.evaluate("window.sameDocument")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_an_open_control_is_for_everyone(browser: Browser, site: Site, width: int, scheme: str) -> None:
    """axe looks at its name, its contrasts and the sizes of its targets; the page does not scroll sideways for it."""
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(site.url + "sequences/")
        for summary in page.locator("details.cite > summary").all():
            summary.click()
        assert not violations(page, rules={"target-size": {"enabled": True}})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for text in page.locator("details.cite pre").all():
            assert text.is_visible()
            assert width < 720 or text.bounding_box()["height"] <= 300, "on a desk it scrolls in its own box"


def test_a_citation_is_read_and_selected_without_javascript(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + "questions/units/")
        control = page.locator("#lstm-64 ~ details.cite").first
        text = control.locator("pre")
        expect(text).to_be_hidden()
        control.locator("summary").click()
        expect(text).to_be_visible()
        assert site.url + "questions/units/#lstm-64" in text.inner_text()
        for button in page.locator(".copy").all():
            assert not button.is_visible(), "it would do nothing"
        page.goto(site.url + "gates/")
        control = page.locator("#fig-gates-over-time ~ details.cite").first
        control.locator("summary").click()
        assert f"{site.url}figures/gates-over-time.png" in control.locator("pre").inner_text()
        expect(page.locator(".figure-tools").get_by_role("link", name="PNG").first).to_be_visible()
