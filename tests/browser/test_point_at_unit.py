"""The widget `point-at-unit`: what it lights and says of a unit is what lstm_ref does with it."""

import re
from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lstm_ref import LSTM, one_unit, step_jacobian, unit_columns
from lstm_ref.examples import worked_input, worked_layer
from tests.browser.accessibility import violations
from tests.built import Site
from tests.oracle import scalar_lstm

NAMES, UNITS, FEATURES = ("kernel", "recurrent_kernel", "bias"), 4, 3
FIGURES = {
    "parameters/": ["weights-by-unit"],
    "units/": ["n-unit-chain", "dense-vs-lstm", "two-views", "independent-or-not", "jacobian"],
}
COUNT_LISTENERS = """
    window.listeners = 0;
    const add = document.addEventListener;
    document.addEventListener = function (kind, listener, options) {
        if (options?.signal) {
            window.listeners++;
            options.signal.addEventListener("abort", () => window.listeners--);
        }
        add.call(document, kind, listener, options);
    };
"""
PRESS_0_AND_3 = """async mount => {
    const status = mount.querySelector("[role=status]"), buttons = mount.querySelectorAll(".point-at-unit__button"), said = [];
    let pressed;
    new MutationObserver(() => said.push([performance.now() - pressed, status.textContent]))
        .observe(status, { childList: true, characterData: true, subtree: true });
    buttons[0].click();
    await new Promise(done => setTimeout(done, 200));
    pressed = performance.now();
    buttons[3].click();
    await new Promise(done => setTimeout(done, 1500));
    return said;
}"""


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Site) -> Iterator[Page]:
    with browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce") as context:
        context.add_init_script(COUNT_LISTENERS)
        page = context.new_page()
        page.goto(site.url)
        yield page


def look_at(page: Page, site: Site, address: str) -> None:
    page.goto(site.url + address)
    mounts = page.locator('[data-widget="point-at-unit"]')
    expect(page.locator('[data-widget="point-at-unit"][data-ready]')).to_have_count(mounts.count())


def mount(page: Page, figure: str) -> Locator:
    return page.locator(f'[data-widget="point-at-unit"][data-figure="{figure}"]')


def button(page: Page, figure: str, unit: int) -> Locator:
    return mount(page, figure).get_by_role("button", name=f"unit {unit}", exact=True)


def sentence(page: Page, figure: str) -> str:
    return mount(page, figure).locator(".point-at-unit__sentence").inner_text()


def numbers(page: Page, figure: str) -> list[float]:
    found = re.findall(r"−?\d+(?:\.\d+)?", re.sub(r"(Dense|LSTM)\(4\)", "", sentence(page, figure)))
    return [float(number.replace("−", "-")) for number in found]


def lit(page: Page, figure: str) -> set[str]:
    ids = page.locator(f"#fig-{figure} svg .point-at-unit-lit[id]").evaluate_all("all => all.map(({ id }) => id)")
    return {each.removeprefix(f"{figure}-") for each in ids}


def shown(page: Page, address: str = "parameters/") -> set[int]:
    """The units that figures show, by a part of each that belongs to one unit only."""
    own = {
        "weights-by-unit": "kernel-r0-c{}",
        "n-unit-chain": "unit-t0-u{}",
        "dense-vs-lstm": "lstm-unit-u{}",
        "two-views": "unit-u{}",
        "independent-or-not": "dense-unit-u{}",
        "jacobian": "dh_dc-r{0}-c{0}-box",
    }
    found = [{j for j in range(UNITS) if own[each].format(j) in lit(page, each)} for each in FIGURES[address]]
    assert all(each == found[0] for each in found), "figures of a page are not in step"
    return found[0]


