"""A citation is copied, or opens where it cannot be."""

import pytest
from cite import FILES
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.built import Site


def test_a_citation_is_copied_in_each_form(page: Page, site: Site) -> None:
    page.goto(site.url + "errors/")
    control = page.locator("#stacked-ndim-2 ~ details.cite").first
    control.locator("summary").click()
    control.locator(".md-code__button").click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == control.locator("pre code").text_content().strip()
    for name, kind in FILES.items():
        control.get_by_role("link", name=kind, exact=True).click()
        expect(page.get_by_text(f"Copied as {kind}")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == site.file(f"{site.url}cite/errors/stacked-ndim-2.{name}").read_text()
    assert page.url == site.url + "errors/"
    assert not violations(page)


NO_COPY = {
    "no clipboard": "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })",
    "may not write": "Clipboard.prototype.write = Clipboard.prototype.writeText = () => Promise.reject(new Error())",
    "no such file": "window.fetch = async () => new Response('no such file', { status: 404 })",
}


@pytest.mark.parametrize("why", NO_COPY)
def test_a_citation_that_cannot_be_copied_opens(page: Page, site: Site, why: str) -> None:
    page.add_init_script(NO_COPY[why])
    page.goto(site.url + "questions/units/")
    control = page.locator("#lstm-64 ~ details.cite").first
    control.locator("summary").click()
    control.get_by_role("link", name="plain text").click()
    page.wait_for_url(site.url + "cite/questions/units/lstm-64.txt")


@pytest.mark.parametrize("key", ["Control", "Shift"])
def test_a_citation_opens_beside_the_page_as_every_link_does(page: Page, site: Site, key: str) -> None:
    page.goto(site.url + "questions/units/")
    control = page.locator("#lstm-64 ~ details.cite").first
    control.locator("summary").click()
    with page.context.expect_page() as opened:
        control.get_by_role("link", name="plain text").click(modifiers=[key])
    opened.value.wait_for_url(site.url + "cite/questions/units/lstm-64.txt")
    assert page.url == site.url + "questions/units/"


def test_a_citation_works_without_javascript(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + "questions/units/")
        control = page.locator("#lstm-64 ~ details.cite").first
        text = control.locator("pre code")
        expect(text).to_be_hidden()
        control.locator("summary").click()
        expect(text).to_be_visible()
        assert site.url + "questions/units/#lstm-64" in text.inner_text()
        control.get_by_role("link", name="HTML").click()
        assert "<h3>What does <code>LSTM(64)</code> mean?</h3>" in page.locator("body").inner_text()
