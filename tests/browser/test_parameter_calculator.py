"""The widget that counts weights: its total and its arrays are those of every recorded layer."""

import json
import math
import re
import time
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lstm_ref import LSTM
from tests.browser.accessibility import violations
from tests.built import Site
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/counts.json").read_text())["facts"]
RECORDED = [  # of each system of the widget
    ("keras", "keras-3", "arrays"),
    ("cudnn", "keras-2", "CuDNNLSTM-arrays"),
    ("pytorch", "pytorch", "arrays"),
    ("flax", "flax-linen", "arrays"),
    ("flax", "flax-nnx", "arrays"),
    ("onnx", "onnx-runtime", "arrays"),
]
COUNTED = [  # system, record, bias, layers, directions: without a list of their arrays
    ("keras", "keras-3.LSTM", True, 1, 1),
    ("keras", "keras-3.LSTM-no-bias", False, 1, 1),
    ("keras", "keras-3.Bidirectional", True, 1, 2),
    ("keras", "keras-2.LSTM", True, 1, 1),
    ("keras", "keras-2.LSTM-no-bias", False, 1, 1),
    ("keras", "keras-2.Bidirectional", True, 1, 2),
    ("cudnn", "keras-2.CuDNNLSTM", True, 1, 1),
    ("pytorch", "pytorch.LSTM", True, 1, 1),
    ("pytorch", "pytorch.LSTM-no-bias", False, 1, 1),
    ("pytorch", "pytorch.LSTM-bidirectional", True, 1, 2),
    ("pytorch", "pytorch.LSTM-two-layers", True, 2, 1),
    ("flax", "flax-linen.LSTMCell", True, 1, 1),
    ("flax", "flax-linen.OptimizedLSTMCell", True, 1, 1),
    ("flax", "flax-nnx.LSTMCell", True, 1, 1),
    ("flax", "flax-nnx.OptimizedLSTMCell", True, 1, 1),
    ("onnx", "onnx-runtime.W-R-B", True, 1, 1),
    ("onnx", "onnx-runtime.W-R", False, 1, 1),
]
KEYS = {"F": "features", "N": "units", "L": "layers", "D": "directions"}


@pytest.fixture
def calculator(page: Page, site: Site) -> Locator:
    return opened(page, site)


def opened(page: Page, site: Site, query: str = "") -> Locator:
    page.goto(f"{site.url}parameters/{query}")
    calculator = page.locator(".parameter-calculator")
    expect(calculator).to_be_visible()
    return calculator


def settings(key: str, **others: Any) -> dict[str, Any]:
    """Those that a key such as F=3,N=4,L=2,D=1,bias=True stands for."""
    given = dict(each.split("=") for each in key.split(","))
    bias = {"bias": given.pop("bias") == "True"} if "bias" in given else {}
    return {KEYS[name]: int(value) for name, value in given.items()} | bias | others


def arrays(page: Page, site: Site, cases: list[dict[str, Any]]) -> list[Any]:
    script = "async ([script, cases]) => { const it = await import(script); return cases.map(c => it.arrays(c)); }"
    return page.evaluate(script, [f"{site.url}assets/widgets/parameter-calculator/count.js", cases])


def bare(name: str) -> str:
    """The name of a recorded array without its layer and direction, as the widget's rows have it."""
    gate, _, kind = re.sub(r"_l\d(_reverse)?$", "", name).replace("if_", "if").partition(".")
    return f"bias of {gate}" if kind == "bias" else gate


def test_arrays_are_those_that_are_recorded(page: Page, site: Site) -> None:
    cases = [
        (settings(key, system=system), told.split(", "))
        for system, record, name in RECORDED
        for key, told in FACTS[record][name].items()
    ]
    assert len(cases) == 3 * 36 + 3 * 18
    for (given, told), found in zip(cases, arrays(page, site, [given for given, _ in cases]), strict=True):
        expected: Counter[tuple[str, str]] = Counter()
        for each in told:
            name, shape = each.split(" ")
            expected[bare(name), shape] += 1
        mine: Counter[tuple[str, str]] = Counter()
        for row in found:
            of = "bias of " if row["name"].startswith("bias of ") else ""
            names = row["name"].removeprefix("bias of ").split(", ")
            assert row["times"] == len(names)
            for name in names:
                mine[of + name, "x".join(map(str, row["shape"]))] += 1
        assert mine == expected, given
        sizes = [math.prod(map(int, each.split(" ")[1].split("x"))) for each in told]
        assert sum(row["size"] for row in found) == sum(sizes)


def test_totals_are_those_that_are_counted(page: Page, site: Site) -> None:
    cases = []
    for system, record, bias, layers, directions in COUNTED:
        framework, layer = record.split(".")
        others = {"system": system, "bias": bias, "layers": layers, "directions": directions}
        cases += [(settings(key, **others), count) for key, count in FACTS[framework][layer].items()]
    assert len(cases) == 9 * len(COUNTED)
    counted = {f"{framework}.{layer}" for framework in FACTS for layer in FACTS[framework]} - {"pytorch.LSTM-projected"}
    assert {record for _, record, *_ in COUNTED} == {each for each in counted if not each.endswith(("ran", "arrays"))}
    for (given, count), found in zip(cases, arrays(page, site, [given for given, _ in cases]), strict=True):
        assert sum(row["size"] for row in found) == count, given


