"""What axe-core finds on a page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

FIND = """([context, options]) => axe.run(context ?? document, { resultTypes: ["violations"], preload: false, ...options })
    .then(found => found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)))"""

# Of the words that look the same, by their names and those of all that they stand in, the first.
FRESH = """seen => {
    const looks = new Set(seen);
    const include = [...document.querySelectorAll("body *")].filter(element => {
        if (![...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())) return false;
        if (!element.checkVisibility()) return false;
        const before = looks.size;
        let look = "";
        for (let each = element; each; each = each.parentElement)
            look += `${each.tagName} ${each.getAttribute("class")} ${each.getAttribute("style")};`;
        return looks.add(look).size !== before;
    });
    return { context: { include }, looks: [...looks].slice(seen.length) };
}"""


def violations(page: Page, **options: Any) -> list[str]:
    return all_but_contrasts(page, **options) + contrasts(page)


def contrasts(page: Page, seen: dict[str, None] | None = None) -> list[str]:
    """Those of colours only, which are nearly all of the work; none of what was `seen`, on other pages of that scheme."""
    seen = {} if seen is None else seen
    fresh = page.evaluate_handle(FRESH, list(seen))
    looks = fresh.evaluate("fresh => fresh.looks")
    weak = found(page, [fresh.get_property("context"), {"runOnly": ["color-contrast"]}]) if looks else []
    if not weak:
        seen |= dict.fromkeys(looks)
    return weak


def all_but_contrasts(page: Page, rules: Any = None) -> list[str]:
    return found(page, [None, {"rules": {"color-contrast": {"enabled": False}, **(rules or {})}}])


def scrolls_by_keyboard(page: Page) -> list[str]:
    return found(page, [None, {"runOnly": ["scrollable-region-focusable"]}])


def of_widgets(page: Page) -> list[str]:
    """In the page's scheme and in light, sizes of targets too; at what stands around the widgets test_pages looks."""
    page.locator(".md-header__title").evaluate("title => title.remove()")  # it fades as the page gets short
    page.locator("article > :not(h1, .widget)").evaluate_all("all => all.forEach(each => each.remove())")
    in_use = violations(page, rules={"target-size": {"enabled": True}})
    page.emulate_media(color_scheme="light")
    wait_for_scheme(page, "default")
    return in_use + contrasts(page)


def wait_for_scheme(page: Page, name: str) -> None:
    """Until the theme's script has changed it, and colours have faded."""
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", name)
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")


def found(page: Page, asked: list[Any]) -> list[str]:
    if page.evaluate("!window.axe"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(FIND, asked)
