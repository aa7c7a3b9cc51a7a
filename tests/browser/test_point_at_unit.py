"""The widget `point-at-unit`: what it lights and says of a unit is what lstm_ref does with it."""

import re
from collections.abc import Callable, Iterator
from itertools import product

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from lstm_ref import LSTM, one_unit, step_jacobian, unit_columns
from lstm_ref.examples import worked_input, worked_layer
from tests.browser.accessibility import of_widgets
from tests.browser.mounts import come
from tests.browser.scripts import call
from tests.built import Site
from tests.oracle import scalar_lstm

NAMES, UNITS, FEATURES = ("kernel", "recurrent_kernel", "bias"), 4, 3
FIGURES = {
    "parameters/": ["weights-by-unit"],
    "units/": ["n-unit-chain", "dense-vs-lstm", "two-views", "independent-or-not"],
    "state/": ["jacobian"],
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
    await new Promise(done => setTimeout(done, 900));
    return said;
}"""


@pytest.fixture(scope="module")
def opened(desk: BrowserContext, site: Site) -> Iterator[dict[str, Page]]:
    pages = {}
    for address in FIGURES:
        pages[address] = desk.new_page()
        pages[address].emulate_media(reduced_motion="reduce")
        look_at(pages[address], site, address)
    yield pages
    for page in pages.values():
        page.close()


@pytest.fixture
def reader(opened: dict[str, Page]) -> Callable[[str], Page]:
    """One page of each address for all tests, with nothing chosen and the pointer elsewhere."""

    def read(address: str) -> Page:
        page = opened[address]
        page.bring_to_front()  # one in the background paints seldom
        page.mouse.move(0, 0)
        page.keyboard.press("Escape")
        assert shown(page, address) == set()
        return page

    return read


def look_at(page: Page, site: Site, address: str) -> None:
    page.goto(site.url + address)
    come(page.locator('[data-widget="point-at-unit"]'))


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

    found, before, without = {}, step(weights, h), step(weights, silent)
    for k, name in enumerate(NAMES):
        for place in product(*map(range, weights[k].shape)):
            changed = [array.copy() for array in weights]
            changed[k][place] += 1
            moved = step(changed, h) != before
            heard = moved.any() and not (step(changed, silent) != without).any()
            row, column = place if len(place) == 2 else (0, *place)
            found[f"{name}-r{row}-c{column}"] = (bool(moved[:, unit].any()), bool(heard))
    return found


@pytest.mark.parametrize("unit", range(UNITS))
def test_the_weights_that_light_up_are_those_of_the_unit(unit: int, reader: Callable[[str], Page]) -> None:
    page = reader("parameters/")
    button(page, "weights-by-unit", unit).click()
    does = what_a_weight_does(unit)
    cells = {each for each in lit(page, "weights-by-unit") if "-r" in each}
    assert cells == {name for name, (computes, heard) in does.items() if computes or heard}
    columns = {f"column-{column}" for column in unit_columns(UNITS, unit)}
    assert {each for each in lit(page, "weights-by-unit") if each.startswith("column")} == columns

    layer = worked_layer()
    own, row, itself = (
        unit_columns(UNITS, unit),
        layer.recurrent_kernel[unit].size,
        one_unit(layer.get_weights(), unit)[1].size,
    )
    size = sum(array[..., own].size for array in layer.get_weights())
    assert [sum(of) for of in zip(*does.values(), strict=True)] == [size, row]
    expected = [unit, 4, *own, size, unit, row, itself, unit, size + row - itself, layer.count_params()]
    assert numbers(page, "weights-by-unit") == expected
    words = page.locator("#fig-weights-by-unit svg text").evaluate_all(
        "all => all.filter(text => text.getClientRects().length).map(text => text.textContent)"
    )
    assert [each for each in words if each.startswith("unit")] == [f"unit {unit}: one column for each gate"]
    for column, name in zip(own, range(2, 16, 4), strict=True):  # the outlines of unit 2 went there
        cell, outline = (
            page.locator(f"#weights-by-unit-{part}").bounding_box()
            for part in (f"kernel-r0-c{column}", f"outline-c{name}")
        )
        assert abs(cell["x"] + cell["width"] / 2 - outline["x"] - outline["width"] / 2) < 1


@pytest.mark.parametrize("unit", range(UNITS))
def test_the_other_figures_light_the_same_unit_and_say_its_numbers(unit: int, reader: Callable[[str], Page]) -> None:
    state, page = reader("state/"), reader("units/")
    button(state, "jacobian", unit).click()
    button(page, "two-views", unit).click()
    weights = worked_layer().get_weights()
    run = scalar_lstm(worked_input()[0], *weights)
    layer, x = worked_layer(), worked_input()
    trace = layer.trace(x)
    by = step_jacobian(x[1, 3], trace.h[1, 2], trace.c[1, 2], *weights)
    own = unit_columns(UNITS, unit)
    column, row, itself = weights[1][:, own].size, weights[1][unit].size, np.count_nonzero(one_unit(weights, unit)[1])
    states = [run[name][t][unit] for name in "hc" for t in (1, 2)]
    expected = {
        "n-unit-chain": [unit, len(run["h"]), UNITS, UNITS],
        "dense-vs-lstm": [unit, FEATURES, unit, FEATURES, UNITS],
        "two-views": [unit, unit, *states],
        "independent-or-not": [
            unit,
            UNITS,
            *own,
            column,
            UNITS,
            unit,
            row,
            itself,
            row + column - 2 * itself,
            0,
        ],
        "jacobian": [unit, unit, by.dc_dc[unit, unit], by.dh_dc[unit, unit], UNITS, *by.dc_dh[:, unit], unit, unit],
    }
    for figure, values in expected.items():
        found = numbers(state if figure == "jacobian" else page, figure)
        assert len(found) == len(values) and np.allclose(found, values, rtol=0, atol=0.005 + 1e-9), figure

    timesteps = range(len(run["h"]))
    chain = {f"{name}-t{t}-u{unit}" for name in ("unit", "h", "c") for t in timesteps}
    assert {each for each in lit(page, "n-unit-chain") if "wire" not in each} == chain
    blocks = {(r, c) for r, c in product(range(UNITS), range(4 * UNITS)) if r == unit or c in own}
    for half in ("dense", "diagonal"):
        cells = [re.match(rf"{half}-(?:weight|zero)-r(\d+)-c(\d+)", each) for each in lit(page, "independent-or-not")]
        assert {(int(cell[1]), int(cell[2])) for cell in cells if cell} == blocks
    for table in ("dc_dc", "dh_dc", "dc_dh"):
        boxes = {each for each in lit(state, "jacobian") if each.startswith(table) and each.endswith("box")}
        both = {(r, c) for r, c in product(range(UNITS), repeat=2) if unit in (r, c)}
        assert boxes == {f"{table}-r{r}-c{c}-box" for r, c in both}
    views = {f"{view}-{name}-t{t}-u{unit}-box" for view in "ab" for name in "hc" for t in (1, 2)}
    assert {each for each in lit(page, "two-views") if each.endswith("box")} == views
    assert {each for each in lit(page, "dense-vs-lstm") if "wire" not in each} == {
        f"dense-unit-u{unit}",
        f"lstm-unit-u{unit}",
    }
    wires = page.locator("svg [id*='h-wire'][id*='-to-u']")
    for name, classes in wires.evaluate_all("all => all.map(({ id, classList }) => [id, [...classList]])"):
        ends = {int(j) for j in re.findall(r"-u(\d)", name)}
        assert ("point-at-unit-lit" in classes) == (unit in ends)


def test_lit_is_more_than_a_colour_and_no_word_fades(reader: Callable[[str], Page]) -> None:
    for address, figure, rows, columns in (("state/", "jacobian", 3, 3), ("units/", "independent-or-not", 2, 2 * 4)):
        page = reader(address)
        button(page, figure, 2).click()
        assert page.locator(".point-at-unit-line--row").count() == rows, "one for each table or half"
        assert page.locator(".point-at-unit-line--column").count() == columns
    opacity = "all => all.map(each => getComputedStyle(each).opacity)"
    rest = page.locator("svg .point-at-unit-rest:not(.point-at-unit-text)")
    assert set(rest.evaluate_all(opacity)) == {"0.25"}
    texts = page.locator(".point-at-unit-text, .point-at-unit-lit").evaluate_all(opacity)
    assert set(texts) == {"1"}
    widths = "all => all.map(each => parseFloat(getComputedStyle(each).strokeWidth))"
    boxes = {
        kind: page.locator(f'rect.point-at-unit-{kind}[id*="unit-t"]').evaluate_all(widths) for kind in ("lit", "rest")
    }
    assert min(boxes["lit"]) > 2 * max(boxes["rest"])
    page.emulate_media(forced_colors="active")
    assert page.locator(".point-at-unit-line").first.evaluate("line => getComputedStyle(line).stroke") == "rgb(0, 0, 0)"
    edges = "all => all.map(each => [each.ariaPressed, getComputedStyle(each).borderTopWidth])"
    pressed = page.locator(".point-at-unit__button").evaluate_all(edges)
    assert {tuple(each) for each in pressed} == {("true", "4px"), ("false", "2px")}
    page.emulate_media(forced_colors="none")


def test_the_keyboard_is_enough(reader: Callable[[str], Page]) -> None:
    page = reader("units/")
    first = button(page, "n-unit-chain", 0)
    page.locator("body").press("Tab")  # a key, so that focus is seen
    first.focus()
    assert shown(page, "units/") == {0}
    page.keyboard.press("Tab")
    assert shown(page, "units/") == {1}
    page.keyboard.press("Enter")
    assert shown(page, "units/") == {1}
    for figure in FIGURES["units/"]:
        pressed = [button(page, figure, j).get_attribute("aria-pressed") for j in range(UNITS)]
        assert pressed == ["false", "true", "false", "false"]
    page.keyboard.press("Tab")
    assert shown(page, "units/") == {2}
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")  # a second press
    assert shown(page, "units/") == set()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    assert shown(page, "units/") == set()
    assert page.locator('[aria-pressed="true"]').count() == 0


def test_a_part_of_a_figure_is_pointed_at_and_clicked(reader: Callable[[str], Page]) -> None:
    page = reader("parameters/")
    page.locator("#weights-by-unit-recurrent_kernel-r0-c7").hover()
    assert shown(page) == {3}
    page.locator("#weights-by-unit-kernel-r1-c4").hover()
    assert shown(page) == {0}
    page.keyboard.press("Escape")
    assert shown(page) == set()
    page.locator("#weights-by-unit-kernel-r2-c4").hover()
    assert shown(page) == set(), "it was let go, and the pointer is still on that unit"
    page.locator("#weights-by-unit-bias-r0-c13").click()
    page.mouse.move(0, 0)
    assert shown(page) == {1}
    page.locator("#weights-by-unit-bias-r0-c1").click()
    assert shown(page) == set()
    parts = [
        ("units/", "n-unit-chain-unit-t3-u1", 1),
        ("units/", "two-views-a-c-t2-u3-box", 3),
        ("state/", "jacobian-dc_dc-r0-c2-box", 2),
    ]
    for address, part, unit in parts:
        page = reader(address)
        page.locator(f"#{part}").hover(force=True)  # its number stands over it
        assert shown(page, address) == {unit}


def test_what_the_address_says_is_checked(tab: Page, site: Site) -> None:
    asked = {"?unit=3": 3, "?other=1&unit=0": 0, "": None, "?unit=": None}
    asked |= dict.fromkeys(("?unit=4", "?unit=-1", "?unit=2.5", "?unit=%F0", "?unit=03", "?unit=%201"))
    cases = [(search, UNITS) for search in asked]
    assert call(tab, site, "point-at-unit/chosen", "asked", cases) == list(asked.values())


def test_the_address_has_the_chosen_unit(tab: Page, site: Site) -> None:
    tab.add_init_script(COUNT_LISTENERS)
    look_at(tab, site, "parameters/?other=1&unit=3#count")
    assert shown(tab) == {3}
    button(tab, "weights-by-unit", 2).click()
    tab.wait_for_url(f"{site.url}parameters/?other=1&unit=2#count")
    button(tab, "weights-by-unit", 2).click()
    tab.wait_for_url(f"{site.url}parameters/?other=1#count")
    button(tab, "weights-by-unit", 1).hover()
    tab.wait_for_timeout(300)
    assert tab.url == f"{site.url}parameters/?other=1#count", "only what is chosen is written"
    button(tab, "weights-by-unit", 1).click()
    link = tab.locator('nav a[href$="#growth"]').first  # as it was when the page was loaded
    mount(tab, "weights-by-unit").evaluate("mount => mount.dataset.old = ''")
    link.evaluate("link => link.click()")
    expect(tab.locator("[data-old]")).to_have_count(0)  # the theme brings the page anew
    come(mount(tab, "weights-by-unit"))
    tab.wait_for_url(f"{site.url}parameters/?other=1&unit=1#growth")
    assert shown(tab) == {1}
    tab.evaluate("window.sameDocument = true")
    tab.locator(".md-nav--primary").get_by_role("link", name="Units", exact=True).first.click()
    expect(mount(tab, "two-views")).to_be_attached()
    come(tab.locator('[data-widget="point-at-unit"]'))
    assert shown(tab, "units/") == set(), "another page has a choice of its own"
    button(tab, "two-views", 2).click()
    assert shown(tab, "units/") == {2}
    assert tab.evaluate("window.listeners") == 1
    assert tab.evaluate("window.sameDocument")


def test_the_sentence_is_said_once_where_it_was_asked_for(tab: Page, site: Site) -> None:
    look_at(tab, site, "units/")
    last = FIGURES["units/"][-1]
    said = mount(tab, last).evaluate(PRESS_0_AND_3)
    assert len(said) == 1 and said[0][0] > 590, said
    assert said[0][1] == sentence(tab, last) and said[0][1].startswith("Unit 3")
    assert [bool(text) for text in tab.locator(".point-at-unit__status").all_text_contents()] == [False] * 3 + [True]


def test_printed_it_is_the_still_figure_and_without_script_no_room_is_kept(
    browser: Browser, reader: Callable[[str], Page], site: Site
) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False) as context:
        plain = context.new_page()
        for address, figures in FIGURES.items():
            page = reader(address)
            button(page, figures[0], 1).click()
            page.emulate_media(media="print")
            plain.goto(site.url + address)
            plain.emulate_media(media="print")
            for figure in figures:
                still, printed = (each.locator(f"#fig-{figure} svg") for each in (plain, page))
                assert printed.screenshot() == still.screenshot(), figure
                caption = [each.locator(f"#fig-{figure} figcaption").bounding_box()["y"] for each in (plain, page)]
                below = [each.locator(f"#fig-{figure} svg").bounding_box()["y"] for each in (plain, page)]
                assert caption[0] - below[0] == caption[1] - below[1], "no room is kept"
            assert not page.locator(".point-at-unit").first.is_visible()
            page.emulate_media(media="screen")


def test_on_a_phone_it_is_tapped_fits_and_is_for_everyone(browser: Browser, site: Site) -> None:
    room = "all => all.map(each => each.offsetHeight + parseFloat(getComputedStyle(each).marginBottom))"
    size = {"width": 360, "height": 780}
    with browser.new_context(viewport=size, color_scheme="dark", has_touch=True) as context:
        phone = context.new_page()
        for address, figures in FIGURES.items():
            phone.set_viewport_size(size)
            look_at(phone, site, address)
            labels = phone.locator(".point-at-unit__label").filter(visible=True)
            several = len(figures) if len(figures) > 1 else 0
            expect(labels).to_have_text(["Light up in all figures of this page:"] * several)
            if address == "parameters/":
                phone.locator("#weights-by-unit-kernel-r0-c15").tap()
                assert shown(phone) == {3}
                button(phone, "weights-by-unit", 0).tap()
                assert shown(phone) == {0}
                button(phone, "weights-by-unit", 0).tap()
                assert shown(phone) == set()
            for width in (1280, 360):
                phone.set_viewport_size({"width": width, "height": 900})
                for unit in range(UNITS):
                    button(phone, figures[0], unit).evaluate("button => button.click()")
                    over = phone.locator(".point-at-unit").evaluate_all(room)
                    assert all(abs(each) < 1 for each in over), "the sentence has no room"
                    assert phone.evaluate("document.documentElement.scrollWidth") <= width
            assert not of_widgets(phone)
            phone.emulate_media(color_scheme="dark")