def test_the_table_shows_them(calculator: Locator) -> None:
    for features, units in ((3, 4), (7, 5), (1_000_000, 100_000)):
        calculator.get_by_label("units").fill(str(units))
        calculator.get_by_label("features").fill(str(features))
        total = 4 * (units * (features + units) + units)
        if units < 10:
            layer = LSTM(units)
            layer.build((None, None, features))
            assert total == layer.count_params()
        expect(calculator.locator("tfoot td")).to_have_text(f"{total:,}")
        expect(calculator.locator("[class$=__answer]")).to_contain_text(f"{total:,} weights in Keras 3")
        first = calculator.locator("tbody tr").first.locator("td").all_inner_texts()
        assert first == ["1", "kernel", f"({features}, {4 * units})", f"{features * 4 * units:,}"]
    calculator.get_by_label("units").fill("4")
    calculator.get_by_label("features").fill("3")
    calculator.get_by_label("system").select_option("flax")
    assert calculator.locator("tbody tr").nth(2).locator("td").all_inner_texts() == [
        "1",
        "bias of hi, hf, hg, ho",
        "4 × (4,)",
        "16",
    ]
    expect(calculator.get_by_label("bias")).to_be_disabled()
    calculator.get_by_label("system").select_option("pytorch")
    calculator.get_by_label("bias").select_option("without")
    calculator.get_by_label("layers").select_option("2")
    calculator.get_by_label("directions").select_option("2")
    assert calculator.locator("tbody tr").nth(4).locator("td").all_inner_texts() == [
        "2 forward",
        "weight_ih",
        "(16, 8)",
        "128",
    ]
    expect(calculator.get_by_role("status")).to_contain_text(
        " weights in PyTorch: 2 layers of 4 units in each of 2 directions on 3 features."
    )


def test_it_says_what_is_no_size_and_takes_nothing_else_from_the_address(
    calculator: Locator, page: Page, site: Site
) -> None:
    for text in ("", "0", "-3", "1.5", "100001"):
        calculator.get_by_label("units").fill(text)
        expect(calculator.locator("[class$=__answer]")).to_have_text("Give units a whole number from 1 to 100,000.")
        expect(calculator.locator("table")).to_have_count(0)
    calculator.get_by_label("units").fill("7")
    calculator.get_by_label("bias").select_option("without")
    query = "?system=keras&units=7&features=50&layers=1&directions=1&bias=no"
    page.wait_for_url(f"{site.url}parameters/{query}")
    expect(opened(page, site, query).locator("tfoot td")).to_have_text(f"{4 * 7 * 57:,}")
    for odd in ("?units=1e99&layers=99", "?system=toString&directions=3", "?features=-1&bias=perhaps"):
        expect(opened(page, site, odd).locator("tfoot td")).to_have_text("29,440")


def test_the_keyboard_suffices_and_nothing_is_left_behind(calculator: Locator, page: Page, site: Site) -> None:
    for _ in range(2):
        calculator.get_by_label("units").focus()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("4")
        page.keyboard.press("Tab")
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type("3")
        expect(calculator.locator("tfoot td")).to_have_text("128")
        page.locator(".md-nav--primary").get_by_role("link", name="Gates", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("inside one unit")
        page.wait_for_timeout(700)
        assert page.url == f"{site.url}gates/"
        page.locator(".md-nav--primary").get_by_role("link", name="Parameters", exact=True).click()
        expect(page.locator(".parameter-calculator")).to_have_count(1)


def test_without_script_and_on_paper_the_table_stands(
    browser: Browser, page: Page, site: Site, calculator: Locator
) -> None:
    page.emulate_media(media="print")
    expect(calculator).to_be_hidden()
    expect(page.locator("[data-widget=parameter-calculator] table").last).to_be_visible()
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{site.url}parameters/")
        box = plain.locator("[data-widget=parameter-calculator]").bounding_box()
        assert box["height"] < plain.locator("[data-widget=parameter-calculator] table").bounding_box()["height"] + 60


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_it_is_for_everyone_and_nothing_shifts(browser: Browser, site: Site, width: int, scheme: str) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.add_init_script(
            "window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(each => shifts.push("
            "...each.sources.map(({ node }) => node).filter(node => !node?.closest?.('.figure-tools'))"
            ".map(node => node?.outerHTML ?? 'gone')))).observe({ type: 'layout-shift', buffered: true });"
        )  # what stands beside a copy button is the site's
        page.route("**/count.js", lambda route: (time.sleep(0.3), route.continue_()))  # later than a paint
        page.goto(f"{site.url}parameters/#parameter-calculator")
        expect(page.locator(".parameter-calculator")).to_be_attached()
        page.wait_for_timeout(300)
        assert not page.evaluate("shifts")
        calculator = page.locator(".parameter-calculator")
        calculator.get_by_label("system").select_option("flax")
        calculator.get_by_label("layers").select_option("4")
        calculator.get_by_label("directions").select_option("2")
        calculator.get_by_label("features").fill("1000000")
        for units in ("100000", ""):
            calculator.get_by_label("units").fill(units)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert not violations(page, rules={"target-size": {"enabled": True}})
        for control in calculator.locator(":is(input, select)").all():
            box = control.bounding_box()
            assert box["width"] >= 24 and box["height"] >= 24
