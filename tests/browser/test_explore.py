"""The explorer: what it shows of any layer and any hold is what lstm_ref computes, for mouse, touch and keyboard."""

import json
import random
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from lstm_ref import LSTM, diagonal_blocks
from tests.browser.accessibility import all_but_contrasts, violations
from tests.built import Site
from tests.oracle import scalar_lstm

POKES = 300
MOST = {"units": 6, "timesteps": 6, "features": 4}
RANGES = {"x": 6, "h": 1, "c": 4}

# Plays the reader: each poke sets the form, presses a number, writes a value, and notes what stands there then.
PLAY = """pokes => {
    const widget = document.querySelector(".explore");
    const part = name => widget.querySelector(`[data-part=${name}]`);
    const tell = (element, name) => element.dispatchEvent(new Event(name, { bubbles: true }));
    return pokes.map(({ sizes, diagonal, key, value }) => {
        const { elements } = widget.querySelector("form");
        for (const [name, size] of Object.entries(sizes)) elements[name].value = size;
        elements.recurrent_kernel.value = diagonal ? "diagonal" : "dense";
        tell(elements.units, "input");
        const number = widget.querySelector(`[data-key="${key}"]`);
        number.dispatchEvent(new PointerEvent("click", { bubbles: true, pointerType: "touch" }));
        part("field").value = value;
        tell(part("field"), "input");
        const numbers = [...widget.querySelectorAll(".num")].map(each => [each.dataset.key, {
            text: each.querySelector(".value").textContent,
            name: each.getAttribute("aria-label"),
            moved: each.classList.contains("moved"),
            strength: Number(each.querySelector(".tint").style.getPropertyValue("--moved")),
        }]);
        return { numbers: Object.fromEntries(numbers), words: part("held").textContent + " " + part("moved").textContent,
                 title: part("title").textContent, equations: [...part("equations").rows].map(row => row.innerText) };
    });
}"""


@pytest.fixture
def explore(tab: Page, site: Site) -> Page:
    visit(tab, site)
    return tab


def visit(page: Page, site: Site, query: str = "") -> None:
    page.goto(f"{site.url}explore/{query}")
    expect(page.locator("[data-widget=explore]")).to_have_attribute("data-ready", "")


def written(value: float) -> str:
    text = f"{value:.2f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def layer_of(site: Site, poke: dict[str, Any]) -> tuple[np.ndarray, ...]:
    """x, kernel, recurrent_kernel and bias of the layer that the reader chose: cut from the data that the site serves."""
    data = {
        key: np.array(each) for key, each in json.loads((site.root / "figures/every-number.json").read_text()).items()
    }
    units, timesteps, features = poke["sizes"].values()
    columns = [block * MOST["units"] + j for block in range(4) for j in range(units)]
    recurrent = data["recurrent_kernel"][:units, columns]
    recurrent = diagonal_blocks(recurrent) if poke["diagonal"] else recurrent
    return data["x"][:timesteps, :features], data["kernel"][:features, columns], recurrent, data["bias"][columns]


def run(weights: tuple[np.ndarray, ...], hold: tuple[str, int, int, float] | None) -> dict[str, np.ndarray]:
    """x, h and c at each t, the start included, step by step with lstm_ref; what is held is put in by hand."""
    x, layer = weights[0].copy(), LSTM(len(weights[2]))
    layer.set_weights([*weights[1:]])
    name, j, t_held, value = hold or ("", 0, -1, 0.0)
    if name == "x":
        x[t_held - 1, j] = value
    now = {"h": np.zeros(len(weights[2])), "c": np.zeros(len(weights[2]))}
    kept: dict[str, list[np.ndarray]] = {"h": [], "c": []}
    for t in range(len(x) + 1):
        if t:
            trace = layer.trace(x[np.newaxis, t - 1 : t], initial_state=[now["h"][np.newaxis], now["c"][np.newaxis]])
            now = {"h": trace.h[0, 0].copy(), "c": trace.c[0, 0].copy()}
        if t == t_held and name in now:
            now[name][j] = value
            if name == "c" and t:
                now["h"][j] = trace.o[0, 0, j] * np.tanh(value)
        for each, values in now.items():
            kept[each].append(values.copy())
    return {
        "x": np.array([np.full(x.shape[1], np.nan), *x]),
        **{each: np.array(values) for each, values in kept.items()},
    }


