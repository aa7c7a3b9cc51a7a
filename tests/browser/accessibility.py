"""What axe-core finds on a page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

FIND = """options => axe.run(document, { resultTypes: ["violations"], preload: false, ...options })
    .then(found => found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)))"""


def violations(page: Page, **options: Any) -> list[str]:
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(FIND, options)


def contrasts(page: Page) -> list[str]:
    """Those of colours only, which are nearly all of the work."""
    return violations(page, runOnly=["color-contrast"])


def all_but_contrasts(page: Page) -> list[str]:
    return violations(page, rules={"color-contrast": {"enabled": False}})
