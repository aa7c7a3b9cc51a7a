"""The stepper on the two figures of the latch: each step's numbers, in the drawing and in the equations, are the run's."""

import math
import re
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from diagrams.palette import ROLES
from diagrams.parts import number
from lstm_ref.examples import latch
from tests.browser.accessibility import of_widgets
from tests.browser.mounts import come
from tests.built import Site
from tests.diagrams.contrast import contrast
from tests.oracle import scalar_lstm

LAYER, X = latch()
KERNEL, RECURRENT, BIAS = (array.tolist() for array in LAYER.get_weights())
RUN = {name: [0.0, *(row[0] for row in rows)] for name, rows in scalar_lstm(X[0], KERNEL, [[0] * 4], BIAS).items()}
FIGURES = ("inside-one-unit", "gates-over-time")
FIRST = 2  # the step that both begin with
DUTIES = {"i": "write ", "f": "keep ", "g": "candidate ", "o": "show "}
TIME = range(1, 11)
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

STEPS = """root => Array.from({ length: 10 }, (_, before) => {
    const slider = root.querySelector("input");
    slider.value = before + 1;
    slider.dispatchEvent(new Event("input"));
    const svg = root.querySelector("svg:not(.still)");
    return {
        said: root.querySelector(".stepper__said").textContent,
        described: svg.getAttribute("aria-label"),
        rows: [...root.querySelectorAll(".stepper__row")].map(row => [...row.children].map(cell => cell.textContent)),
        written: Object.fromEntries([...svg.querySelectorAll("text[data-gid]")].map(text => [text.dataset.gid, text.textContent])),
        everywhere: [...document.querySelectorAll(".stepper__said, .stepper__label")].map(each => each.textContent),
        values: [...document.querySelectorAll(".stepper input")].map(({ value }) => value),
        now: [...svg.querySelectorAll(".stepper__now")].map(shape => shape.dataset.gid),
        marks: [...svg.querySelectorAll(".stepper__column, .stepper__frame")].map(({ x, width }) =>
            x.baseVal.value + width.baseVal.value / 2),
        fits: [...root.querySelectorAll(".stepper__bar, .stepper__step")].every(it =>
            it.scrollHeight <= it.clientHeight && it.scrollWidth <= it.clientWidth),
    };
})"""
WAITING = """() => {
    window.waiting = new Set();
    const set = window.setTimeout, clear = window.clearTimeout;
    window.setTimeout = (act, wait, ...more) => {
        const id = set(() => { window.waiting.delete(id); act(...more); }, wait);
        if (wait === 1000) window.waiting.add(id);
        return id;
    };
    window.clearTimeout = id => { window.waiting.delete(id); clear(id); };
}"""


def ready(page: Page, site: Site) -> None:
    page.goto(f"{site.url}gates/")
    for figure in FIGURES:
        come(stepper(page, figure))


def stepper(page: Page, figure: str) -> Locator:
    return page.locator(f"[data-widget=stepper][data-figure={figure}]")


@pytest.fixture(scope="module")
def gates(desk: BrowserContext, site: Site) -> Iterator[Page]:
    """One page for the tests that set the step themselves."""
    page = desk.new_page()
    ready(page, site)
    yield page
    page.close()


def weighted(t: int, block: int) -> list[float]:
    """From x, from h, and the bias; the latch reads no h."""
    return [sum(x * row[block] for x, row in zip(X[0, t - 1], KERNEL, strict=True)), 0.0, BIAS[block]]


def said(t: int) -> str:
    _, write, erase = X[0, t - 1]
    flag = "write is up" if write else "erase is up" if erase else "neither write nor erase is up"
    before, now, h = number(RUN["c"][t - 1]), number(RUN["c"][t]), number(RUN["h"][t])
    cell = f"c stays {now}" if before == now else f"c goes from {before} to {now}"
    return f"At t = {t} {flag}: {cell}, and h is {h}."