def poke(chance: random.Random) -> dict[str, Any]:
    sizes = {name: chance.randint(1, most) for name, most in MOST.items()}
    name = chance.choice("xhc")
    j = chance.randrange(sizes["features" if name == "x" else "units"])
    t = chance.randint(name == "x", sizes["timesteps"])
    value = round(chance.uniform(-RANGES[name], RANGES[name]), 2)
    return {"sizes": sizes, "diagonal": chance.random() < 0.4, "key": f"{name}.{j}.{t}", "value": value}


def test_words_colours_and_numbers_agree_with_lstm_ref(explore: Page, site: Site) -> None:
    chance = random.Random(5)
    pokes = [poke(chance) for _ in range(POKES)]
    not_at_all = 0
    for asked, seen in zip(pokes, explore.evaluate(PLAY, pokes), strict=True):
        name, j, t = asked["key"].split(".")
        weights, hold = layer_of(site, asked), (name, int(j), int(t), asked["value"])
        before, after = run(weights, None), run(weights, hold)
        units, timesteps, features = asked["sizes"].values()
        keys = {f"{each}.{unit}.{step}" for each in "hc" for unit in range(units) for step in range(timesteps + 1)}
        keys |= {f"x.{feature}.{step}" for feature in range(features) for step in range(1, timesteps + 1)}
        assert seen["numbers"].keys() == keys
        for key, number in seen["numbers"].items():
            each, row, step = key.split(".")
            old, new = (values[each][int(step), int(row)] for values in (before, after))
            assert number["text"] == written(new) and number["name"].endswith(f": {written(new)}"), (asked, key)
            assert number["moved"] == (old != new), (asked, key)
            assert (number["strength"] > 0.15) == (old != new)
        words = seen["words"]
        assert words.startswith(f"{seen['numbers'][asked['key']]['name'].partition(':')[0]}: ")
        assert f"{written(before[name][int(t), int(j)])} → {written(asked['value'])}." in words
        differ = (before["h"] != after["h"]) | (before["c"] != after["c"])
        moved = differ[1:]
        assert words_of(words) == (int(moved.sum()), moved.size, firsts(moved)), (asked, words)
        not_at_all += "not at all" in words
    assert POKES * 0.05 < not_at_all < POKES * 0.9


def firsts(moved: np.ndarray) -> dict[int, int]:
    """For each unit that moved the first t at which it did."""
    return {j: int(np.argmax(column)) + 1 for j, column in enumerate(moved.T) if column.any()}


def words_of(words: str) -> tuple[int, int, dict[int, int]]:
    """What the sentence says: how many boxes of how many moved, and from which t on each unit did."""
    if found := re.search(r"None of the (\d+) boxes moved", words):
        return 0, int(found[1]), {}
    found = re.search(r"(\d+) of (\d+) boxes moved(?: \(\d+ by less than 0\.005\))?: ([^;.]*)(?:; [^.]*)?\. ", words)
    assert found, words
    units: dict[int, int] = {}
    for who, t in re.findall(r"(.+?) (?:from|at) t = (\d)(?: on)?(?:, |$)", found[3]):
        count = int(re.search(r"\d|$", who)[0] or 1)
        if who.startswith("unit"):
            units |= {int(j): int(t) for j in re.findall(r"\d", who)}
        elif "other" in who:
            held = int(re.search(r"of unit (\d)", words)[1])
            units |= {j: int(t) for j in range(count + 1) if j != held}
        else:
            units |= {j: int(t) for j in range(count)}
    return int(found[1]), int(found[2]), units


