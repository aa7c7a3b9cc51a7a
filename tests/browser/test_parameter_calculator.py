"""The widget that counts weights: its total and its arrays are those of every recorded layer."""

import json
import math
import re
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lstm_ref import LSTM
from tests.browser.accessibility import violations
from tests.browser.mounts import come
from tests.browser.scripts import call
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


FIRST = {"system": "keras", "units": 64, "features": 50, "bias": True, "layers": 1, "directions": 1}
ASKED = [
    ("", {}),
    (
        "?system=flax&units=7&features=3&layers=2&directions=2&bias=no",
        {"system": "flax", "units": 7, "features": 3, "bias": False, "layers": 2, "directions": 2},
    ),
    ("?units=1e99&layers=99", {}),
    ("?system=toString&directions=3", {}),
    ("?features=-1&bias=perhaps", {}),
    ("?features=1000000&units=100001", {"features": 1_000_000}),
]


@pytest.fixture
def calculator(tab: Page, site: Site) -> Locator:
    return opened(tab, site)


def opened(page: Page, site: Site, query: str = "") -> Locator:
    page.goto(f"{site.url}parameters/{query}")
    come(page.locator("[data-widget=parameter-calculator]"))
    return page.locator(".parameter-calculator")


def settings(key: str, **others: Any) -> dict[str, Any]:
    """Those that a key such as F=3,N=4,L=2,D=1,bias=True stands for."""
    given = dict(each.split("=") for each in key.split(","))
    bias = {"bias": given.pop("bias") == "True"} if "bias" in given else {}
    return {KEYS[name]: int(value) for name, value in given.items()} | bias | others


def arrays(page: Page, site: Site, cases: list[dict[str, Any]]) -> list[Any]:
    return call(page, site, "parameter-calculator/count", "arrays", [[case] for case in cases])


def bare(name: str) -> str:
    """The name of a recorded array without its layer and direction, as the widget's rows have it."""
    gate, _, kind = re.sub(r"_l\d(_reverse)?$", "", name).replace("if_", "if").partition(".")
    return f"bias of {gate}" if kind == "bias" else gate


def test_arrays_are_those_that_are_recorded(tab: Page, site: Site) -> None:
    cases = [
        (settings(key, system=system), told.split(", "))
        for system, record, name in RECORDED
        for key, told in FACTS[record][name].items()
    ]
    assert len(cases) == 3 * 36 + 3 * 18
    for (given, told), found in zip(cases, arrays(tab, site, [given for given, _ in cases]), strict=True):
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


def test_totals_are_those_that_are_counted(tab: Page, site: Site) -> None:
    cases = []
    for system, record, bias, layers, directions in COUNTED:
        framework, layer = record.split(".")
        others = {"system": system, "bias": bias, "layers": layers, "directions": directions}
        cases += [(settings(key, **others), count) for key, count in FACTS[framework][layer].items()]
    assert len(cases) == 9 * len(COUNTED)
    counted = {f"{framework}.{layer}" for framework in FACTS for layer in FACTS[framework]} - {"pytorch.LSTM-projected"}
    assert {record for _, record, *_ in COUNTED} == {each for each in counted if not each.endswith(("ran", "arrays"))}
    for (given, count), found in zip(cases, arrays(tab, site, [given for given, _ in cases]), strict=True):
        assert sum(row["size"] for row in found) == count, given


def test_it_takes_from_the_address_what_can_be(tab: Page, site: Site) -> None:
    queries = [[query] for query, _ in ASKED]
    found = call(tab, site, "parameter-calculator/count", "asked", queries)
    assert found == [FIRST | expected for _, expected in ASKED]