def what_a_weight_does(unit: int) -> dict[str, tuple[bool, bool]]:
    """For each weight, by a look at one step: does the unit compute with it; does it read the h of the unit?"""
    weights = worked_layer().get_weights()
    rng = np.random.default_rng(unit)
    x, h, c = rng.normal(size=(1, 1, FEATURES)), rng.normal(size=(1, UNITS)), rng.normal(size=(1, UNITS))
    silent = h.copy()
    silent[0, unit] = 0

    def step(changed: list[np.ndarray], state: np.ndarray) -> np.ndarray:
        layer = LSTM(UNITS)
        layer.set_weights(changed)
        trace = layer.trace(x, initial_state=[state, c])
        return np.array([getattr(trace, name)[0, 0] for name in "ifgo"])

    found = {}
    for k, name in enumerate(NAMES):
        for place in product(*map(range, weights[k].shape)):
            changed = [array.copy() for array in weights]
            changed[k][place] += 1
            moved = step(changed, h) != step(weights, h)
            heard = moved.any() and not (step(changed, silent) != step(weights, silent)).any()
            row, column = place if len(place) == 2 else (0, *place)
            found[f"{name}-r{row}-c{column}"] = (bool(moved[:, unit].any()), bool(heard))
    return found


@pytest.mark.parametrize("unit", range(UNITS))
def test_the_weights_that_light_up_are_those_of_the_unit(unit: int, reader: Page, site: Site) -> None:
    look_at(reader, site, f"parameters/?unit={unit}")
    does = what_a_weight_does(unit)
    cells = {each for each in lit(reader, "weights-by-unit") if "-r" in each}
    assert cells == {name for name, (computes, heard) in does.items() if computes or heard}
    columns = {f"column-{column}" for column in unit_columns(UNITS, unit)}
    assert {each for each in lit(reader, "weights-by-unit") if each.startswith("column")} == columns

    layer = worked_layer()
    own, row, itself = (
        unit_columns(UNITS, unit),
        layer.recurrent_kernel[unit].size,
        one_unit(layer.get_weights(), unit)[1].size,
    )
    size = sum(array[..., own].size for array in layer.get_weights())
    assert [sum(of) for of in zip(*does.values(), strict=True)] == [size, row]
    expected = [unit, 4, *own, size, unit, row, itself, unit, size + row - itself, layer.count_params()]
    assert numbers(reader, "weights-by-unit") == expected
    words = reader.locator("#fig-weights-by-unit svg text").evaluate_all(
        "all => all.filter(text => text.getClientRects().length).map(text => text.textContent)"
    )
    assert [each for each in words if each.startswith("unit")] == [f"unit {unit}: one column for each gate"]
    for column, name in zip(own, range(2, 16, 4), strict=True):  # the outlines of unit 2 went there
        cell, outline = (
            reader.locator(f"#weights-by-unit-{part}").bounding_box()
            for part in (f"kernel-r0-c{column}", f"outline-c{name}")
        )
        assert abs(cell["x"] + cell["width"] / 2 - outline["x"] - outline["width"] / 2) < 1