def test_the_equations_are_those_of_the_run(explore: Page, site: Site) -> None:
    """For numbers that are not held: the value at the end of each line, and that the line adds up to it."""
    asked = {"sizes": {"units": 3, "timesteps": 4, "features": 2}, "diagonal": False, "key": "h.2.3", "value": 0.5}
    (seen,) = explore.evaluate(PLAY, [asked])
    assert seen["title"] == "Unit 2 at t = 3"
    visit(explore, site, "?units=3&timesteps=4&features=2&hold=c.2.3")
    rows = explore.locator(".explore-equations tr").evaluate_all("rows => rows.map(row => row.lastChild.textContent)")
    x, kernel, recurrent, bias = layer_of(site, asked)
    history = scalar_lstm(x, kernel, recurrent, bias)
    assert rows == [f"= {written(history[name][2][2])}" for name in "ifgoch"]
    shown = explore.locator(".explore-equations tr").evaluate_all("rows => rows.map(row => row.cells[2].textContent)")
    for name, words in zip("ifgo", shown, strict=False):
        terms = [float(term.replace("−", "-").replace(" ", "")) for term in re.findall(r"[−+]? ?\d+\.\d\d", words)]
        z = sum(terms)
        value = np.tanh(z) if name == "g" else 1 / (1 + np.exp(-z))
        assert abs(value - history[name][2][2]) < 0.01, words


ADDRESSES = [  # what is held, and the sizes, for what stands in the address
    ("?hold=c.1.2:NaN", None, (4, 5, 3)),
    ("?hold=c.1.2:", None, (4, 5, 3)),
    ("?hold=c.1.2:999", "4.00", (4, 5, 3)),
    ("?hold=h.1.2:-1e400", None, (4, 5, 3)),
    ("?hold=constructor.0.1:1&units=two&features=99&timesteps=-3", None, (4, 1, 4)),
    ("?hold=h.5.1:0.5", None, (4, 5, 3)),
    ("?hold=h.5.1:0.5&units=6", "0.50", (6, 5, 3)),
    ("?hold=x.0.0:1", None, (4, 5, 3)),
]


def test_an_address_is_checked(tab: Page, site: Site) -> None:
    for query, hold, sizes in ADDRESSES:
        visit(tab, site, query)
        shown = [int(tab.locator(f".explore select[name={name}]").input_value()) for name in MOST]
        assert tuple(shown) == sizes, query
        words = tab.locator(".explore-words").inner_text()
        assert f"→ {hold}." in words if hold else "Nothing is held" in words, query
        assert "NaN" not in tab.locator(".explore").inner_text()


def test_the_address_holds_what_the_reader_did(explore: Page) -> None:
    explore.locator("select[name=recurrent_kernel]").select_option("diagonal")
    explore.get_by_label("return_state").check()
    explore.get_by_role("button", name="c of unit 1").click()
    expect(explore).to_have_url(re.compile(r"\?return_state=True&recurrent_kernel=diagonal&hold=c\.1\.2:\S+$"))
    words = explore.locator(".explore-words").inner_text()
    assert "the other 3 units not at all" in words
    explore.reload()
    expect(explore.locator(".explore-words")).to_have_text(words, use_inner_text=True)


def test_each_link_of_the_page_pokes_though_the_theme_brings_the_same_page(explore: Page) -> None:
    words = explore.locator(".explore-words")
    links = explore.locator("article a[href*='?']")
    assert links.count() == 4
    for at, said in (
        (0, "the other 3 units from t = 3 on"),
        (1, "the other 3 units not at all"),
        (0, "from t = 3 on"),
        (3, "all 4"),
    ):
        links.nth(at).click()
        expect(words).to_contain_text(said)
        explore.wait_for_timeout(600)
        expect(words).to_contain_text(said)


