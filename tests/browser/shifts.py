"""What moves on a page though nobody moved it."""

from typing import Any

from playwright.sync_api import BrowserContext, Page

WATCH = """
    window.shifted = [];
    new PerformanceObserver(list => {
        for (const { startTime, value, sources } of list.getEntries())
            if (value > 0.0001)
                shifted.push([startTime, value, sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName)]);
    }).observe({ type: "layout-shift", buffered: true });
"""
WHOLE = "performance.getEntriesByType('navigation')[0].domInteractive"  # before, a table grows row by row


def watch(context: BrowserContext | Page) -> None:
    """From the next load of a page on."""
    context.add_init_script(WATCH)


def shifted(page: Page, *, once_whole: bool = False) -> list[Any]:
    """When, how far and what, once two more frames were painted; `once_whole`: since all of the page was there."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(f"window.shifted.filter(([at]) => at > {WHOLE if once_whole else 0})")