@pytest.mark.parametrize("unit", range(UNITS))
def test_the_other_figures_light_the_same_unit_and_say_its_numbers(unit: int, reader: Page, site: Site) -> None:
    look_at(reader, site, f"units/?unit={unit}")
    weights = worked_layer().get_weights()
    run = scalar_lstm(worked_input()[0], *weights)
    layer, x = worked_layer(), worked_input()
    trace = layer.trace(x)
    by = step_jacobian(x[1, 3], trace.h[1, 2], trace.c[1, 2], *weights)
    own = unit_columns(UNITS, unit)
    column, row = weights[1][:, own].size, weights[1][unit].size
    states = [run[name][t][unit] for name in "hc" for t in (1, 2)]
    expected = {
        "n-unit-chain": [unit, len(run["h"]), UNITS, UNITS],
        "dense-vs-lstm": [unit, FEATURES, unit, FEATURES, UNITS],
        "two-views": [unit, unit, *states],
        "independent-or-not": [
            unit,
            4,
            *own,
            column,
            unit,
            row,
            4,
            unit,
            np.count_nonzero(one_unit(weights, unit)[1]),
            0,
        ],
        "jacobian": [unit, unit, by.dc_dc[unit, unit], by.dh_dc[unit, unit], UNITS, *by.dc_dh[:, unit], unit, unit],
    }
    for figure, values in expected.items():
        found = numbers(reader, figure)
        assert len(found) == len(values) and np.allclose(found, values, rtol=0, atol=0.005 + 1e-9), figure

    timesteps = range(len(run["h"]))
    chain = {f"{name}-t{t}-u{unit}" for name in ("unit", "h", "c") for t in timesteps}
    assert {each for each in lit(reader, "n-unit-chain") if "wire" not in each} == chain
    blocks = {(r, c) for r, c in product(range(UNITS), range(4 * UNITS)) if r == unit or c in own}
    for half in ("dense", "diagonal"):
        cells = [re.match(rf"{half}-(?:weight|zero)-r(\d+)-c(\d+)", each) for each in lit(reader, "independent-or-not")]
        assert {(int(cell[1]), int(cell[2])) for cell in cells if cell} == blocks
    for table in ("dc_dc", "dh_dc", "dc_dh"):
        boxes = {each for each in lit(reader, "jacobian") if each.startswith(table) and each.endswith("box")}
        both = {(r, c) for r, c in product(range(UNITS), repeat=2) if unit in (r, c)}
        assert boxes == {f"{table}-r{r}-c{c}-box" for r, c in both}
    views = {f"{view}-{name}-t{t}-u{unit}-box" for view in "ab" for name in "hc" for t in (1, 2)}
    assert {each for each in lit(reader, "two-views") if each.endswith("box")} == views
    assert {each for each in lit(reader, "dense-vs-lstm") if "wire" not in each} == {
        f"dense-unit-u{unit}",
        f"lstm-unit-u{unit}",
    }
    wires = reader.locator("svg [id*='h-wire'][id*='-to-u']")
    for name, classes in wires.evaluate_all("all => all.map(({ id, classList }) => [id, [...classList]])"):
        ends = {int(j) for j in re.findall(r"-u(\d)", name)}
        assert ("point-at-unit-lit" in classes) == (unit in ends)


def test_lit_is_more_than_a_colour_and_no_word_fades(reader: Page, site: Site) -> None:
    look_at(reader, site, "units/?unit=2")
    assert reader.locator(".point-at-unit-line--row").count() == 2 + 3  # halves, tables
    assert reader.locator(".point-at-unit-line--column").count() == 2 * 4 + 3
    opacity = "all => all.map(each => getComputedStyle(each).opacity)"
    rest = reader.locator("svg .point-at-unit-rest:not(.point-at-unit-text)")
    assert set(rest.evaluate_all(opacity)) == {"0.25"}
    texts = reader.locator(".point-at-unit-text, .point-at-unit-lit").evaluate_all(opacity)
    assert set(texts) == {"1"}
    widths = "all => all.map(each => parseFloat(getComputedStyle(each).strokeWidth))"
    boxes = {
        kind: reader.locator(f'.point-at-unit-{kind}[id*="unit-t"] > rect').evaluate_all(widths)
        for kind in ("lit", "rest")
    }
    assert min(boxes["lit"]) > 2 * max(boxes["rest"])
    reader.emulate_media(forced_colors="active")
    assert (
        reader.locator(".point-at-unit-line").first.evaluate("line => getComputedStyle(line).stroke") == "rgb(0, 0, 0)"
    )
    edges = "all => all.map(each => [each.ariaPressed, getComputedStyle(each).borderTopWidth])"
    pressed = reader.locator(".point-at-unit__button").evaluate_all(edges)
    assert {tuple(each) for each in pressed} == {("true", "4px"), ("false", "2px")}
    reader.emulate_media(forced_colors="none")


