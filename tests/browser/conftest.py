"""Chromium: one for each worker, with a fresh context for each test or for all tests of a file."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.built import Site

# The shell knows no network: with NEAR it asks for a picture where a whole Chromium does. It takes one list of settings, the last,
# so MOUSE is what Playwright sets itself.
NEAR = "lazyLoadingImageMarginPxUnknown=1250"
MOUSE = "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
ARGUMENTS.append(f"--blink-settings={NEAR},{MOUSE}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    executable = next((path for name in names if (path := shutil.which(name))), None)
    if not executable:
        refuse = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        refuse(f"no browser: none of {', '.join(names)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """For all tests of a file: what one of them has fetched, the next one has."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture
def tab(desk: BrowserContext) -> Iterator[Page]:
    """An empty page; an error of a script fails the test."""
    problems: list[str] = []
    page = desk.new_page()
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    page.close()
    assert not problems


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The first page, on a desk."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(site.url)
        yield page
