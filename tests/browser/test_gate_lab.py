"""The gate lab on the page of the gates: what it says and draws is what lstm_ref computes, however it is set."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from diagrams.parts import number
from lstm_ref import LSTM
from tests.browser.accessibility import violations
from tests.built import Site

FIRST = {"i": -6.0, "f": 3.9, "o": 3.0, "g": 2.0, "x": 1.0}
MOST = {"i": 8, "f": 8, "o": 8, "g": 4, "x": 2}
PRESETS = {"Latch": {"f": 6}, "Leak": {"f": 2}, "Forget at once": {"f": -6}, "Always write": {"i": 6, "f": 6}}
SETTINGS = 150

DRAG = """settings => settings.map(setting => {
    for (const [key, value] of Object.entries(setting)) {
        const input = document.getElementById(`gate-lab-set-${key}`);
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const svg = document.querySelector(".gate-lab svg:not(.still)");
    return {
        said: document.querySelector(".gate-lab__said").textContent,
        written: [...svg.querySelectorAll("text")].map(text => [text.textContent, Number(text.getAttribute("y"))]),
        lines: [...svg.querySelectorAll("path")].map(path => path.getAttribute("d")).filter(d => d.split("L").length > 40),
        bar: svg.querySelector("path[d*=V]").getAttribute("d"),
        values: [...document.querySelectorAll(".gate-lab__value")].map(value => value.textContent),
        described: svg.getAttribute("aria-label"),
    };
})"""
SHIFTS = """window.moved = [];
new PerformanceObserver(list => window.moved.push(...list.getEntries().flatMap(({ sources }) =>
    sources.filter(({ node }) => !node?.parentElement?.closest(".figure-tools")).map(({ node }) => node?.nodeName ?? "?")
))).observe({ type: "layout-shift", buffered: true });"""  # beside the theme's own: a button to copy that comes late
KEPT = "async ([script, cases]) => { const { kept } = await import(script); return cases.map(kept); }"


@pytest.fixture
def lab(browser: Browser, site: Site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site.url}gates/")
        expect(page.locator(".gate-lab[data-ready]")).to_be_attached()
        yield page


def run(setting: dict[str, float]) -> Any:
    layer, x = LSTM(1), np.zeros((1, 40, 1))
    x[0, 4] = setting["x"]
    bias = np.array([setting["i"], setting["f"], 0.03, setting["o"]])
    layer.set_weights([np.array([[12.0, 0.0, setting["g"], 0.0]]), np.zeros((1, 4)), bias])
    return layer.trace(x)


def steps_until_half(f: float) -> float:
    """By halving an interval, so without a logarithm."""
    low, high = 0.0, 1e5
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if f**middle > 0.5 else (low, middle)
    return low


def kept(f: float) -> str:
    steps = steps_until_half(f)
    if f < 0.5:
        return f"f = {number(f)}: less than half of it is left after 1 step"
    rounded = ", rounded up" if number(f) == "1.00" else ""
    return f"f = {number(f)}{rounded}: half of it is left after {number(steps, 1)} steps"


def sentence(trace: Any) -> str:
    i, g = trace.i[0, 4, 0], trace.g[0, 4, 0]
    return (
        f"At the pulse i = {number(i)} and g = {number(g)}, so {number(i * g)} is written. {kept(trace.f[0, 10, 0])}. "
        f"At t = 40, c is {number(trace.c[0, -1, 0])} and h is {number(trace.h[0, -1, 0])}."
    )


def tenths(rng: np.random.Generator) -> dict[str, float]:
    return {key: int(rng.integers(-10 * most, 10 * most + 1)) / 10 for key, most in MOST.items()}


def test_what_it_says_and_draws_is_what_lstm_ref_computes(lab: Page) -> None:
    rng = np.random.default_rng(21)
    settings = [tenths(rng) for _ in range(SETTINGS)]
    settings += [{key: sign * value for key, value in MOST.items()} for sign in (1, -1)]
    settings += [FIRST | change for change in ({"f": 0.0}, {"f": 8.0}, {"f": -8.0}, {"x": 0.0}, {"g": 0.0})]
    start = run(FIRST)
    for setting, found in zip(settings, lab.evaluate(DRAG, settings), strict=True):
        trace = run(setting)
        assert found["said"] == sentence(trace), setting
        assert found["described"].endswith(found["said"])
        assert found["values"] == [number(setting[key], 1) for key in MOST]
        written = dict(found["written"])
        expected = [kept(trace.f[0, 10, 0]), f"{number(trace.o[0, 0, 0])} · tanh(c)", number(setting["x"], 1)]
        assert written.keys() >= set(expected), setting
        zero, one = (max(y for text, y in found["written"] if text == tick) for tick in ("0", "1"))
        lines = [np.array(re.findall(r"-?[\d.]+", line), float).reshape(-1, 2) for line in found["lines"]]
        height = zero - one
        for name, (ghost, line) in (("c", lines[:2]), ("h", lines[2:])):
            ground = line[0, 1]
            for drawn, values in ((ghost, getattr(start, name)), (line, getattr(trace, name))):
                assert abs((ground - drawn[1:, 1]) / height - values[0, :, 0]).max() < 0.001, setting
            end = written[f"{name} {number(getattr(trace, name)[0, -1, 0])}"]
            assert line[-1, 1] < end < line[-1, 1] + 6, "the number stands at the end of its line"
        bar = [float(part) for part in re.findall(r"-?[\d.]+", found["bar"])]
        assert bar[3] - bar[1] == pytest.approx(10 * setting["x"])
        assert bar[0] < lines[1][5, 0] < bar[2]


def test_half_lives_of_other_forget_gates(lab: Page, site: Site) -> None:
    """Sigmoid never gives exactly 1, and here f never moves; the words are right if it does."""
    told = [[1.0, 1.0], [0.9, 0.8], [0.5, 0.5], [0.4999, 0.4999], [0.0, 0.0], [0.99999, 0.99999]]
    assert lab.evaluate(KEPT, [f"{site.url}assets/widgets/gate-lab/words.js", told]) == [
        "f = 1: all of it stays",
        "f changes from step to step: 0.72 of it is left 2 steps later",
        "f = 0.50: half of it is left after 1.0 steps",
        "f = 0.50: less than half of it is left after 1 step",
        "f = 0.00: less than half of it is left after 1 step",
        "f = 1.00, rounded up: half of it is left after 69314.4 steps",
    ]


def test_presets_set_everything_and_show_which_is_on(lab: Page) -> None:
    buttons = lab.locator(".gate-lab__buttons")
    for name, changes in PRESETS.items():
        lab.evaluate(DRAG, [tenths(np.random.default_rng(len(name)))])
        assert buttons.locator("[aria-pressed=true]").count() == 0
        buttons.get_by_role("button", name=name).click()
        expect(buttons.locator("[aria-pressed=true]")).to_have_text(name)
        assert lab.locator(".gate-lab__said").inner_text() == sentence(run(FIRST | changes))
        expect(lab.locator(".gate-lab__legend")).to_be_visible()
    buttons.get_by_role("button", name="Start again").click()
    assert lab.locator(".gate-lab__said").inner_text() == sentence(run(FIRST))
    expect(lab.locator(".gate-lab__legend")).to_be_hidden()


def test_it_begins_as_the_still_figure(lab: Page) -> None:
    written = """svg => [...svg.querySelectorAll("text")].map(text =>
        [text.textContent, ...["x", "y"].map(side => Math.round(10 * text.getAttribute(side)))])"""
    still, live = (lab.locator(f".gate-lab svg{kind}").evaluate(written) for kind in (".still", ":not(.still)"))
    assert [each for each in live if "dashed" not in each[0]] == still


def test_the_keyboard_alone_and_what_is_announced(lab: Page) -> None:
    lab.get_by_label("bias of f").focus()
    for key in ("ArrowRight", "End", "ArrowLeft"):
        lab.keyboard.press(key)
    said = sentence(run(FIRST | {"f": 7.9}))
    expect(lab.locator(".gate-lab__said")).to_have_text(said)
    status = lab.locator(".gate-lab [role=status]")
    assert status.inner_text() == ""
    expect(status).to_have_text(said)
    lab.get_by_role("button", name="Leak").focus()
    lab.keyboard.press("Space")
    expect(lab.get_by_label("bias of f")).to_have_value("2")
    assert lab.get_by_label("bias of f").get_attribute("aria-valuetext") == "2.0"


@pytest.mark.parametrize(
    ("query", "changes"),
    [
        ("?f=2&x=-0.5", {"f": 2.0, "x": -0.5}),
        ("?f=999&i=-1e9&g=4.5", {"f": 8.0, "i": -8.0, "g": 4.0}),
        ("?f=NaN&i=Infinity&o=&g=%20&x=1px", {}),
        ("?f=1.2345", {"f": 1.2}),
        ("?f=%3Cb%3E&f=3", {}),
    ],
)
def test_what_the_address_says_is_checked(query: str, changes: dict[str, float], page: Page, site: Site) -> None:
    page.goto(f"{site.url}gates/{query}")
    expect(page.locator(".gate-lab__said")).to_have_text(sentence(run(FIRST | changes)))
    page.wait_for_timeout(400)
    assert page.url == f"{site.url}gates/{query}", "only a reader's change is written"


def test_the_address_holds_what_is_not_as_at_the_start(lab: Page, site: Site) -> None:
    lab.goto(f"{site.url}gates/?h=units#gate-lab")
    expect(lab.locator(".gate-lab[data-ready]")).to_be_attached()
    before = lab.evaluate("history.length")
    lab.evaluate(DRAG, [{"f": 2.0, "x": -0.5}])
    lab.wait_for_url(f"{site.url}gates/?h=units&f=2&x=-0.5#gate-lab")
    assert lab.evaluate("history.length") == before
    lab.get_by_role("button", name="Start again").click()
    lab.wait_for_url(f"{site.url}gates/?h=units#gate-lab")


def test_another_page_leaves_nothing_behind(lab: Page, site: Site) -> None:
    problems: list[str] = []
    lab.on("pageerror", lambda error: problems.append(str(error)))
    for _ in range(2):
        lab.evaluate(DRAG, [{"f": 1.0}])
        lab.locator(".md-nav--primary").get_by_role("link", name="Glossary").click()
        expect(lab.get_by_role("heading", level=1)).to_contain_text("Which word")
        lab.wait_for_timeout(700)
        assert lab.url == f"{site.url}glossary/"
        lab.locator(".md-nav--primary").get_by_role("link", name="Gates").click()
        expect(lab.locator(".gate-lab[data-ready]")).to_be_attached()
        assert lab.locator(".gate-lab__controls").count() == lab.locator(".gate-lab__status").count() == 1
        assert lab.locator(".gate-lab__said").inner_text() == sentence(run(FIRST))
    assert not problems


def test_on_paper_the_still_figure_stands_alone(lab: Page) -> None:
    lab.evaluate(DRAG, [{"f": 0.0}])
    lab.emulate_media(media="print")
    expect(lab.locator(".gate-lab svg.still")).to_be_visible()
    expect(lab.locator(".gate-lab svg:not(.still)")).to_be_hidden()
    expect(lab.locator(".gate-lab__controls")).to_be_hidden()


def test_without_script_the_figure_and_its_numbers_are_there(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site.url}gates/")
        expect(page.locator("[data-widget=gate-lab] svg")).to_be_visible()
        above = page.locator("[data-widget=gate-lab]").bounding_box()["y"]
        assert page.locator("[data-widget=gate-lab] svg").bounding_box()["y"] < above + 60, (
            "no room for what never comes"
        )
        expect(page.locator("#gate-lab ~ .language-text").first).to_contain_text("f 0.98 half-life 34.6")


@pytest.mark.parametrize(("width", "scheme", "other"), [(360, "dark", 1280), (1280, "light", 360)])
def test_in_use_it_is_for_everyone_and_fits(width: int, scheme: str, other: int, browser: Browser, site: Site) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.add_init_script(SHIFTS)
        page.goto(f"{site.url}gates/?f=6.5&x=-0.5#gate-lab")
        expect(page.locator(".gate-lab[data-ready]")).to_be_attached()
        page.wait_for_timeout(300)
        assert page.evaluate("window.moved") == []
        page.evaluate(DRAG, [{"f": 8.0, "x": 1.3, "g": -3.3, "i": 8.0}])
        assert not violations(page)
        for each in (width, other):
            page.set_viewport_size({"width": each, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") == each
            assert page.locator(".gate-lab__controls").evaluate("it => it.scrollHeight <= it.clientHeight")
            for control in page.locator(".gate-lab__controls :is(button, input)").all():
                box = control.bounding_box()
                assert box["width"] >= 24 and box["height"] >= 24