def test_the_keyboard_is_enough(reader: Page, site: Site) -> None:
    look_at(reader, site, "units/")
    first = button(reader, "n-unit-chain", 0)
    reader.locator("body").press("Tab")  # a key, so that focus is seen
    first.focus()
    assert shown(reader, "units/") == {0}
    reader.keyboard.press("Tab")
    assert shown(reader, "units/") == {1}
    reader.keyboard.press("Enter")
    assert shown(reader, "units/") == {1}
    for figure in FIGURES["units/"]:
        pressed = [button(reader, figure, j).get_attribute("aria-pressed") for j in range(UNITS)]
        assert pressed == ["false", "true", "false", "false"]
    reader.keyboard.press("Tab")
    assert shown(reader, "units/") == {2}
    reader.keyboard.press("Shift+Tab")
    reader.keyboard.press("Space")  # a second press
    assert shown(reader, "units/") == set()
    reader.keyboard.press("Space")
    reader.keyboard.press("Escape")
    assert shown(reader, "units/") == set()
    assert reader.locator('[aria-pressed="true"]').count() == 0


def test_a_part_of_a_figure_is_pointed_at_clicked_and_tapped(reader: Page, browser: Browser, site: Site) -> None:
    look_at(reader, site, "parameters/")
    reader.locator("#weights-by-unit-recurrent_kernel-r0-c7").hover()
    assert shown(reader) == {3}
    reader.locator("#weights-by-unit-kernel-r1-c4").hover()
    assert shown(reader) == {0}
    reader.keyboard.press("Escape")
    assert shown(reader) == set()
    reader.locator("#weights-by-unit-kernel-r2-c4").hover()
    assert shown(reader) == set(), "it was let go, and the pointer is still on that unit"
    reader.locator("#weights-by-unit-bias-r0-c13").click()
    reader.mouse.move(0, 0)
    assert shown(reader) == {1}
    reader.locator("#weights-by-unit-bias-r0-c1").click()
    assert shown(reader) == set()
    look_at(reader, site, "units/")
    for part, unit in {
        "n-unit-chain-unit-t3-u1": 1,
        "jacobian-dc_dc-r0-c2-box": 2,
        "two-views-a-c-t2-u3-box": 3,
    }.items():
        reader.locator(f"#{part}").hover(force=True)  # its number stands over it
        assert shown(reader, "units/") == {unit}
    with browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True) as context:
        phone = context.new_page()
        look_at(phone, site, "parameters/")
        phone.locator("#weights-by-unit-kernel-r0-c15").tap()
        assert shown(phone) == {3}
        button(phone, "weights-by-unit", 0).tap()
        assert shown(phone) == {0}
        button(phone, "weights-by-unit", 0).tap()
        assert shown(phone) == set()
        for box in (each.bounding_box() for each in phone.locator(".point-at-unit__button").all()):
            assert box["width"] >= 24 and box["height"] >= 24


def test_the_address_has_the_chosen_unit_and_is_checked(reader: Page, site: Site) -> None:
    for bad in ("4", "-1", "2.5", "%F0"):
        look_at(reader, site, f"parameters/?unit={bad}")
        assert reader.locator(".point-at-unit-on, .point-at-unit-rest").count() == 0, bad
    assert reader.url.endswith("?unit=%F0"), "nothing was chosen, so nothing was written"
    look_at(reader, site, "parameters/?other=1&unit=3#count")
    assert shown(reader) == {3}
    button(reader, "weights-by-unit", 2).click()
    reader.wait_for_url(f"{site.url}parameters/?other=1&unit=2#count")
    button(reader, "weights-by-unit", 2).click()
    reader.wait_for_url(f"{site.url}parameters/?other=1#count")
    button(reader, "weights-by-unit", 1).hover()
    reader.wait_for_timeout(400)
    assert reader.url == f"{site.url}parameters/?other=1#count", "only what is chosen is written"
    button(reader, "weights-by-unit", 1).click()
    reader.locator('nav a[href$="#growth"]').first.evaluate(
        "link => link.click()"
    )  # as it was when the page was loaded
    reader.wait_for_url(f"{site.url}parameters/?other=1&unit=1#growth")
    assert shown(reader) == {1}


