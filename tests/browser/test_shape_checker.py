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
from tests.browser.mounts import come
from tests.browser.scripts import call
from tests.browser.shifts import shifted, watch
from tests.built import Site
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/shape-checker.json").read_text())["facts"]
SHAPES = [tuple(map(int, key.split(","))) for key in FACTS["jax"]["new"]]
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
ROLES = ["samples", "timesteps", "features", "more"]
SWAPPED = ["samples", "features", "timesteps"]
WRONG, RIGHT, REFUSES = "Reads it wrongly, without an error", "Reads it right", "Refuses"


@pytest.fixture
def checker(tab: Page, site: Site) -> Locator:
    return opened(tab, site)


def opened(page: Page, site: Site, query: str = "") -> Locator:
    page.goto(f"{site.url}shapes/{query}")
    come(page.locator("[data-widget=shape-checker]"))
    return page.locator(".shape-checker")


def ask(checker: Locator, shape: str, *roles: str) -> None:
    checker.get_by_label("Shape of your array").fill(shape)
    for axis, role in enumerate(roles):
        checker.locator("select").nth(axis).select_option(role)


def chosen(checker: Locator) -> list[str]:
    return checker.locator("select").evaluate_all("all => all.map(select => select.value)")


def told(checker: Locator) -> str:
    """The answer, or what is wrong with the shape."""
    return checker.locator("[class$=__answer]:visible, [class$=__problem]:visible").inner_text()


def verdicts(checker: Locator) -> list[str]:
    return checker.locator("li strong").all_inner_texts()


def written(shape: Any) -> str:
    return str(tuple(shape))


def refusals(row: dict[str, Any]) -> dict[str, str]:
    """What a row says, by backend; "" where all say the same."""
    return {name: each["words"] for each in row["says"] for name in each["on"].split(" and ")}


def test_the_words_are_those_that_are_recorded(tab: Page, site: Site) -> None:
    """For a layer as new, and for one made for so many features: each shape, each backend, each message and each output."""
    seen = {"keras refuses": 0, "built refuses": 0, "pytorch refuses": 0, "keras takes": 0, "pytorch takes": 0}
    cases = [[FACTS, shape, ROLES[: len(shape)], features] for features in (41, 3) for shape in SHAPES]
    for (_, shape, _, features), rows in zip(cases, call(tab, site, "shape-checker/words", "rows", cases), strict=True):
        key = ",".join(map(str, shape))
        for backend, name in BACKENDS.items():
            new, built = FACTS[backend]["new"][key], FACTS[backend]["built"][str(features)][key]
            row, *once_built = [each for each in rows if each["call"].startswith("keras.layers")]
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


def test_a_model_says_and_does_what_is_recorded(tab: Page, site: Site) -> None:
    """Where the array is what a model's input wants but for two axes that changed places, or for a last axis."""
    cases = [([23, 29, 31], SWAPPED), ([300, 3, 50], SWAPPED), ([7, 2, 5], SWAPPED)]
    cases += [([23, 29], ROLES[:2]), ([1000, 50], ROLES[:2])]
    nothing = [([300, 12, 1], ROLES[:3]), ([8, 8, 8], SWAPPED), ([7, 1, 5], SWAPPED), ([5, 1], ROLES[:2])]
    nothing += [
        ([1000, 50], ["samples", "features"]),
        ([1000], ["timesteps"]),
        ([2, 3, 5], ["timesteps", *SWAPPED[:2]]),
    ]
    asked = [[FACTS, *each] for each in cases + nothing]
    found = [
        [row for row in rows if row["call"].startswith("keras.Input")]
        for rows in call(tab, site, "shape-checker/words", "rows", asked)
    ]
    assert found[len(cases) :] == [[]] * len(nothing)
    for (shape, _), (row,) in zip(cases, found[: len(cases)], strict=True):
        inputs = [*shape[1:], 1] if len(shape) == 2 else [shape[2], shape[1]]
        assert row["call"] == f"keras.Input({written(inputs)})"
        for backend in BACKENDS:
            fact = FACTS[backend]["model"][",".join(map(str, inputs))][",".join(map(str, shape))]
            if len(shape) == 2:
                assert fact["as-with-a-last-axis"]
                assert fact["call"] == fact["predict"]
                assert row["verdict"] == "right"
                assert row["reads"].startswith(
                    f"It adds a last axis of size 1, reads {shape[0]} samples of {shape[1]} "
                )
                assert row["reads"].endswith(f"gives {written(fact['call'])}.")
            else:
                words = fact["call"]["message"].partition("expected shape=")
                assert refusals(row) == {"": f"{fact['call']['raises']}: … expected shape={words[2]}"}