def equations(t: int) -> list[list[str]]:
    now, before = (str(step).translate(BELOW) for step in (t, t - 1))
    value = {name: number(RUN[name][t]) for name in RUN}
    within = {name: f"({text})" if "−" in text else text for name, text in value.items()}
    last_c = number(RUN["c"][t - 1])
    last_c = f"({last_c})" if "−" in last_c else last_c
    rows = []
    for block, name in enumerate("ifgo"):
        x, h, b = (number(term, 1) for term in weighted(t, block))
        added = f"{x} + {h} + {b}".replace("+ −", "− ")
        squash = "tanh" if name == "g" else "σ"
        rows.append(
            [
                DUTIES[name] + name + now,
                f"{squash}(x{now} W_{name} + h{before} U_{name} + b_{name})",
                f"{squash}({added})",
                value[name],
            ]
        )
    cell = f"{within['f']} · {last_c} + {within['i']} · {within['g']}"
    rows.append([f"c{now}", f"f{now} · c{before} + i{now} · g{now}", cell, value["c"]])
    return [*rows, [f"h{now}", f"o{now} · tanh(c{now})", f"{within['o']} · tanh({value['c']})", value["h"]]]


def on_the_wires(t: int) -> dict[str, str]:
    """The texts of inside-one-unit, by the gids that the still figure has at t = 2."""
    now, before = (str(step).translate(BELOW) for step in (t, t - 1))
    value = {name: RUN[name][t] for name in RUN}
    texts = {"step": f"one unit at t = {t}", "name-x": f"x{now}"}
    for name in "hc":
        texts |= {f"name-{name}-t0": name + before, f"name-{name}-t1": name + now}
        texts |= {f"{name}-t0-u0": number(RUN[name][t - 1]), f"{name}-t1-u0": number(value[name])}
    texts |= {f"x-t1-k{k}": number(x, 1) for k, x in enumerate(X[0, t - 1])}
    for block, name in enumerate("ifgo"):
        squash = "tanh" if name == "g" else "σ"
        texts[f"z-{name}-t1-u0"] = f"{squash}({number(sum(weighted(t, block)), 1)})"
        texts[f"{name}-t1-u0"] = f"{name} = {number(value[name])}"
    kept = value["f"] * RUN["c"][t - 1]
    texts |= {"kept-t1-u0": number(kept), "written-t1-u0": number(value["c"] - kept), "sum-t1-u0": number(value["c"])}
    return texts | {"tanh-c-t1-u0": number(math.tanh(value["c"]))}


@pytest.mark.parametrize("figure", FIGURES)
def test_every_step_says_what_the_run_computes(figure: str, gates: Page) -> None:
    for t, found in zip(TIME, stepper(gates, figure).evaluate(STEPS), strict=True):
        assert found["said"] == said(t)
        assert found["described"].endswith(said(t))
        assert found["rows"] == equations(t)
        assert sorted(found["everywhere"]) == sorted([said(t), f"t = {t}"] * 2), "they show the same step"
        assert found["values"] == [str(t)] * 2


def test_the_wires_carry_the_numbers_of_the_step(gates: Page) -> None:
    for t, found in zip(TIME, stepper(gates, "inside-one-unit").evaluate(STEPS), strict=True):
        assert found["written"] == on_the_wires(t)


def test_the_column_of_the_step_is_marked_and_nothing_else_changes(gates: Page) -> None:
    root = stepper(gates, "gates-over-time")
    still = root.locator("svg.still")
    heads = {
        text.inner_html(): float(text.get_attribute("x"))
        for text in still.locator("text").all()[: len(TIME) + 4]
        if re.fullmatch(r"\d+", text.inner_html())
    }
    found = root.evaluate(STEPS)
    for t, each in zip(TIME, found, strict=True):
        assert each["marks"] == pytest.approx([heads[str(t)]] * 2)
        assert sorted(each["now"]) == sorted([f"x-t{t - 1}-k0", *(f"{name}-t{t - 1}-u0" for name in "ifgoch")])
        assert each["written"] == found[0]["written"]


def test_words_stand_out_from_the_marked_column() -> None:
    for role in ("ink", "muted", "input", "cell", "hidden", *(f"gate-{name}" for name in "ifgo")):
        for words, ground in zip(ROLES[role], ROLES["input-soft"], strict=True):
            assert contrast(words, ground) >= 4.5, role