def test_the_sentence_is_said_once_where_it_was_asked_for(reader: Page, site: Site) -> None:
    look_at(reader, site, "units/")
    said = mount(reader, "jacobian").evaluate(PRESS_0_AND_3)
    assert len(said) == 1 and said[0][0] > 590, said
    assert said[0][1] == sentence(reader, "jacobian") and said[0][1].startswith("Column 3")
    assert [bool(text) for text in reader.locator(".point-at-unit__status").all_text_contents()] == [False] * 4 + [True]


def test_away_and_back_leaves_nothing_behind(reader: Page, site: Site) -> None:
    look_at(reader, site, "units/")
    assert reader.evaluate("window.listeners") == 1
    reader.evaluate("window.sameDocument = true")
    reader.on("pageerror", lambda error: pytest.fail(str(error)))
    for _ in range(2):
        link = reader.locator(".md-nav--primary").get_by_role("link", name="Gates", exact=True)
        button(reader, "two-views", 2).evaluate(
            "(button, link) => (button.click(), link.click())", link.element_handle()
        )
        reader.wait_for_url(site.url + "gates/")
        expect(reader.locator("[data-widget=point-at-unit]")).to_have_count(0)
        assert reader.evaluate("window.listeners") == 0
        reader.wait_for_timeout(500)
        assert reader.url == site.url + "gates/"
        reader.go_back()
        expect(mount(reader, "jacobian")).to_have_attribute("data-ready", "")
        assert reader.evaluate("window.listeners") == 1
        assert reader.locator(".point-at-unit").count() == len(FIGURES["units/"])
        assert shown(reader, "units/") == set()
    button(reader, "two-views", 2).click()
    reader.locator(".md-nav--primary").get_by_role("link", name="Parameters", exact=True).first.click()
    expect(mount(reader, "weights-by-unit")).to_have_attribute("data-ready", "")
    assert shown(reader) == set(), "another page has a choice of its own"
    button(reader, "weights-by-unit", 1).click()
    assert shown(reader) == {1}
    assert reader.evaluate("window.listeners") == 1
    assert reader.evaluate("window.sameDocument")


@pytest.mark.parametrize("address", FIGURES)
def test_printed_and_without_script_it_is_the_still_figure(
    address: str, browser: Browser, reader: Page, site: Site
) -> None:
    look_at(reader, site, f"{address}?unit=1")
    reader.emulate_media(media="print")
    with browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(site.url + address)
        assert plain.locator("[data-widget] button:not(.copy)").count() == 0
        plain.emulate_media(media="print")
        for figure in FIGURES[address]:
            still, printed = (page.locator(f"#fig-{figure} svg") for page in (plain, reader))
            assert printed.screenshot() == still.screenshot(), figure
            caption = [page.locator(f"#fig-{figure} figcaption").bounding_box()["y"] for page in (plain, reader)]
            below = [page.locator(f"#fig-{figure} svg").bounding_box()["y"] for page in (plain, reader)]
            assert caption[0] - below[0] == caption[1] - below[1], "no room is kept"
        assert not reader.locator(".point-at-unit").first.is_visible()
    reader.emulate_media(media="screen")


@pytest.mark.parametrize("address", FIGURES)
def test_it_is_for_everyone_and_nothing_moves(address: str, browser: Browser, site: Site) -> None:
    for width, scheme in ((1280, "light"), (360, "dark")):
        with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
            page = context.new_page()
            look_at(page, site, f"{address}?unit=1")
            page.locator("article > :not(h1, .widget)").evaluate_all("all => all.forEach(each => each.remove())")
            assert not violations(page)
            room = "all => all.map(each => each.offsetHeight + parseFloat(getComputedStyle(each).marginBottom))"
            for unit in range(UNITS):
                button(page, FIGURES[address][0], unit).evaluate("button => button.click()")
                over = page.locator(".point-at-unit").evaluate_all(room)
                assert all(abs(each) < 1 for each in over), "the sentence has no room"
                assert page.evaluate("document.documentElement.scrollWidth") <= width