def test_numpy_makes_of_it_what_the_widget_says(tab: Page, site: Site) -> None:
    rng = np.random.default_rng(21)
    cases = []
    while len(cases) < 600:
        axes = int(rng.integers(1, 5))
        roles = [str(role) for role in rng.permutation(ROLES)[:axes]]
        if "more" not in roles or "features" in roles:
            cases.append([rng.integers(1, 5, size=axes).tolist(), roles])
    moved = 0
    for (sizes, roles), found in zip(cases, call(tab, site, "shape-checker/shape", "mend", cases), strict=True):
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
        assert (found["line"] == "x") == np.array_equal(mended, x), "what is right as it is needs no line"
        assert found["moves"] == (not np.array_equal(mended, x.reshape(mended.shape)))
        moved += found["moves"]
    assert 100 < moved < 500


READ = [
    ("(32, 10, 784)", [32, 10, 784]),
    ("[32, 10]", [32, 10]),
    ("x.shape = (32, 10, 784)", [32, 10, 784]),
    ("x.shape: (32, 10)", [32, 10]),
    (">>> x_2.size() = torch.Size([32, 10])", [32, 10]),
    ("torch.Size([32, 10])", [32, 10]),
    ("TensorShape([32, 10])", [32, 10]),
    ("300x12x1", [300, 12, 1]),
    ("300 3 50", [300, 3, 50]),
    ("(1000,)", [1000]),
    ("1,500", [1, 500]),
    ("10_000, 2", [10000, 2]),
    ("10000000", [10_000_000]),
    ("", "Type a shape"),
    ("()", "Type a shape"),
    ("abc", "“abc” is not a size."),
    ("x.shape", "“x.shape” is not a size."),
    ("1,000", "1,000 is read as two sizes, 1 and 000. Write 1000."),
    ("(1,000, 50)", "1,000 is read as two sizes, 1 and 000. Write 1000."),
    ("50, 12 050", "12 050 is read as two sizes, 12 and 050. Write 12050."),
    ("-1, 3", "-1 stands for a size that reshape works out."),
    ("-5, 3", "“-5” is not a size."),
    ("1.5", "“1.5” is not a size."),
    ("(None, 12, 1)", "None stands for any size."),
    ("3,,4", "A size is missing"),
    ("3, 0", "An axis of size 0 holds nothing."),
    ("1, 2, 3, 4, 5", "5 axes are too many"),
    ("10000001", "at most 10,000,000"),
    ("9" * 60, "at most 10,000,000"),
]  # fmt: skip
FIRST = {"text": "1000, 50", "roles": None}
ASKED = [
    ("", FIRST),
    ("?shape=7x5&axes=features-timesteps", {"text": "7, 5", "roles": ["features", "timesteps"]}),
    ("?shape=7x5", {"text": "7, 5", "roles": None}),
    ("?shape=7x5&axes=samples-cats", {"text": "7, 5", "roles": None}),
    ("?shape=7x5&axes=samples-samples", {"text": "7, 5", "roles": None}),
    ("?shape=7x5&axes=samples-timesteps-features", {"text": "7, 5", "roles": None}),
    *((query, FIRST) for query in ("?axes=more", "?shape=<b>x2", "?shape=99999999999x2", "?shape=1x2x3x4x5")),
]


def test_it_reads_what_people_paste_and_what_the_address_asks_for(tab: Page, site: Site) -> None:
    for (text, expected), found in zip(
        READ, call(tab, site, "shape-checker/shape", "read", [[text] for text, _ in READ]), strict=True
    ):
        if isinstance(expected, list):
            assert found == {"sizes": expected}, text
        else:
            assert expected in found["problem"], text
    queries = [[query] for query, _ in ASKED]
    assert call(tab, site, "shape-checker/shape", "asked", queries) == [expected for _, expected in ASKED]


