"""What moves on a page though nobody moved it."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

WATCH = """
    window.shifted = [];
    new PerformanceObserver(list => {
        for (const { value, sources } of list.getEntries())
            if (value > 0.0001) shifted.push([value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName)]);
    }).observe({ type: "layout-shift", buffered: true });
"""


def watch(context: BrowserContext | Page) -> None:
    """From the next load of a page on."""
    context.add_init_script(WATCH)


def shifted(page: Page) -> list[Any]:
    """How far and what, once two more frames were painted."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate("window.shifted")