def test_they_begin_as_the_still_figures_and_the_keyboard_is_enough(tab: Page, site: Site) -> None:
    ready(tab, site)
    texts = "svg => [...svg.querySelectorAll('text')].map(text => text.textContent)"
    for figure in FIGURES:
        root = stepper(tab, figure)
        assert root.locator("svg.still").evaluate(texts) == root.locator("svg:not(.still)").evaluate(texts)
        expect(root.locator(".stepper__label")).to_have_text(f"t = {FIRST}")
        assert not set(re.findall(r"t = \d", root.locator("figcaption").inner_text())), "it holds at each step"
        expect(root.locator(".stepper__key")).to_contain_text("This unit ignores h: all its U are 0.")
    assert not np.any(RECURRENT)
    root, other = (stepper(tab, figure) for figure in FIGURES)
    shown, status = root.locator(".stepper__said"), root.locator("[role=status]")
    back, forward = (root.get_by_role("button", name=name) for name in ("Back", "Forward"))
    back.focus()
    tab.keyboard.press("Enter")
    expect(shown).to_have_text(said(1))
    assert status.inner_text() == ""
    expect(back).to_have_attribute("aria-disabled", "true")
    tab.keyboard.press("Enter")
    expect(shown).to_have_text(said(1))
    forward.click()
    expect(shown).to_have_text(said(2))
    root.get_by_role("slider", name="t = 2").focus()
    for key in ("End", "ArrowLeft"):
        tab.keyboard.press(key)
    expect(shown).to_have_text(said(9))
    expect(status).to_have_text(said(9))
    expect(other.locator(".stepper__said")).to_have_text(said(9))
    assert other.locator("[role=status]").inner_text() == "", "it is said once"


def test_play_goes_to_the_end_pauses_and_stops_with_the_page(browser: Browser, site: Site) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.clock.install()
        ready(page, site)
        page.evaluate(WAITING)
        other, root = (stepper(page, figure) for figure in FIGURES)
        shown, play = root.locator(".stepper__said"), root.locator(".stepper__play")
        page.clock.run_for(5000)
        expect(shown).to_have_text(said(2))
        play.click()
        expect(play).to_have_text("Pause")
        expect(other.locator(".stepper__play")).to_have_text("Pause")
        expect(shown).to_have_text(said(3))
        page.clock.run_for(2000)
        expect(shown).to_have_text(said(5))
        other.locator(".stepper__play").click()  # it is the same run
        expect(play).to_have_text("Play")
        page.clock.run_for(5000)
        expect(shown).to_have_text(said(5))
        play.click()
        page.clock.run_for(2000)
        root.get_by_role("button", name="Back").click()  # a hand stops it
        page.clock.run_for(5000)
        expect(shown).to_have_text(said(7))
        play.click()
        page.clock.run_for(9000)
        expect(shown).to_have_text(said(10))
        expect(play).to_have_text("Play")
        play.click()
        expect(shown).to_have_text(said(1))

        page.emulate_media(reduced_motion="reduce")  # who wants less motion steps by hand
        page.clock.run_for(3000)
        expect(shown).to_have_text(said(1))
        expect(play).to_be_hidden()
        play.dispatch_event("click")
        expect(shown).to_have_text(said(1))
        root.get_by_role("button", name="Forward").click()
        expect(shown).to_have_text(said(2))
        page.emulate_media(reduced_motion="no-preference")

        assert page.evaluate("waiting.size") == 0
        for _ in range(2):
            root.get_by_role("button", name="Forward").click()
            play.click()
            assert page.evaluate("waiting.size") == 1
            page.locator(".md-nav--primary").get_by_role("link", name="Glossary").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("which word")
            page.clock.run_for(1500)
            assert page.evaluate("waiting.size") == 0
            page.locator(".md-nav--primary").get_by_role("link", name="Gates").click()
            for figure in FIGURES:
                expect(stepper(page, figure)).to_be_attached()
                come(stepper(page, figure))
                expect(stepper(page, figure).locator(".stepper__said")).to_have_text(said(FIRST))
                expect(stepper(page, figure).locator(".stepper__play")).to_have_text("Play")
        assert page.url == f"{site.url}gates/"
        assert not problems


def test_without_script_no_room_is_kept_on_this_page(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site.url}gates/")
        for mount in page.locator("[data-widget]").all():
            box, caption = mount.locator("svg").bounding_box(), mount.locator("figcaption").bounding_box()
            assert box["y"] < mount.bounding_box()["y"] + 60
            assert caption["y"] < box["y"] + box["height"] + 30


def test_in_use_it_is_for_everyone_and_fits(tab: Page, site: Site) -> None:
    tab.emulate_media(color_scheme="dark")
    ready(tab, site)
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 900})
        for figure in FIGURES:
            assert all(found["fits"] for found in stepper(tab, figure).evaluate(STEPS)), (figure, width)
        assert tab.evaluate("document.documentElement.scrollWidth") == width
    assert not of_widgets(tab)
    tab.emulate_media(media="print")
    for part in tab.locator(".stepper__bar, .stepper__step").all():
        expect(part).to_be_hidden()
