"""The widget that says whether an LSTM takes an array: its words are those that are recorded, its NumPy does what it says."""

import json
import re
import time
from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from lstm_ref import LSTM
from tests.browser.accessibility import violations
from tests.built import Site
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/shape-checker.json").read_text())["facts"]
SHAPES = [tuple(map(int, key.split(","))) for key in FACTS["jax"]["new"]]
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
ROLES = ["samples", "timesteps", "features", "more"]
WIDTHS_AND_SCHEMES = [(360, "dark"), (1280, "light")]


@pytest.fixture
def checker(page: Page, site: Site) -> Locator:
    return opened(page, site)


def opened(page: Page, site: Site, query: str = "") -> Locator:
    page.goto(f"{site.url}shapes/{query}")
    checker = page.locator(".shape-checker")
    expect(checker).to_be_visible()
    return checker


def ask(checker: Locator, shape: str, *roles: str) -> None:
    checker.get_by_label("Shape of your array").fill(shape)
    for axis, role in enumerate(roles):
        checker.locator("select").nth(axis).select_option(role)


def module(page: Page, site: Site, name: str, function: str, cases: list[Any]) -> list[Any]:
    script = (
        f"async ([script, cases]) => {{ const it = await import(script); return cases.map(c => it.{function}(...c)); }}"
    )
    return page.evaluate(script, [f"{site.url}assets/widgets/shape-checker/{name}.js", cases])


def written(shape: Any) -> str:
    return str(tuple(shape))


def refusals(row: dict[str, Any]) -> dict[str, str]:
    """What a row says, by backend; "" where all say the same."""
    return {name: each["words"] for each in row["says"] for name in each["on"].split(" and ")}


@pytest.mark.parametrize("features", [41, 3])
def test_the_words_are_those_that_are_recorded(features: int, page: Page, site: Site) -> None:
    """For a layer as new, and for one made for so many features: each shape, each backend, each message and each output."""
    seen = {"keras refuses": 0, "built refuses": 0, "pytorch refuses": 0, "keras takes": 0, "pytorch takes": 0}
    found = module(page, site, "words", "rows", [[FACTS, shape, ROLES[: len(shape)], features] for shape in SHAPES])
    for shape, rows in zip(SHAPES, found, strict=True):
        key = ",".join(map(str, shape))
        for backend, name in BACKENDS.items():
            new, built = FACTS[backend]["new"][key], FACTS[backend]["built"][str(features)][key]
            row, *once_built = [each for each in rows if each["call"].startswith("keras")]
            if "raises" in new:
                assert refusals(row) == {"": f"{new['raises']}: {new['message']}"}
                assert new == built
                seen["keras refuses"] += 1
            else:
                assert row["reads"].endswith(f"gives {written(new)}.")
                seen["keras takes"] += 1
                assert bool(once_built) == ("raises" in built)
            if once_built:
                assert refusals(once_built[0])[name] == f"{built['raises']}: {built['message']}"
                seen["built refuses"] += 1
        for first, size in product((False, True), (features, shape[-1])):
            facts = FACTS["torch"]["pytorch"][f"batch_first={first}"]
            fact = facts["fitting" if size == shape[-1] else str(size)][key]
            calls = [f"torch.nn.LSTM({size}, 64{option})" for option in (", batch_first=True" * first, "")]
            of_both = [each for call in calls for each in rows if each["call"] == call]
            if "raises" in fact and size == features:
                assert refusals(of_both[0]) == {"": f"{fact['raises']}: {fact['message']}"}
                seen["pytorch refuses"] += 1
            elif "raises" not in fact:
                output, h_n = fact["output"], fact["h_n"]
                assert of_both[0]["reads"].endswith(f"gives output {written(output)}, h_n {written(h_n)}.")
                samples = f"{h_n[1]} sample" if len(h_n) == 3 else "one sequence of"
                assert of_both[0]["reads"].startswith(f"It reads {samples}")
                seen["pytorch takes"] += 1
    assert all(seen.values()), seen


def test_they_are_what_the_page_shows(checker: Locator) -> None:
    for shape in SHAPES:
        ask(checker, written(shape))
        recorded = FACTS["jax"]["new"][",".join(map(str, shape))]
        row = checker.locator("li").first
        expect(row).to_contain_text(recorded["message"] if "raises" in recorded else f"gives {written(recorded)}.")
    ask(checker, "300, 3, 50", "samples", "features", "timesteps")
    for backend, name in BACKENDS.items():
        fact = FACTS[backend]["built"]["3"]["300,3,50"]
        words = re.escape(f"on {name}: {fact['raises']}: {fact['message']}")
        expect(checker.locator("li").nth(1).locator("p", has_text=re.compile(words))).to_be_visible()


