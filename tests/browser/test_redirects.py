"""Where an old address leads."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from docs.sitebuild import redirects
from tests.built import Site


@pytest.mark.parametrize(
    ("javascript", "to", "asked", "lands"),
    [
        (False, "units/", "moved/#q0-dense", "units/"),
        (False, "units/#q1-boxes-or-size", "moved/", "units/#q1-boxes-or-size"),
        (True, "units/", "moved/#q0-dense", "units/#q0-dense"),
        (True, "units/#q1-boxes-or-size", "moved/#q0-dense", "units/#q1-boxes-or-size"),
    ],
)
def test_a_moved_page_leads_on(
    javascript: bool, to: str, asked: str, lands: str, browser: Browser, site: Site, tmp_path: Path
) -> None:
    file = tmp_path / "redirects.json"
    file.write_text(json.dumps({"moved/": to}))
    text = redirects.pages(file, {"units/": {"q0-dense", "q1-boxes-or-size"}}, site.url)["moved/index.html"]
    with browser.new_context(java_script_enabled=javascript) as context:
        page = context.new_page()
        page.route(f"{site.url}moved/", lambda route: route.fulfill(body=text, content_type="text/html"))
        page.goto(site.url + asked)
        page.wait_for_url(site.url + lands)


def test_an_item_that_moved_leads_on_from_the_page_that_stays(browser: Browser, site: Site) -> None:
    """With the script to the item; without it to the line that links to the item."""
    for anchor, there in (("expected-ndim-3", "keras-shapes"), ("swapped", "silent")):
        with browser.new_context() as context:
            page = context.new_page()
            page.goto(f"{site.url}errors/#{anchor}")
            page.wait_for_url(f"{site.url}errors/{there}/#{anchor}")
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.goto(f"{site.url}errors/#{anchor}")
            link = page.locator(f"#{anchor}")
            expect(link).to_be_in_viewport()
            assert page.url == f"{site.url}errors/#{anchor}"
            link.click()
            page.wait_for_url(f"{site.url}errors/{there}/#{anchor}")


def test_a_group_that_is_still_there_stays(page: Page, site: Site) -> None:
    page.goto(f"{site.url}errors/#keras-states")
    expect(page.locator("#keras-states")).to_be_in_viewport()
    assert page.url == f"{site.url}errors/#keras-states"