def test_the_page_shows_what_is_recorded_and_what_lstm_ref_gives(checker: Locator, tab: Page) -> None:
    rows = tab.locator("[data-widget=shape-checker] tbody tr")
    buttons = checker.locator("[class$=__examples] button")
    assert rows.count() == buttons.count() == 4
    for row, button in zip(rows.all(), buttons.all(), strict=True):
        button.click()
        shape, _, line, after = row.locator("td").all_inner_texts()
        assert written(int(size) for size in button.inner_text().split(", ")) == shape
        expect(checker.locator("pre code")).to_have_text(f"x = {line}")
        expect(checker).to_contain_text(f"Its shape is then {after}:")
    expect(checker).to_contain_text("784 features, 28 × 28 joined into one axis, as the height and width of an image.")
    for shape in SHAPES:
        ask(checker, written(shape))
        recorded = FACTS["jax"]["new"][",".join(map(str, shape))]
        row = checker.locator("li").first
        expect(row).to_contain_text(recorded["message"] if "raises" in recorded else f"gives {written(recorded)}.")
    ask(checker, "300, 3, 50", *SWAPPED)
    for backend, name in BACKENDS.items():
        fact = FACTS[backend]["built"]["3"]["300,3,50"]
        words = re.escape(f"on {name}: {fact['raises']}: {fact['message']}")
        expect(checker.locator("li").nth(1).locator("p", has_text=re.compile(words))).to_be_visible()
    for sizes, roles in [((5, 6), ["samples", "timesteps"]), ((2, 3, 4), ["timesteps", "features", "samples"])]:
        ask(checker, written(sizes), *roles)
        x = eval(checker.locator("pre code").inner_text().removeprefix("x = "), {"x": np.zeros(sizes), "np": np})
        last, every = LSTM(64)(x).shape, LSTM(64, return_sequences=True)(x).shape
        expect(checker).to_contain_text(f"LSTM(64) gives {last}, with return_sequences=True {every}.")
    tab.emulate_media(media="print")
    expect(checker).to_be_hidden()


def test_a_guess_is_a_condition_and_what_the_reader_says_is_not(checker: Locator) -> None:
    """What the axes of an example count is taken for nothing of the reader's own array."""
    confirm = checker.get_by_role("button", name="Confirm")
    heading = checker.locator("[class$=__heading]")
    assert told(checker).startswith("No. (1000, 50) has 2 axes;")
    assert heading.all_inner_texts() == [
        "If 1000 counts samples and 50 timesteps, write",
        "What Keras and PyTorch do with x as it is, if the guess is right",
    ]
    ask(checker, "300, 12, 1")
    assert (
        told(checker)
        == "If 300 counts samples, 12 timesteps and 1 features: yes, 300 samples of 12 timesteps of 1 feature."
    )
    ask(checker, "32, 10, 28, 28")
    assert heading.first.inner_text() == "If 32 counts samples, 10 timesteps and 28 × 28 features, write"
    checker.get_by_role("button", name="300, 3, 50").click()
    expect(confirm).to_be_hidden()
    assert chosen(checker) == SWAPPED
    checker.locator("input").fill("32, 50, 3")
    assert chosen(checker) == ROLES[:3]
    confirm.click()
    expect(checker.locator("select").first).to_be_focused()
    expect(confirm).to_be_hidden()
    assert told(checker) == "Yes. (32, 50, 3) is 32 samples of 50 timesteps of 3 features."
    assert heading.all_inner_texts() == ["What Keras and PyTorch do with x as it is"]
    checker.locator("select").nth(1).select_option("features")
    assert chosen(checker) == SWAPPED, "the two axes change what they count"
    assert told(checker).startswith(
        "No, and a new layer of Keras does not tell you. It reads (32, 50, 3) as 32 samples of 50 timesteps of 3"
    )
    checker.locator("input").fill("200, 3, 50")
    assert chosen(checker) == SWAPPED
    checker.locator("select").nth(2).select_option("more")
    assert chosen(checker) == ["samples", "features", "more"], "no other axis counted that"


