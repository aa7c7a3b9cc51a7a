"""The scripts that are ours, and what the functions of the widgets' scripts give."""

import re
from typing import Any

from playwright.sync_api import Page

from tests.built import Site

OWN_SCRIPT = re.compile(r"/assets/(site\.js|widgets/.*\.js)$")
CALL = """async ([script, name, cases]) => {
    const functions = await import(script);
    return cases.map(given => functions[name](...given));
}"""


def call(page: Page, site: Site, script: str, name: str, cases: list[Any]) -> list[Any]:
    """Once for each list of arguments."""
    address = f"{site.url}assets/widgets/{script}.js"
    page.goto(address)  # no more than its text is loaded, and it may import itself
    return page.evaluate(CALL, [address, name, cases])