def test_numpy_makes_of_it_what_the_widget_says(page: Page, site: Site) -> None:
    rng = np.random.default_rng(21)
    cases = []
    while len(cases) < 600:
        axes = int(rng.integers(1, 5))
        roles = [str(role) for role in rng.permutation(ROLES)[:axes]]
        if "more" not in roles or "features" in roles:
            cases.append([rng.integers(1, 5, size=axes).tolist(), roles])
    moved = 0
    for (sizes, roles), found in zip(cases, module(page, site, "shape", "mend", cases), strict=True):
        x = rng.normal(size=sizes)
        mended = eval(found["line"], {"x": x, "np": np})
        assert mended.shape == tuple(found["shape"])
        of_features = [axis for axis, role in enumerate(roles) if role in ("features", "more")]
        counted = np.zeros([sizes[axis] for axis in of_features])
        for at in np.ndindex(*sizes):
            sample, timestep = (at[roles.index(role)] if role in roles else 0 for role in ("samples", "timesteps"))
            feature = np.ravel_multi_index([at[axis] for axis in of_features], counted.shape) if of_features else 0
            assert mended[sample, timestep, feature] == x[at]
        assert mended.size == x.size
        assert found["moves"] == (not np.array_equal(mended, x.reshape(mended.shape)))
        moved += found["moves"]
    assert 100 < moved < 500


def test_what_comes_out_is_what_lstm_ref_gives(checker: Locator) -> None:
    for sizes, roles in [((5, 6), ["samples", "timesteps"]), ((2, 3, 4), ["timesteps", "features", "samples"])]:
        ask(checker, written(sizes), *roles)
        line = checker.locator("pre code").inner_text().removeprefix("x = ")
        x = eval(line, {"x": np.zeros(sizes), "np": np})
        last, every = LSTM(64)(x).shape, LSTM(64, return_sequences=True)(x).shape
        expect(checker).to_contain_text(f"LSTM(64) gives {last}, with return_sequences=True {every}.")


def test_the_table_has_the_lines_of_the_widget(checker: Locator, page: Page) -> None:
    rows = page.locator("[data-widget=shape-checker] tbody tr")
    buttons = checker.get_by_role("button")
    assert rows.count() == buttons.count() == 4
    for row, button in zip(rows.all(), buttons.all(), strict=True):
        button.click()
        shape, _, line, after = row.locator("td").all_inner_texts()
        assert written(int(size) for size in button.inner_text().split(", ")) == shape
        expect(checker.locator("pre code")).to_have_text(f"x = {line}")
        expect(checker).to_contain_text(f"Its shape is then {after}:")


ANSWERS = [
    ("(300, 12, 1)", (), "Yes. (300, 12, 1) is 300 samples of 12 timesteps of 1 feature."),
    ("torch.Size([300, 12, 1])", (), "Yes. (300, 12, 1) is"),
    ("300x12x1", (), "Yes. (300, 12, 1) is"),
    ("5", (), "No. (5,) has 1 axis;"),
    ("300 3 50", ("samples", "features", "timesteps"), "It reads (300, 3, 50) as 300 samples of 3 timesteps of 50 features;"),
    ("9, 8, 7", ("samples", "timesteps", "more"), "Yes. (9, 8, 7) is 9 samples of 8 timesteps of 7 features."),
    ("9, 8", ("samples", "samples"), "Axes 0 and 1 both count samples."),
    ("", (), "Type a shape"),
    ("abc", (), "“abc” is not a size."),
    ("-5, 3", (), "“-5” is not a size."),
    ("1.5", (), "“1.5” is not a size."),
    ("(None, 12, 1)", (), "None stands for any size."),
    ("3,,4", (), "A size is missing"),
    ("3, 0", (), "An axis of size 0 holds nothing."),
    ("1, 2, 3, 4, 5", (), "5 axes are too many"),
    ("10000001", (), "at most 10,000,000"),
    ("9" * 60, (), "at most 10,000,000"),
]  # fmt: skip


def test_it_answers_and_says_what_is_wrong_with_a_shape(checker: Locator) -> None:
    for shape, roles, answer in ANSWERS:
        ask(checker, shape, *roles)
        expect(checker.locator("[class$=__answer]:visible, [class$=__problem]").filter(has_text=answer)).to_be_visible()
        refused = checker.locator("[class$=__problem]").inner_text() != ""
        assert refused != checker.locator("li").first.is_visible()
    expect(checker.get_by_role("status")).to_contain_text(answer)


def test_an_example_says_nothing_of_another_array(checker: Locator) -> None:
    """What the axes of an example count is not taken for what those of the reader's own array do; what the reader said is."""
    axes = "all => all.map(select => select.value)"
    checker.get_by_role("button", name="300, 3, 50").click()
    assert checker.locator("select").evaluate_all(axes) == ["samples", "features", "timesteps"]
    checker.locator("input").fill("32, 50, 3")
    assert checker.locator("select").evaluate_all(axes) == ["samples", "timesteps", "features"]
    ask(checker, "300, 3, 50", "samples", "features", "timesteps")
    checker.locator("input").fill("200, 3, 50")
    assert checker.locator("select").evaluate_all(axes) == ["samples", "features", "timesteps"]


