"""The built site in Chromium: what a reader sees, at two widths, in light and in dark."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

import publish
from cite import FILES
from tests.built import Site

SCHEMES = {"light": "default", "dark": "slate"}
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    executable = next((path for name in names if (path := shutil.which(name))), None)
    if not executable:
        refuse = pytest.fail if os.environ.get("REQUIRE_BROWSER") else pytest.skip
        refuse(f"no browser: none of {', '.join(names)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(site.url, wait_until="networkidle")
        yield page


def violations(page: Page) -> list[str]:
    return [
        f"{violation['id']}: {node['html']}"
        for violation in Axe().run(page).response["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_every_page(browser: Browser, site: Site, width: int, scheme: str) -> None:
    problems: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.on("console", lambda message: problems.append(f"{page.url}: console: {message.text}"))
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on(
            "response",
            lambda response: response.status < 400 or problems.append(f"{page.url}: {response.url} not found"),
        )
        page.on(
            "request",
            lambda request: request.url.startswith(site.url) or problems.append(f"{page.url}: asks for {request.url}"),
        )
        for built in site.pages:
            page.goto(built.url, wait_until="networkidle")
            if page.locator("body").get_attribute("data-md-color-scheme") != SCHEMES[scheme]:
                problems.append(f"{built.url}: does not follow the system to {scheme}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                problems.append(f"{built.url}: scrolls sideways")
            problems += [f"{built.url}: {violation}" for violation in violations(page)]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("width", "height"), [(360, 780), (1280, 800)])
def test_the_first_screen_answers(browser: Browser, site: Site, width: int, height: int) -> None:
    with browser.new_context(viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        page.goto(site.url, wait_until="networkidle")
        for part in (".first-screen__answer", "#fig-n-unit-chain svg", ".first-screen__verdicts table"):
            seen = page.locator(part).bounding_box()
            assert seen["width"] > 200, part
            assert seen["y"] >= 0 and seen["y"] + seen["height"] <= height, f"{part} ends below the first screen"


def test_the_search_finds_and_suggests(page: Page) -> None:
    page.get_by_role("textbox", name="Search").press_sequentially("recurrent")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert "recurrent" in page.locator(".md-search-result__list").inner_text().lower()
    assert not violations(page)


@pytest.mark.parametrize(
    ("words", "page_found"),
    [
        ("num_units", "glossary/"),
        ("hidden_size", "glossary/"),
        ("return sequences", "sequences/"),
        ("expected ndim=3, found ndim=2", "errors/"),
        ("reset_states", "errors/"),
        ("two biases", "questions/parameters/"),
        ("hard_sigmoid", "frameworks/"),
        ("padding", "questions/direction-and-masks/"),
        ("input_shape", "questions/input-shape/"),
        ("time steps features samples", "questions/input-shape/"),
        ("stateful batch size", "questions/state/"),
        ("unit_forget_bias", "arguments/"),
        ("h_n output", "questions/"),
    ],
)
def test_the_search_finds_the_words_that_people_use(page: Page, site: Site, words: str, page_found: str) -> None:
    page.get_by_role("textbox", name="Search").press_sequentially(words)
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    links = page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")
    pages = list(dict.fromkeys(link.removeprefix(site.url).partition("?")[0].partition("#")[0] for link in links))
    assert any(found.startswith(page_found) for found in pages[:4]), pages


def test_the_palette_toggle_works_and_is_remembered(page: Page) -> None:
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    for title in ("Colours follow the system. Switch to light", "Light colours. Switch to dark"):
        page.get_by_title(title).click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.reload()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


def test_code_can_be_copied(page: Page) -> None:
    code = page.locator(".language-python code").first
    page.locator(".language-python .md-code__button").first.click()
    assert page.evaluate("navigator.clipboard.readText()").strip() == code.inner_text().strip()


def test_instant_navigation(page: Page, site: Site) -> None:
    heading = page.get_by_role("heading", level=1)
    before = heading.inner_text()
    page.evaluate("window.sameDocument = true")
    page.locator(".md-nav--primary").get_by_role("link", name="Reference").click()
    page.wait_for_url(site.url + "reference/")
    expect(heading).not_to_have_text(before)
    assert page.evaluate("window.sameDocument")
    assert not violations(page)


def test_figures_follow_the_palette(page: Page) -> None:
    text = page.locator("figure.lstm-figure svg text").first
    colour = "element => getComputedStyle(element).fill"
    light = text.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert text.evaluate(colour) != light


def test_a_citation_is_copied_in_each_form(page: Page, site: Site) -> None:
    page.goto(site.url + "errors/", wait_until="networkidle")
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
    page.goto(site.url + "questions/units/", wait_until="networkidle")
    control = page.locator("#lstm-64 ~ details.cite").first
    control.locator("summary").click()
    control.get_by_role("link", name="plain text").click()
    page.wait_for_url(site.url + "cite/questions/units/lstm-64.txt")


@pytest.mark.parametrize("key", ["Control", "Shift"])
def test_a_citation_opens_beside_the_page_as_every_link_does(page: Page, site: Site, key: str) -> None:
    page.goto(site.url + "questions/units/", wait_until="networkidle")
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


def test_without_javascript_the_colours_follow_the_system_too(browser: Browser, site: Site) -> None:
    def colours(scheme: str, *, scripts: bool) -> list[str]:
        with browser.new_context(java_script_enabled=scripts, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(site.url + "one-step/", wait_until="load")
            return page.locator("body, header, footer, article :is(h1, p, a, code, span, pre, aside)").evaluate_all(
                """tags => tags.filter(tag => !tag.closest("nav, .headerlink, .md-code__nav")).map(tag => {
                    const style = getComputedStyle(tag);
                    return [tag.tagName, style.color, style.backgroundColor, style.borderColor].join();
                })"""
            )

    dark = colours("dark", scripts=False)
    assert dark == colours("dark", scripts=True)
    assert dark != colours("light", scripts=True)


def test_a_page_on_paper_has_no_controls(page: Page, site: Site) -> None:
    page.goto(site.url + "questions/units/", wait_until="networkidle")
    controls = page.locator("article :is(details.cite, .script, .md-code__nav)")
    assert controls.count() > 50
    page.emulate_media(media="print")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")  # as the theme does
    assert not any(control.is_visible() for control in controls.all())


def test_a_script_is_a_link_on_a_phone_and_a_command_on_a_desk(page: Page, site: Site) -> None:
    page.goto(site.url + "questions/units/", wait_until="networkidle")
    line = page.locator(".script").first
    for width, command in ((360, False), (1280, True)):
        page.set_viewport_size({"width": width, "height": 900})
        expect(line.locator("a")).to_be_visible()
        assert line.locator("code").is_visible() == command


def test_a_link_keeps_its_line_after_the_keyboard_was_there(page: Page, site: Site) -> None:
    page.goto(site.url + "state/", wait_until="networkidle")
    link = page.locator("article > p > a").first
    page.keyboard.press("Tab")
    link.focus()
    assert link.get_attribute("class") == "focus-visible"
    page.keyboard.press("Tab")
    assert link.get_attribute("class") == ""
    assert link.evaluate("link => getComputedStyle(link).textDecorationLine") == "underline"


@pytest.mark.parametrize(
    ("javascript", "to", "asked", "lands"),
    [
        (False, "units/", "moved/#q0-dense", "units/"),
        (False, "units/#q1-boxes-or-size", "moved/", "units/#q1-boxes-or-size"),
        (True, "units/", "moved/#q0-dense", "units/#q0-dense"),
        (True, "units/#q1-boxes-or-size", "moved/#q0-dense", "units/#q1-boxes-or-size"),
    ],
)
def test_a_moved_page_leads_on(javascript: bool, to: str, asked: str, lands: str, browser: Browser, site: Site) -> None:
    text = publish.redirects({"moved/": to}, site.root, site.url)["moved/index.html"]
    old = site.root / "moved/index.html"
    old.parent.mkdir()
    old.write_text(text)
    try:
        with browser.new_context(java_script_enabled=javascript) as context:
            page = context.new_page()
            page.goto(site.url + asked)
            page.wait_for_url(site.url + lands)
    finally:
        shutil.rmtree(old.parent)
