"""The stepper on the two figures of the latch: each step's numbers, in the drawing and in the equations, are the run's."""

import math
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from diagrams.palette import ROLES
from diagrams.parts import number
from lstm_ref.examples import latch
from tests.browser.accessibility import violations
from tests.built import Site
from tests.diagrams.contrast import contrast
from tests.oracle import scalar_lstm

LAYER, X = latch()
KERNEL, RECURRENT, BIAS = (array.tolist() for array in LAYER.get_weights())
RUN = {name: [0.0, *(row[0] for row in rows)] for name, rows in scalar_lstm(X[0], KERNEL, [[0] * 4], BIAS).items()}
FIGURES = {"inside-one-unit": 2, "gates-over-time": 1}  # and the step that each begins with
TIME = range(1, 11)
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")

STEPS = """root => Array.from({ length: 10 }, (_, before) => {
    const slider = root.querySelector("input");
    slider.value = before + 1;
    slider.dispatchEvent(new Event("input"));
    const svg = root.querySelector("svg:not(.still)");
    const own = text => [...text.closest("[data-gid]")?.querySelectorAll("text") ?? []].includes(text);
    return {
        said: root.querySelector(".stepper__said").textContent,
        described: svg.getAttribute("aria-label"),
        rows: [...root.querySelectorAll(".stepper__row")].map(row => [...row.children].map(cell => cell.textContent)),
        written: Object.fromEntries([...svg.querySelectorAll("text")].filter(own)
            .map(text => [text.closest("[data-gid]").dataset.gid, text.textContent])),
        now: [...svg.querySelectorAll(".stepper__now")].map(group => group.dataset.gid),
        marks: [...svg.querySelectorAll(".stepper__column, .stepper__frame")].map(({ x, width }) =>
            x.baseVal.value + width.baseVal.value / 2),
        fits: [...root.querySelectorAll(".stepper__bar, .stepper__step")].every(it => it.scrollHeight <= it.clientHeight),
    };
})"""
SHIFTS = """window.moved = [];
new PerformanceObserver(list => window.moved.push(...list.getEntries().flatMap(({ sources }) =>
    sources.filter(({ node }) => !node?.parentElement?.closest(".figure-tools")).map(({ node }) => node?.nodeName ?? "?")
))).observe({ type: "layout-shift", buffered: true });"""  # beside the theme's own: a button to copy that comes late


def ready(page: Page, site: Site, anchor: str = "") -> None:
    page.goto(f"{site.url}gates/{anchor}")
    for figure in FIGURES:
        expect(stepper(page, figure).locator("xpath=self::*[@data-ready]")).to_be_attached()


def stepper(page: Page, figure: str) -> Locator:
    return page.locator(f"[data-widget=stepper][data-figure={figure}]")