def test_the_keyboard_alone_suffices(explore: Page) -> None:
    explore.get_by_role("button", name="h of unit 1").focus()
    chain = explore.locator(".explore-chain")
    assert chain.locator("[tabindex='0']").count() == 1
    explore.keyboard.press("Tab")
    chain.locator("[data-key='c.1.2']").focus()
    for key, at in (
        ("ArrowRight", "c.1.3"),
        ("ArrowDown", "h.2.3"),
        ("Home", "h.2.0"),
        ("End", "h.2.5"),
        ("ArrowUp", "c.1.5"),
    ):
        explore.keyboard.press(key)
        assert explore.evaluate("document.activeElement.dataset.key") == at
    old = chain.locator("[data-key='c.1.5'] .value").text_content()
    explore.keyboard.press("+")
    assert chain.locator("[data-key='c.1.5'] .value").text_content() != old
    explore.keyboard.press("Enter")
    assert explore.evaluate("document.activeElement.dataset.part") == "slider"
    explore.keyboard.press("Escape")
    assert explore.evaluate("document.activeElement.dataset.key") == "c.1.5"
    assert chain.locator("[data-key='c.1.5'] .value").text_content() == old


def test_what_is_held_is_said_once_the_hand_rests(explore: Page) -> None:
    status = explore.locator(".explore-status")
    explore.get_by_role("button", name="c of unit 1").click()
    assert status.text_content() == ""
    expect(status).to_have_text(re.compile(r"^c of unit 1 at t = 2: −0\.63 → 1\.00\. 13 of 20 boxes moved: .*\.$"))


def test_a_mouse_drags_a_number_and_a_finger_that_scrolls_chooses_none(explore: Page) -> None:
    number = explore.locator("[data-key='c.2.3']")
    box = number.bounding_box()
    assert box
    explore.mouse.move(box["x"] + 10, box["y"] + 5)
    explore.mouse.down()
    explore.mouse.move(box["x"] + 10, box["y"] - 35)
    explore.mouse.up()
    expect(explore.locator(".explore-words b")).to_have_text("c of unit 2 at t = 3: −0.62 → 0.38.")
    other = explore.locator("[data-key='c.0.1']")
    other.dispatch_event("pointerdown", {"pointerType": "touch", "button": 0})
    other.dispatch_event("pointercancel", {"pointerType": "touch"})
    expect(explore.locator(".explore-strip label")).to_have_text("c of unit 2 at t = 3")


def test_both_copies_say_where_they_are_from(explore: Page, site: Site) -> None:
    explore.get_by_role("button", name="c of unit 1").click()
    explore.get_by_role("button", name="Copy link").click()
    link = explore.evaluate("navigator.clipboard.readText()")
    assert link == f"{site.url}explore/?hold=c.1.2:1.00"
    explore.get_by_role("button", name="Copy as Markdown with picture").click()
    text = explore.evaluate("navigator.clipboard.readText()")
    assert "13 of 20 boxes moved: unit 1 from t = 2 on, the other 3 units from t = 3 on." in text
    assert f"({link})" in text and site.leads_somewhere(re.search(r"!\[[^\]]+\]\((\S+)\)", text)[1])


