"""The gate lab on the page of the gates: what it says and draws is what lstm_ref computes, however it is set."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from diagrams.parts import number
from lstm_ref import LSTM
from tests.browser.accessibility import of_widgets
from tests.browser.mounts import come
from tests.browser.scripts import call
from tests.built import Site

FIRST = {"i": -6.0, "f": 3.9, "o": 3.0, "g": 2.0, "x": 1.0}
LIMITS = {"i": (-8, 8), "f": (-8, 8), "o": (-8, 8), "g": (-4, 4), "x": (0, 2)}
LABELS = {
    "i": "input gate i: bias",
    "f": "forget gate f: bias",
    "o": "output gate o: bias",
    "g": "candidate g: weight of x",
    "x": "height of the pulse",
}
PRESETS = {"Latch": {"f": 6}, "Leak": {"f": 2}, "Forget at once": {"f": -6}, "Input gate stays open": {"i": 6, "f": 6}}
SETTINGS = 100
HEADER = 50  # of the page; it stays at the top

DRAG = """settings => settings.map(setting => {
    for (const [key, value] of Object.entries(setting)) {
        const input = document.getElementById(`gate-lab-set-${key}`);
        input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const svg = document.querySelector(".gate-lab svg:not(.still)"), controls = document.querySelector(".gate-lab__controls");
    return {
        said: document.querySelector(".gate-lab__said").textContent,
        written: [...svg.querySelectorAll("text")].map(text => [text.textContent, Number(text.getAttribute("y"))]),
        lines: [...svg.querySelectorAll("path")].map(path => path.getAttribute("d")).filter(d => d.split("L").length > 40),
        bar: svg.querySelector("path[d*=V]").getAttribute("d"),
        values: [...document.querySelectorAll(".gate-lab__value")].map(value => value.textContent),
        described: svg.getAttribute("aria-label"),
        fits: controls.scrollHeight <= controls.clientHeight,
    };
})"""


def ready(page: Page, address: str) -> Page:
    page.goto(address)
    come(page.locator("[data-widget=gate-lab]"))
    return page


@pytest.fixture(scope="module")
def opened(desk: BrowserContext, site: Site) -> Iterator[Page]:
    page = ready(desk.new_page(), f"{site.url}gates/")
    yield page
    page.close()


@pytest.fixture
def lab(opened: Page) -> Page:
    """One page for all tests, with the settings at the start."""
    opened.get_by_role("button", name="Start again").click()
    return opened


def run(setting: dict[str, float]) -> Any:
    layer, x = LSTM(1), np.zeros((1, 40, 1))
    x[0, 4] = setting["x"]
    bias = np.array([setting["i"], setting["f"], 0.02, setting["o"]])
    layer.set_weights([np.array([[12.0, 0.0, setting["g"], 0.0]]), np.zeros((1, 4)), bias])
    return layer.trace(x)


def steps_until_half(f: float) -> float:
    """By halving an interval, so without a logarithm."""
    low, high = 0.0, 1e5
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if f**middle > 0.5 else (low, middle)
    return low


def left(f: float) -> str:
    if f < 0.5:
        return f"f = {number(f, 4)}: less than half of the pulse is left after 1 step"
    return f"f = {number(f, 4)}: half of the pulse is left after {number(steps_until_half(f), 1)} steps"


def added(trace: Any) -> str:
    """What a step without a pulse writes: c at the first, where nothing was kept."""
    return number(trace.c[0, 0, 0])


def kept(trace: Any) -> str:
    return left(trace.f[0, 10, 0])


def sentence(trace: Any) -> str:
    i, g = trace.i[0, 4, 0], trace.g[0, 4, 0]
    written = "next to nothing" if number(i * g) == "0.00" else number(i * g, 3)
    more = ""
    if added(trace) != "0.00":
        more = f" But i stays at {number(trace.i[0, 20, 0])}, so each of the other steps adds {added(trace)}."
    return (
        f"At the pulse, i = {number(i, 3)} and g = {number(g, 3)}: {written} is written into c. "
        f"The forget gate is {left(trace.f[0, 10, 0])}.{more} "
        f"At t = 40, c is {number(trace.c[0, -1, 0])} and h is {number(trace.h[0, -1, 0])}."
    )


def tenths(rng: np.random.Generator) -> dict[str, float]:
    return {key: int(rng.integers(10 * least, 10 * most + 1)) / 10 for key, (least, most) in LIMITS.items()}


def test_what_it_says_and_draws_is_what_lstm_ref_computes(lab: Page) -> None:
    rng = np.random.default_rng(21)
    settings = [tenths(rng) for _ in range(SETTINGS)]
    settings += [{key: limits[end] for key, limits in LIMITS.items()} for end in (0, 1)]
    settings += [FIRST | change for change in ({"f": 0.0}, {"f": 8.0}, {"f": -8.0}, {"x": 0.0}, {"x": 0.5}, {"g": 0.0})]
    settings += [{**settings[-7], "g": -4.0}]
    start, open_gates = run(FIRST), 0
    for setting, found in zip(settings, lab.evaluate(DRAG, settings), strict=True):
        trace = run(setting)
        open_gates += added(trace) != "0.00"
        assert found["said"] == sentence(trace), setting
        assert found["described"].endswith(found["said"])
        assert found["values"] == [number(setting[key], 1) for key in FIRST]
        written = dict(found["written"])
        expected = [kept(trace), f"o · tanh(c), with o = {number(trace.o[0, 0, 0])}", number(setting["x"], 1)]
        assert written.keys() >= set(expected), setting
        zero, one = (max(y for text, y in found["written"] if text == tick) for tick in ("0", "1"))
        lines = [np.array(re.findall(r"-?[\d.]+", line), float).reshape(-1, 2) for line in found["lines"]]
        height = zero - one
        for name, (ghost, line), most in (("c", lines[:2], 2), ("h", lines[2:], 1)):
            ground = line[0, 1]
            for drawn, values in ((ghost, getattr(start, name)), (line, getattr(trace, name))):
                assert abs((ground - drawn[1:, 1]) / height - values[0, :, 0]).max() < 0.001, setting
            assert getattr(trace, name).min() >= -1 and getattr(trace, name).max() <= most, "it leaves the axis"
            end = written[f"{name} {number(getattr(trace, name)[0, -1, 0])}"]
            assert line[-1, 1] < end < line[-1, 1] + 6, "the number stands at the end of its line"
        bar = [float(part) for part in re.findall(r"-?[\d.]+", found["bar"])]
        assert bar[3] - bar[1] == pytest.approx(10 * setting["x"])
        assert bar[0] < lines[1][5, 0] < bar[2]
    assert 20 < open_gates < len(settings) - 20


def test_it_begins_as_the_still_figure_and_presets_set_everything(lab: Page) -> None:
    written = """svg => [...svg.querySelectorAll("text")].map(text =>
        [text.textContent, ...["x", "y"].map(side => Math.round(10 * text.getAttribute(side)))])"""
    still, live = (lab.locator(f".gate-lab svg{kind}").evaluate(written) for kind in (".still", ":not(.still)"))
    assert [each for each in live if "dashed" not in each[0]] == still
    assert lab.locator(".gate-lab__name").all_inner_texts() == [LABELS[key] for key in FIRST]
    buttons, said, legend = (lab.locator(f".gate-lab__{name}") for name in ("buttons", "said", "legend"))
    assert said.inner_text() == sentence(run(FIRST))
    expect(legend).to_be_hidden()
    for name, changes in PRESETS.items():
        lab.evaluate(DRAG, [tenths(np.random.default_rng(len(name)))])
        assert buttons.locator("[aria-pressed=true]").count() == 0
        buttons.get_by_role("button", name=name).click()
        expect(buttons.locator("[aria-pressed=true]")).to_have_text(name)
        assert said.inner_text() == sentence(run(FIRST | changes))
        assert ("stays" in said.inner_text()) == ("stays open" in name)
    expect(legend).to_be_visible()


def test_the_keyboard_alone_and_what_is_announced(lab: Page) -> None:
    status, slider = lab.locator(".gate-lab [role=status]"), lab.get_by_label(LABELS["f"])
    expect(status).to_have_text(sentence(run(FIRST)))
    slider.focus()
    for key in ("ArrowRight", "End", "ArrowLeft"):
        lab.keyboard.press(key)
    said = sentence(run(FIRST | {"f": 7.9}))
    expect(lab.locator(".gate-lab__said")).to_have_text(said)
    assert status.inner_text() == sentence(run(FIRST)), "not at each key"
    expect(status).to_have_text(said)
    lab.get_by_role("button", name="Leak").focus()
    lab.keyboard.press("Space")
    expect(slider).to_have_value("2")
    assert slider.get_attribute("aria-valuetext") == "2.0"


def test_what_the_address_says_is_checked(tab: Page, site: Site) -> None:
    asked = {
        ("?f=2&x=0.5", "f"): 2,
        ("?f=2&x=0.5", "x"): 0.5,
        ("?f=2&x=0.5", "i"): -6,
        ("?x=-0.5", "x"): 0,
        ("?f=999", "f"): 8,
        ("?i=-1e9", "i"): -8,
        ("?g=4.5", "g"): 4,
        ("?f=NaN", "f"): 3.9,
        ("?i=Infinity", "i"): -6,
        ("?o=", "o"): 3,
        ("?g=%20", "g"): 2,
        ("?x=1px", "x"): 1,
        ("?f=1.2345", "f"): 1.2,
        ("?f=%3Cb%3E&f=3", "f"): 3.9,
    }
    cases = [(search, key, FIRST[key], dict(zip(("least", "most"), LIMITS[key], strict=True))) for search, key in asked]
    assert call(tab, site, "gate-lab/address", "given", cases) == list(asked.values())


def test_the_address_is_read_and_holds_what_is_not_as_at_the_start(tab: Page, site: Site) -> None:
    address = f"{site.url}gates/?h=units&f=999&x=-1&i=1.5#gate-lab"
    ready(tab, address)
    assert tab.locator(".gate-lab__said").inner_text() == sentence(run(FIRST | {"f": 8, "x": 0, "i": 1.5}))
    tab.wait_for_timeout(300)
    assert tab.url == address, "only a reader's change is written"
    before = tab.evaluate("history.length")
    tab.evaluate(DRAG, [{"f": 2.0, "x": 0.5, "i": -6.0}])
    tab.wait_for_url(f"{site.url}gates/?h=units&f=2&x=0.5#gate-lab")
    assert tab.evaluate("history.length") == before
    tab.get_by_role("button", name="Start again").click()
    tab.wait_for_url(f"{site.url}gates/?h=units#gate-lab")


def test_on_a_phone_the_drawing_is_in_sight_with_the_sliders_and_all_is_for_everyone(tab: Page, site: Site) -> None:
    tab.set_viewport_size({"width": 360, "height": 640})
    tab.emulate_media(color_scheme="dark")
    ready(tab, f"{site.url}gates/?f=6.5&x=0.5#gate-lab")
    drawing = tab.locator(".gate-lab svg:not(.still)").bounding_box()
    first, last = (tab.get_by_label(LABELS[key]).bounding_box() for key in "ix")
    assert drawing["y"] + drawing["height"] <= first["y"], "a finger is below what it changes"
    assert last["y"] + last["height"] - drawing["y"] < 640 - HEADER
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 640})
        rng = np.random.default_rng(width)
        assert all(found["fits"] for found in tab.evaluate(DRAG, [tenths(rng) | {"i": 8.0} for _ in range(40)]))
        assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert not of_widgets(tab)
    tab.emulate_media(media="print")
    expect(tab.locator(".gate-lab__controls")).to_be_hidden()