@pytest.fixture
def gates(browser: Browser, site: Site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        ready(page, site)
        yield page


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
                name + now,
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


@pytest.mark.parametrize("figure", FIGURES)
def test_it_begins_as_the_still_figure(figure: str, gates: Page) -> None:
    root = stepper(gates, figure)
    texts = "svg => [...svg.querySelectorAll('text')].map(text => text.textContent)"
    assert root.locator("svg.still").evaluate(texts) == root.locator("svg:not(.still)").evaluate(texts)
    expect(root.locator(".stepper__label")).to_have_text(f"t = {FIGURES[figure]}")


def test_by_hand_and_by_keyboard(gates: Page) -> None:
    root = stepper(gates, "inside-one-unit")
    shown = root.locator(".stepper__said")
    back, forward = (root.get_by_role("button", name=name) for name in ("Back", "Forward"))
    back.focus()
    gates.keyboard.press("Enter")
    expect(shown).to_have_text(said(1))
    assert root.locator("[role=status]").inner_text() == ""
    expect(back).to_have_attribute("aria-disabled", "true")
    gates.keyboard.press("Enter")
    expect(shown).to_have_text(said(1))
    forward.click()
    expect(shown).to_have_text(said(2))
    root.get_by_role("slider", name="t = 2").focus()
    for key in ("End", "ArrowLeft"):
        gates.keyboard.press(key)
    expect(shown).to_have_text(said(9))
    expect(root.locator("[role=status]")).to_have_text(said(9))
    expect(stepper(gates, "gates-over-time").locator(".stepper__said")).to_have_text(said(1))


def test_play_goes_to_the_end_and_pauses(browser: Browser, site: Site) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.clock.install()
        ready(page, site)
        root = stepper(page, "gates-over-time")
        shown, play = root.locator(".stepper__said"), root.locator(".stepper__play")
        page.clock.run_for(5000)
        expect(shown).to_have_text(said(1))
        play.click()
        expect(play).to_have_text("Pause")
        expect(shown).to_have_text(said(2))
        page.clock.run_for(2000)
        expect(shown).to_have_text(said(4))
        play.click()
        page.clock.run_for(5000)
        expect(shown).to_have_text(said(4))
        play.click()
        page.clock.run_for(3000)
        root.get_by_role("button", name="Back").click()  # a hand stops it
        page.clock.run_for(5000)
        expect(shown).to_have_text(said(7))
        play.click()
        page.clock.run_for(9000)
        expect(shown).to_have_text(said(10))
        expect(play).to_have_text("Play")
        play.click()
        expect(shown).to_have_text(said(1))


def test_who_wants_less_motion_steps_by_hand(browser: Browser, site: Site) -> None:
    with browser.new_context(reduced_motion="reduce") as context:
        page = context.new_page()
        ready(page, site)
        root = stepper(page, "gates-over-time")
        play = root.locator(".stepper__play")
        expect(play).to_be_hidden()
        play.dispatch_event("click")
        expect(root.locator(".stepper__said")).to_have_text(said(1))
        root.get_by_role("button", name="Forward").click()
        expect(root.locator(".stepper__said")).to_have_text(said(2))


def test_another_page_leaves_nothing_behind(gates: Page, site: Site) -> None:
    problems: list[str] = []
    gates.on("pageerror", lambda error: problems.append(str(error)))
    gates.evaluate("""() => {
        window.waiting = new Set();
        const set = window.setTimeout;
        window.setTimeout = (act, wait, ...more) => {
            const id = set(() => { window.waiting.delete(id); act(); }, wait, ...more);
            if (wait === 1000) window.waiting.add(id);
            return id;
        };
    }""")
    for _ in range(2):
        stepper(gates, "inside-one-unit").get_by_role("button", name="Play").click()
        assert gates.evaluate("waiting.size") == 1
        gates.locator(".md-nav--primary").get_by_role("link", name="Glossary").click()
        expect(gates.get_by_role("heading", level=1)).to_contain_text("Which word")
        gates.wait_for_timeout(1500)
        assert gates.evaluate("waiting.size") == 0
        gates.locator(".md-nav--primary").get_by_role("link", name="Gates").click()
        for figure, t in FIGURES.items():
            expect(stepper(gates, figure).locator(".stepper__said")).to_have_text(said(t))
            assert stepper(gates, figure).locator(".stepper__bar").count() == 1
        assert gates.url == f"{site.url}gates/"
    assert not problems


def test_on_paper_the_still_figures_stand_alone(gates: Page) -> None:
    for figure in FIGURES:
        root = stepper(gates, figure)
        root.evaluate(STEPS)
        gates.emulate_media(media="print")
        expect(root.locator("svg.still")).to_be_visible()
        expect(root.locator("svg:not(.still)")).to_be_hidden()
        for part in (".stepper__bar", ".stepper__step"):
            expect(root.locator(part)).to_be_hidden()
        gates.emulate_media(media="screen")


def test_without_script_the_figures_are_there_and_no_room(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{site.url}gates/")
        for figure in FIGURES:
            svg = stepper(page, figure).locator(".lstm-figure svg")
            expect(svg).to_be_visible()
            box, caption = svg.bounding_box(), stepper(page, figure).locator("figcaption").bounding_box()
            assert box["y"] < stepper(page, figure).bounding_box()["y"] + 60
            assert caption["y"] < box["y"] + box["height"] + 30
        expect(page.locator("#gates ~ .language-text").first).to_contain_text("o 0.95")


@pytest.mark.parametrize(("width", "scheme", "other"), [(360, "dark", 1280), (1280, "light", 360)])
def test_in_use_it_is_for_everyone_and_fits(width: int, scheme: str, other: int, browser: Browser, site: Site) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.add_init_script(SHIFTS)
        for anchor in ("#over-time", ""):
            ready(page, site, anchor)
            page.wait_for_timeout(300)
            assert page.evaluate("window.moved") == []
            page.goto("about:blank")
        ready(page, site)
        for each in (other, width):
            page.set_viewport_size({"width": each, "height": 900})
            for figure in FIGURES:
                assert all(found["fits"] for found in stepper(page, figure).evaluate(STEPS)), (figure, each)
            assert page.evaluate("document.documentElement.scrollWidth") == each
            for control in page.locator(".stepper__bar :is(button, input)").all():
                box = control.bounding_box()
                assert box["width"] >= 24 and box["height"] >= 24
        assert not violations(page)