def test_verdicts_and_notes(checker: Locator) -> None:
    def verdicts() -> list[str]:
        return checker.locator("li strong").all_inner_texts()

    wrong, right, refuses = "Reads it wrongly, without an error", "Reads it right", "Refuses"
    ask(checker, "1000, 50", "timesteps", "features")
    assert verdicts() == [refuses, right]
    ask(checker, "1000, 50", "samples", "features")
    assert verdicts() == [refuses, wrong]
    expect(checker).to_contain_text("one sequence of 1000 timesteps of 50 features")
    expect(checker).to_contain_text("With 1 timestep the layer starts from h = c = 0")
    ask(checker, "300, 12, 1")
    assert verdicts() == [right, wrong, right]
    expect(checker).not_to_contain_text("With 1 timestep")
    ask(checker, "300, 12, 1", "timesteps", "samples", "features")
    assert verdicts() == [wrong, right, wrong]
    expect(checker).to_contain_text("x.reshape(12, 300, 1) has the same shape, with the numbers in the wrong places.")


def test_the_address_holds_the_shape(page: Page, site: Site, checker: Locator) -> None:
    ask(checker, "7, 5", "features", "timesteps")
    page.wait_for_url(f"{site.url}shapes/?shape=7x5&axes=features-timesteps")
    page.reload()
    expect(page.locator(".shape-checker__answer")).to_contain_text("(7, 5)")
    expect(page.locator(".shape-checker pre code")).to_have_text("x = x.transpose(1, 0)[np.newaxis]")
    for odd in (
        "?shape=<b>x2",
        "?shape=99999999999x2",
        "?shape=1x2x3x4x5",
        "?shape=1000x50&axes=samples-cats",
        "?axes=more",
    ):
        expect(opened(page, site, odd).locator("[class$=__answer]")).to_contain_text("(1000, 50)")
        expect(page.locator(".shape-checker pre code")).to_have_text("x = x[..., np.newaxis]")


def test_the_keyboard_suffices(page: Page, checker: Locator) -> None:
    checker.get_by_label("Shape of your array").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("6, 7")
    for _ in range(5):
        page.keyboard.press("Tab")
    page.keyboard.type("f")
    expect(checker.locator("pre code")).to_have_text("x = x.transpose(1, 0)[np.newaxis]")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(checker.locator("pre code")).to_have_text("x = x.reshape(32, 10, 784)")


def test_it_leaves_nothing_behind(page: Page, site: Site, checker: Locator) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    for _ in range(2):
        ask(checker, "6, 7")
        page.locator(".md-nav--primary").get_by_role("link", name="Gates", exact=True).click()
        page.wait_for_url(f"{site.url}gates/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("inside one unit")
        page.wait_for_timeout(700)
        assert page.url == f"{site.url}gates/"
        page.locator(".md-nav--primary").get_by_role("link", name="Input shapes", exact=True).click()
        expect(page.locator(".shape-checker")).to_have_count(1)
    assert not errors


def test_without_the_record_it_still_mends(page: Page, site: Site) -> None:
    page.route("**/shape-checker.json", lambda route: route.abort())
    checker = opened(page, site)
    expect(checker.locator("pre code")).to_have_text("x = x[..., np.newaxis]")
    expect(checker).to_contain_text("What they say could not be loaded.")


def test_without_script_and_on_paper_the_table_stands(
    browser: Browser, page: Page, site: Site, checker: Locator
) -> None:
    page.emulate_media(media="print")
    expect(checker).to_be_hidden()
    table = page.locator("[data-widget=shape-checker] table")
    expect(table).to_be_visible()
    with browser.new_context(java_script_enabled=False) as context:
        plain = context.new_page()
        plain.goto(f"{site.url}shapes/")
        box = plain.locator("[data-widget=shape-checker]").bounding_box()
        assert box["height"] < plain.locator("[data-widget=shape-checker] table").bounding_box()["height"] + 60


@pytest.mark.parametrize(("width", "scheme"), WIDTHS_AND_SCHEMES)
def test_it_is_for_everyone_and_nothing_shifts(browser: Browser, site: Site, width: int, scheme: str) -> None:
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme) as context:
        page = context.new_page()
        page.add_init_script(
            "window.shifts = []; new PerformanceObserver(list => list.getEntries().forEach(each => shifts.push("
            "...each.sources.map(({ node }) => node).filter(node => !node?.closest?.('.figure-tools'))"
            ".map(node => node?.outerHTML ?? 'gone')))).observe({ type: 'layout-shift', buffered: true });"
        )  # what stands beside a copy button is the site's
        page.route("**/shape-checker.json", lambda route: (time.sleep(0.3), route.continue_()))  # later than a paint
        page.goto(f"{site.url}shapes/#shape-checker")
        expect(page.locator(".shape-checker")).to_be_attached()
        page.wait_for_timeout(300)
        assert not page.evaluate("shifts")
        for shape, *roles in (
            ["300, 3, 50", "samples", "features", "timesteps"],
            ["3, x"],
            ["9, 8", "samples", "samples"],
        ):
            ask(page.locator(".shape-checker"), shape, *roles)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = violations(page, rules={"target-size": {"enabled": True}})
            assert not found
        for control in page.locator(".shape-checker :is(input, select, button)").all():
            box = control.bounding_box()
            assert box["width"] >= 24 and box["height"] >= 24