def test_it_is_for_everyone(tab: Page, site: Site) -> None:
    visit(tab, site, "?units=6&timesteps=6&features=4&return_state=True&hold=c.4.2:2")
    assert not violations(tab)
    tab.emulate_media(color_scheme="dark")
    tab.set_viewport_size({"width": 360, "height": 800})
    visit(tab, site, "?units=6&timesteps=6&features=4&hold=c.4.2:2")
    assert not violations(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    tab.locator(".explore summary").click()
    sizes = tab.locator(".explore :is(.num, button, input, select, summary)").evaluate_all(
        "all => all.map(each => [each.getBoundingClientRect(), each.outerHTML.slice(0, 80)])"
        ".filter(([box]) => box.width).map(([{ width, height }, text]) => [width, height, text])"
    )
    small = [each for each in sizes if min(each[:2]) < 24 and "checkbox" not in each[2]]
    assert len(sizes) > 90 and not small


def test_it_is_small_on_the_home_page_and_opens_at_a_click(tab: Page, site: Site) -> None:
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(site.url)
    widget = tab.locator("[data-widget=explore]")
    expect(widget.locator("svg")).to_have_count(1)
    assert not any("explore/main.js" in url for url in asked)
    widget.get_by_role("link", name="poke it").click()
    expect(widget.locator(".explore-words")).to_contain_text("the other 3 units from t = 3 on")
    expect(widget.locator(".lstm-figure")).to_be_hidden()
    controls = widget.locator("button, input, select").filter(visible=True)
    expect(controls).to_have_count(5)  # three to try, the slider, and back
    widget.get_by_role("button", name="h of unit 1").click()
    expect(widget.locator(".explore-words")).to_contain_text("h of unit 1 at t = 2: −0.16 → 0.50.")
    tab.wait_for_timeout(400)
    assert tab.url == site.url
    assert not all_but_contrasts(tab)
    widget.get_by_role("link").click()
    expect(tab.locator(".explore-settings")).to_be_visible()


# The least contrast of a number with what is behind it: the tint of its own cell over its box, or over the page.
CONTRAST = """() => {
    const rgb = text => { const found = text.match(/[\\d.]+/g).map(Number); return text.startsWith("color(srgb") ? found.slice(0, 3).map(v => v * 255) : found.slice(0, 3); };
    const over = (top, alpha, under) => top.map((value, k) => alpha * value + (1 - alpha) * under[k]);
    const luminance = colour => colour.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
    const page = rgb(getComputedStyle(document.body).backgroundColor);
    const found = [...document.querySelectorAll(".explore-chain .num")].map(cell => {
        const [name, j, t] = cell.dataset.key.split(".");
        const box = document.querySelector(`[data-box="${j}.${t}"]`);
        const [tint, text] = [...cell.children].map(getComputedStyle);
        const under = name === "x" ? page : rgb(getComputedStyle(box).fill);
        const [one, other] = [over(rgb(tint.fill), Number(tint.fillOpacity), under), rgb(text.fill)].map(luminance);
        return [(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), cell.dataset.key];
    });
    return found.sort((a, b) => a[0] - b[0])[0];
}"""


HOLDS = ["", "&hold=c.4.2:4", "&hold=c.4.2:0.4", "&hold=x.0.1:-6", "&recurrent_kernel=diagonal&hold=h.1.0:0.05"]


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_every_number_can_be_read(look: dict[str, Any], desk: BrowserContext, site: Site) -> None:
    page = desk.new_page()
    page.emulate_media(reduced_motion="reduce", **look)
    for hold in HOLDS:
        visit(page, site, f"?units=6&timesteps=6&features=4&return_sequences=True{hold}")
        least, key = page.evaluate(CONTRAST)
        assert least >= 4.5, (key, hold)
    page.close()


FRAMES = """async () => {
    const slider = document.querySelector("[data-part=slider]");
    const took = [];
    for (let k = 0; k < 60; k++) {
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        slider.value = -1 + k / 30;
        slider.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise(done => requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = done; channel.port2.postMessage(0); }));
        took.push(performance.now() - start);
    }
    return took;
}"""


def test_a_poke_is_seen_at_once(explore: Page, site: Site) -> None:
    """At 6 x 6, on a processor four times as slow: from the input to the end of the frame that shows it."""
    visit(explore, site, "?units=6&timesteps=6&features=4&hold=c.4.2:2")
    session = explore.context.new_cdp_session(explore)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    took = sorted(explore.evaluate(FRAMES))
    print(f"median {took[30]:.0f} ms, 95th percentile {took[57]:.0f} ms")
    assert took[57] < 1000  # the budget is 50 ms, on a machine that does nothing else
