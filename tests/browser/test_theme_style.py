"""The theme's style sheets are served without what no page uses: no page may look otherwise for it."""

from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.built import Site

THEME = Path(str(resources.files("material"))) / "templates"
STYLES = """() => {
    for (const sidebar of document.querySelectorAll("[class^=md-sidebar]")) sidebar.removeAttribute("style"); // by script, some time
    const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith("--"));
    const said = (element, part) => {
        const style = getComputedStyle(element, part);
        return `${element.tagName}.${element.getAttribute("class")} ${part} ` + names.map(name => style.getPropertyValue(name)).join();
    };
    const looks = new Set();  // of elements with the same names and place, as far as a style sheet asks, one is enough
    return [...document.querySelectorAll(":not(svg *, math *, pre *)")].flatMap(element => {
        const place = !element.previousElementSibling + 2 * !element.nextElementSibling;
        let look = "";
        for (let each = element; each; each = each.parentElement)
            look += `${each.tagName} ${each.getAttribute("class")} ${each === element ? place : ""};`;
        if (looks.size === looks.add(look).size) return [];
        return ["", "::before", "::after"].map(part => said(element, part));
    });
}"""


def styles(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = page.evaluate(STYLES)
    page.emulate_media(media="print")
    return found + page.evaluate(STYLES)


def unchanged(route: Route) -> None:
    name = route.request.url.rpartition("assets/")[2]
    route.fulfill(path=THEME / "assets" / name, content_type="text/css")


@pytest.mark.parametrize("address", ["", "questions/state/", "one-step/"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_a_page_looks_as_with_the_whole_theme(
    browser: Browser, site: Site, address: str, width: int, scheme: str
) -> None:
    found = []
    for whole in (False, True):
        with browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
        ) as context:
            page = context.new_page()
            if whole:
                page.route("**/assets/stylesheets/*.css", unchanged)
            found.append(styles(page, site.url + address))
    ours, theirs = found
    assert len(ours) == len(theirs) > 900
    assert not [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other][:1]
