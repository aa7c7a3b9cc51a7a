"""What holds for every widget: each page that has one, as it is loaded, left, printed, and read without script."""

import gzip
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.mounts import come
from tests.browser.scripts import OWN_SCRIPT
from tests.browser.shifts import shifted, watch
from tests.built import Site, address_of
from tests.project import ROOT

DOCS = ROOT / "docs"
MOUNT = re.compile(r'data-widget="([\w-]+)"')
MOUNTS = {address_of(source): found for source in DOCS.rglob("*.md") if (found := MOUNT.findall(source.read_text()))}
KB = 1024
TALL = 14_000  # all of a page is in sight, so that a shift anywhere counts
USE_IT = """mount => {
    for (const control of mount.querySelectorAll("input, select, button:not(.copy)")) {
        if (control.type === "range") control.value = control.min;
        else if (control.tagName === "SELECT") control.selectedIndex = control.options.length - 1;
        else control.click();
        for (const kind of ["input", "change"]) control.dispatchEvent(new Event(kind, { bubbles: true }));
    }
}"""
STIR = """() => {
    for (const target of [document.body, document, window])
        for (const kind of ["pointermove", "pointerup", "click", "scroll", "resize", "hashchange", "popstate"])
            target.dispatchEvent(new Event(kind));
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
}"""


def mounts(page: Page) -> Locator:
    return page.locator("[data-widget]")


def late(route: Route) -> None:
    """Let a script come after the page was painted."""
    time.sleep(0.5)
    route.continue_()


def link(page: Page, site: Site, address: str) -> Locator:
    """The theme makes the addresses of links full ones."""
    return page.locator(f'.md-nav--primary a[href="{site.url}{address}"]').first


class Listeners:
    """What the widgets' scripts listen for at the document and the window."""

    def __init__(self, page: Page) -> None:
        self.session, self.scripts = page.context.new_cdp_session(page), {}
        self.session.on(
            "Debugger.scriptParsed", lambda script: self.scripts.update({script["scriptId"]: script["url"]})
        )
        self.session.send("Debugger.enable")

    def of_widgets(self) -> list[str]:
        found = []
        for target in ("document", "window", "document.body", "document.documentElement"):
            handle = self.session.send("Runtime.evaluate", {"expression": target})["result"]["objectId"]
            listeners: list[dict[str, Any]] = self.session.send("DOMDebugger.getEventListeners", {"objectId": handle})[
                "listeners"
            ]
            found += [
                f"{each['type']} at {target}"
                for each in listeners
                if "/widgets/" in self.scripts.get(each["scriptId"], "")
            ]
        return found


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(site.url)
        yield page


def test_each_widget_that_is_named_has_its_folder_and_a_page(site: Site) -> None:
    config = (ROOT / "mkdocs.yml").read_text()
    named = yaml.safe_load(re.search(r"^extra:\n(?:  .*\n)+", config, re.MULTILINE)[0])["extra"]["widgets"]
    assert sorted(named) == sorted({name for names in MOUNTS.values() for name in names})
    for name in named:
        assert {"main.js", "style.css"} <= {file.name for file in (DOCS / "assets/widgets" / name).iterdir()}
    for page in site.pages:
        address = page.url.removeprefix(site.url)
        assert MOUNTS.get(address, []) == [
            each["data-widget"] for each in page.soup.find_all(attrs={"data-widget": True})
        ]
        styles = re.findall(r"widgets/([\w-]+)/style\.css", str(page.soup.head))
        assert sorted(styles) == sorted(set(MOUNTS.get(address, [])))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("address", MOUNTS)
def test_a_widget_is_small_comes_and_nothing_moves(address: str, width: int, browser: Browser, site: Site) -> None:
    with browser.new_context(viewport={"width": width, "height": TALL}) as context:
        watch(context)
        page = context.new_page()
        problems: list[str] = []
        asked: set[str] = set()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("request", lambda request: asked.add(request.url))
        page.route("**/widgets/*/main.js", late)
        page.goto(site.url + address)
        assert mounts(page).count() == len(MOUNTS[address])
        opened_by_hand = page.locator(".open-widget a").count()
        if opened_by_hand:
            page.wait_for_load_state("networkidle")  # nothing comes by itself
        else:
            come(mounts(page))
        assert shifted(page, once_whole=True) == []
        own = [site.file(url) for url in asked if OWN_SCRIPT.search(url)]
        assert "site.js" in {file.name for file in own}
        sizes = {file.relative_to(site.root).as_posix(): len(gzip.compress(file.read_bytes())) for file in own}
        assert sum(sizes.values()) <= (2 if opened_by_hand else 14) * KB, sizes
        come(mounts(page))
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for each in mounts(page).all():
            each.evaluate(USE_IT)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "in use it scrolls sideways"
        assert not problems


@pytest.mark.parametrize("address", MOUNTS)
def test_away_and_back_twice_leaves_one_live_widget(address: str, reader: Page, site: Site) -> None:
    other = next(each for each in ("state/", "errata/") if each not in MOUNTS)
    reader.goto(site.url + address)
    come(mounts(reader))
    listeners = Listeners(reader)
    count = (
        "all => all.map(mount => mount.querySelectorAll('form, [role=status], [role=group], [role=grid], svg').length)"
    )
    controls, listening = mounts(reader).evaluate_all(count), listeners.of_widgets()
    reader.evaluate("window.sameDocument = true")
    for until_all_was_late in (1000, 0):
        for each in mounts(reader).all():
            each.evaluate(USE_IT)
        link(reader, site, other).evaluate("link => link.click()")
        expect(mounts(reader)).to_have_count(0)
        assert reader.url == site.url + other
        reader.evaluate(STIR)
        reader.wait_for_timeout(until_all_was_late)
        assert reader.url == site.url + other, "a widget wrote the address of another page"
        assert listeners.of_widgets() == []
        reader.go_back()
        expect(mounts(reader)).to_have_count(len(controls))
        come(mounts(reader))
        assert mounts(reader).evaluate_all(count) == controls
        assert sorted(listeners.of_widgets()) == sorted(listening)
    assert reader.evaluate("window.sameDocument")


@pytest.mark.parametrize("address", MOUNTS)
def test_without_script_and_on_paper_the_still_figure_is_there(
    address: str, browser: Browser, reader: Page, site: Site
) -> None:
    reader.goto(site.url + address)
    come(mounts(reader))
    for each in mounts(reader).all():
        each.evaluate(USE_IT)
    reader.emulate_media(media="print")
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(site.url + address)
        for page in (plain, reader):
            for each in mounts(page).all():
                figure = each.get_attribute("data-figure")
                still = page.locator(f"#fig-{figure} svg[role=img]") if figure else each.locator("table, svg[role=img]")
                seen = still.filter(visible=True)
                expect(seen).to_have_count(1)
                assert seen.bounding_box()["width"] > 200
    reader.emulate_media(media="screen")