def test_the_table_and_the_address_say_what_the_reader_chose(calculator: Locator, tab: Page, site: Site) -> None:
    def cells(row: int) -> list[str]:
        return calculator.locator("tbody tr").nth(row).locator("td").all_inner_texts()

    answer, why = calculator.locator("[class$=__answer]"), calculator.locator("[class$=__why]")
    units, bias = calculator.get_by_label("units"), calculator.get_by_label("bias")
    for features, size in ((3, 4), (7, 5), (1_000_000, 100_000)):
        units.fill(str(size))
        calculator.get_by_label("features").fill(str(features))
        total = 4 * (size * (features + size) + size)
        if size < 10:
            layer = LSTM(size)
            layer.build((None, None, features))
            assert total == layer.count_params()
        expect(calculator.locator("tfoot td")).to_have_text(f"{total:,}")
        expect(answer).to_contain_text(f"{total:,} weights in Keras 3")
        assert cells(0) == ["1", f"kernel ({features}, {4 * size})", f"{features * 4 * size:,}"]
    expect(calculator).to_contain_text("The count is the same for any number of timesteps and any batch size.")
    for text in ("", "0", "-3", "1.5", "100001"):
        units.fill(text)
        expect(answer).to_have_text("Give units a whole number from 1 to 100,000.")
        expect(calculator.locator("table")).to_have_count(0)
    units.fill("4")
    calculator.get_by_label("features").fill("3")
    for system, label in (("flax", "Flax"), ("cudnn", "CuDNNLSTM of Keras 2")):
        calculator.get_by_label("system").select_option(system)
        expect(bias).to_be_disabled()
        assert bias.evaluate("select => select.selectedOptions[0].text") == "always"
        expect(bias).to_have_accessible_description(f"{label} has no argument that leaves the bias out.")
        if system == "flax":
            assert cells(2) == ["1", "bias of hi, hf, hg, ho 4 × (4,)", "16"]
    calculator.get_by_label("system").select_option("pytorch")
    expect(why).to_be_hidden()
    assert bias.evaluate("select => [...select.options].map(option => option.text)") == ["with", "without"]
    bias.select_option("without")
    calculator.get_by_label("layers").select_option("2")
    calculator.get_by_label("bidirectional").select_option("yes")
    assert cells(4) == ["2 forward", "weight_ih (16, 8)", "128"]
    expect(calculator.get_by_role("status")).to_contain_text(
        " weights in PyTorch: 2 layers of 4 units in each of 2 directions on 3 features."
    )
    tab.wait_for_url(f"{site.url}parameters/?system=pytorch&units=4&features=3&layers=2&directions=2&bias=no")
    before = calculator.locator("table").inner_text()
    tab.reload()
    expect(calculator.locator("table")).to_be_visible()
    assert calculator.locator("table").inner_text() == before
    chosen = "form => [...form.elements].map(control => control.value)"
    assert calculator.locator("form").evaluate(chosen) == ["pytorch", "4", "3", "2", "2", "no"]


def test_it_is_for_everyone(tab: Page, site: Site) -> None:
    """Narrow, in the dark, and by the keyboard alone."""
    tab.set_viewport_size({"width": 360, "height": 900})
    tab.emulate_media(color_scheme="dark")
    calculator = opened(tab, site)
    calculator.get_by_label("units").focus()
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("4")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("3")
    expect(calculator.locator("tfoot td")).to_have_text("128")
    calculator.get_by_label("units").fill("100000")
    calculator.get_by_label("features").fill("1000000")
    calculator.get_by_label("layers").select_option("4")
    calculator.get_by_label("bidirectional").select_option("yes")
    for system in ("onnx", "pytorch", "cudnn", "keras", "flax"):
        calculator.get_by_label("system").select_option(system)
        boxes = calculator.locator("table, table *").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().right)"
        )
        assert max(boxes) <= 344.5, f"{system}: a count is out of sight"
    for control in calculator.locator(":is(input, select)").all():
        box = control.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert not violations(tab, rules={"target-size": {"enabled": True}})


def test_no_room_is_kept_without_script(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}parameters/")
        mount = page.locator("[data-widget=parameter-calculator]")
        assert mount.bounding_box()["height"] < mount.locator("table").bounding_box()["height"] + 60