def test_verdicts_and_notes(checker: Locator) -> None:
    ask(checker, "1000, 50", "timesteps", "features")
    assert verdicts(checker) == [REFUSES, RIGHT]
    ask(checker, "1000, 50", "samples", "features")
    assert verdicts(checker) == [REFUSES, WRONG]
    expect(checker).to_contain_text("one sequence of 1000 timesteps of 50 features")
    expect(checker).to_contain_text("With 1 timestep the layer starts from h = c = 0")
    ask(checker, "9, 8, 7", "samples", "timesteps", "more")
    assert told(checker) == "Yes. (9, 8, 7) is 9 samples of 8 timesteps of 7 features."
    ask(checker, "300, 12, 1", "samples", "timesteps", "features")
    assert verdicts(checker) == [RIGHT, WRONG, RIGHT]
    expect(checker).not_to_contain_text("With 1 timestep")
    ask(checker, "300, 12, 1", "timesteps", "samples", "features")
    assert verdicts(checker) == [WRONG, RIGHT, WRONG]
    expect(checker).to_contain_text("x.reshape(12, 300, 1) has the same shape, with the numbers in the wrong places.")
    for shape, roles, right in (
        ("1, 1, 1", SWAPPED, [RIGHT] * 3),
        ("300, 1, 1", SWAPPED, [RIGHT, WRONG, RIGHT]),
        ("1, 1, 5", ROLES[:3], [RIGHT] * 3),
    ):
        ask(checker, shape, *roles)
        assert told(checker).startswith(f"Yes. ({shape}) is")
        assert verdicts(checker) == right
    expect(checker.locator("pre")).to_have_count(0)
    for problem in ("3,,4", "1,000"):
        ask(checker, problem)
        expect(checker.locator("select, li, [class$=__doubt]").filter(visible=True)).to_have_count(0)
        expect(checker.locator("input")).to_have_attribute("aria-invalid", "true")
        assert told(checker)
    expect(checker.get_by_role("status")).to_have_text("1,000 is read as two sizes, 1 and 000. Write 1000.")
    ask(checker, "2, 3, 5", *SWAPPED)
    expect(checker.locator("select")).to_have_count(3)
    expect(checker.get_by_role("status")).to_contain_text("Write x = x.transpose(0, 2, 1)")


def test_the_address_holds_the_shape_and_what_the_reader_says(checker: Locator, tab: Page, site: Site) -> None:
    ask(checker, "7, 5")
    tab.wait_for_url(f"{site.url}shapes/?shape=7x5")
    ask(checker, "7, 5", "features", "timesteps")
    tab.wait_for_url(f"{site.url}shapes/?shape=7x5&axes=features-timesteps")
    tab.route("**/shape-checker.json", lambda route: route.abort())
    tab.reload()
    expect(tab.locator(".shape-checker__answer")).to_contain_text("(7, 5)")
    expect(tab.locator(".shape-checker pre code")).to_have_text("x = x.transpose(1, 0)[np.newaxis]")
    expect(checker.get_by_role("button", name="Confirm")).to_be_hidden()
    expect(checker).to_contain_text("What they say could not be loaded.")


def test_it_is_for_everyone(tab: Page, site: Site) -> None:
    """Narrow, in the dark, by the keyboard alone, and when the record comes late."""
    tab.set_viewport_size({"width": 360, "height": 14_000})  # a shift out of sight is none
    tab.emulate_media(color_scheme="dark")
    watch(tab)
    tab.route("**/shape-checker.json", lambda route: (time.sleep(0.3), route.continue_()))
    checker = opened(tab, site)
    assert shifted(tab, once_whole=True) == []
    checker.get_by_label("Shape of your array").focus()
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("6, 7")
    for _ in range(5):
        tab.keyboard.press("Tab")
    tab.keyboard.press("f")
    expect(checker.locator("pre code")).to_have_text("x = x.transpose(1, 0)[np.newaxis]")
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    expect(checker.locator("pre code")).to_have_text("x = x.reshape(32, 10, 784)")
    ask(checker, "300, 3, 50")
    for control in checker.locator(":is(input, select, button):visible").all():
        box = control.bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24
    ask(checker, "300, 3, 50", *SWAPPED)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert not violations(tab, rules={"target-size": {"enabled": True}})


def test_no_room_is_kept_without_script(browser: Browser, site: Site) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{site.url}shapes/")
        mount = page.locator("[data-widget=shape-checker]")
        assert mount.bounding_box()["height"] < mount.locator("table").bounding_box()["height"] + 60
