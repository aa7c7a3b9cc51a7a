"""The search, in words of readers: `make search-report` prints how often they find."""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, expect

from lstm_ref import LSTM
from tests.browser.accessibility import violations
from tests.built import Site
from tests.project import ROOT

BOX, ITEM, SECTIONS = ".md-search__input", ".md-search-result__item", "assets/search/sections.json"
MESSAGE = 'ValueError: Input 0 of layer "lstm_7" is incompatible with the layer: expected ndim=3, found ndim=2. Full shape received: (32, 17)'

FOUND = {
    "num_units": "glossary/",
    "hidden_size": "glossary/",
    "return sequences": "sequences/",
    "expected ndim=3, found ndim=2": "errors/",
    "reset_states": "errors/",
    "two biases": "questions/parameters/",
    "hard_sigmoid": "frameworks/",
    "padding": "questions/direction-and-masks/",
    "input_shape": "questions/input-shape/",
    "time steps features samples": "questions/input-shape/",
    "stateful batch size": "questions/state/",
    "unit_forget_bias": "arguments-training/",
    "h_n output": "questions/",
}


@pytest.fixture(scope="module")
def opened(desk: BrowserContext, site: Site) -> Iterator[Page]:
    page = desk.new_page()
    page.goto(site.url)
    yield page
    page.close()


def search(page: Page, words: str) -> list[str]:
    """Ask for all of the words at once, so that what is found is not what a part of them finds; return addresses."""
    box, found = page.locator(BOX), page.locator(ITEM)
    for asked in ("", words):
        box.fill(asked)
        expect(found.first).to_be_visible() if asked else expect(found).to_have_count(0)
    return page.locator(".md-search-result__link").evaluate_all("links => links.map(link => link.href)")


def test_the_search_finds_and_everyone_can_use_it(opened: Page) -> None:
    search(opened, "recurrent")
    assert "recurrent" in opened.locator(".md-search-result__list").inner_text().lower()
    assert not violations(opened)


def test_the_search_finds_the_words_that_people_use(opened: Page, site: Site) -> None:
    for words, wanted in FOUND.items():
        links = search(opened, words)
        pages = list(dict.fromkeys(link.removeprefix(site.url).partition("#")[0] for link in links))
        assert any(found.startswith(wanted) for found in pages[:4]), f"{words}: {pages}"


def test_a_message_with_other_numbers_finds_its_entry(opened: Page, site: Site) -> None:
    assert f"{site.url}errors/keras-shapes/#expected-ndim-3" in search(opened, MESSAGE)[:4]


def test_a_pasted_message_finds_its_entry(tab: Page, site: Site) -> None:
    """Each message that an entry shows, its numbers changed."""
    entries, pasted = [], []
    headings = ((page, heading) for page in site.pages for heading in page.soup.select(".error[id]"))
    for own, heading in headings:
        message = heading.find_next(class_="language-text").code.text
        if re.match(r"\w*Error: ", message):
            entries.append(f"{own.url.removeprefix(site.url)}#{heading['id']}")
            pasted.append(re.sub(r"\d+", lambda number: str(7 * int(number[0]) + 5), message))
    assert len(entries) > 25
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    found = tab.evaluate(RANK, [script, pasted])
    missed = [(entry, three[:3]) for entry, three in zip(entries, found, strict=True) if entry not in three[:3]]
    assert len(missed) <= 0.05 * len(entries), missed


def test_where_nothing_is_found_the_groups_of_questions_are_offered(opened: Page, site: Site) -> None:
    links = search(opened, "zzyzx")
    assert {f"{site.url}questions/", f"{site.url}errors/"} < {*links}


def test_what_is_typed_last_may_be_a_beginning(opened: Page) -> None:
    assert any("bidirectional" in link for link in search(opened, "bidirect"))


@pytest.mark.parametrize("how", ["insertFromPaste", "insertFromDrop"])
def test_what_comes_without_a_key_is_searched(how: str, opened: Page) -> None:
    search(opened, "padding")
    before = opened.locator(ITEM).first.inner_text()
    opened.locator(BOX).evaluate(
        "(box, how) => { box.value = 'hard_sigmoid'; box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: how })); }",
        how,
    )
    expect(opened.locator(ITEM).first).not_to_have_text(before, use_inner_text=True)


def test_enter_opens_the_best_section(desk: BrowserContext, site: Site) -> None:
    page = desk.new_page()
    page.goto(site.url)
    best = search(page, "hard_sigmoid")
    page.locator(BOX).press("Enter")
    expect(page).to_have_url(next(link for link in best if "#" in link))
    page.close()


SLOW = """async words => {
    const box = document.querySelector(".md-search__input");
    box.focus();
    await new Promise(done => setTimeout(done, 700));
    const start = performance.now();
    box.value = words;
    box.dispatchEvent(new KeyboardEvent("keyup"));
    while (!document.querySelector(".md-search-result__link")) await new Promise(requestAnimationFrame);
    return performance.now() - start;
}"""


def test_the_sections_come_when_the_box_is_used_and_soon(desk: BrowserContext, site: Site) -> None:
    """The first result after the first key, on a processor four times as slow: 0.3 s on a machine that does nothing else."""
    page = desk.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url.removeprefix(site.url): len(answer.body())}))
    page.goto(site.url, wait_until="networkidle")
    before = {name: size for name, size in sizes.items() if "search" in name}
    assert SECTIONS not in before and sum(before.values()) < 1024, before
    with page.expect_response(f"{site.url}{SECTIONS}"):
        page.locator(BOX).focus()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    took = page.evaluate(SLOW, "u")
    print(f"first result after {took:.0f} ms")
    assert took < 2000
    page.close()


PIECES = """async script => {
    const { pieces } = await import(script.replace("ranking", "pieces"));
    const known = new Set(["time", "##step", "##steps", "a", "##a", "naive", "("]);
    return ["Timesteps", "naïve (TIME)", "xa timestepsa", "日本"].map(text => pieces(text, known));
}"""


def test_a_word_is_read_in_the_longest_pieces_that_are_known(tab: Page, site: Site) -> None:
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    assert tab.evaluate(PIECES, script) == [
        ["time", "##steps"],
        ["naive", "(", "time"],
        ["##a", "time", "##steps", "##a"],
        [],
    ]


READ = """async ([script, asked]) => {
    const { pieces } = await import(script.replace("ranking", "pieces"));
    const { encoder } = await (await import(script)).open("sections.json");
    return asked.map(words => [pieces(words, encoder.known), [...encoder.scores(words)]]);
}"""


def test_the_search_reads_a_question_as_lstm_ref_would(tab: Page, site: Site) -> None:
    """Bidirectional(LSTM(96)) over the pieces, the mean of what it returns in a layer norm, a Dense layer; the score falls with what that says."""
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    read = json.loads((site.root / SECTIONS).read_text())
    told = read["encoder"]
    names, place = told["pieces"].split(" "), {it["location"] or "./": k for k, it in enumerate(read["sections"])}
    places = [place[it] for it in told["sections"] if it in place]
    assert len(places) > 0.9 * len(read["sections"]), "train it again: docs/search/encoder.py"

    def array(written: dict[str, Any], *shape: int) -> np.ndarray:
        return np.array([ord(it) - ord("?") for it in written["numbers"]]).reshape(shape) * written["step"]

    embedding, answers = array(told["embedding"], len(names), -1), told["answers"]
    asked = ["What is units in LSTM(64)?", "return_sequences", "why is my output (None, 64) and not (32, 10, 64)?" * 9]
    for pieces, scores in tab.evaluate(READ, [script, asked]):
        x = embedding[[names.index(it) for it in pieces[:40]]][np.newaxis]
        means = []
        for weights, given in ((told["forward"], x), (told["backward"], x[:, ::-1])):
            bias = array(weights["bias"], -1)
            layer = LSTM(len(bias) // 4, return_sequences=True)
            layer.set_weights(
                [array(weights["kernel"], -1, len(bias)), array(weights["recurrent_kernel"], -1, len(bias)), bias]
            )
            means.append(layer(given)[0].mean(axis=0))
        mean = np.concatenate(means)
        meaning = (mean - mean.mean()) / np.sqrt(mean.var() + 1e-5)
        says = array(answers["kernel"], len(told["sections"]), -1) @ meaning + array(answers["bias"], -1)
        known = [says[column] for column, it in enumerate(told["sections"]) if it in place]
        assert [found for found, _ in scores] == places
        np.testing.assert_allclose([score for _, score in scores], np.exp(0.6 * (known - says.max())), rtol=1e-6)


ROWS = """async ([script, encoder]) => {
    const { Ranking } = await import(script);
    const texts = ["one state cell, two", "one cell state, two"];
    const ranking = new Ranking({ sections: texts.map((text, k) => ({ location: `${k}/`, title: "A", text })), asked: [], encoder });
    return ["cell state", "state cell"].map(words => ranking.best(words)[0].location);
}"""


def test_two_words_in_a_row_count_more_than_turned_around(tab: Page, site: Site) -> None:
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    encoder = json.loads((ROOT / "tests/sitebuild/fixture/docs/search/encoder.json").read_text())
    assert tab.evaluate(ROWS, [script, encoder]) == ["1/", "0/"]


TEASER = """async ([script, encoder]) => {
    const { Ranking } = await import(script);
    const text = "units and units and units. " + "Nothing here. ".repeat(20) + "The number of units is yours to choose.";
    const ranking = new Ranking({ sections: [{ location: "a/", title: "A", text }], asked: [], encoder });
    return ranking.results("number of units")[0][0].text;
}"""


def test_a_result_shows_the_part_with_the_most_different_words(tab: Page, site: Site) -> None:
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    encoder = json.loads((ROOT / "tests/sitebuild/fixture/docs/search/encoder.json").read_text())
    assert "The <mark>number</mark> of <mark>units</mark> is yours" in tab.evaluate(TEASER, [script, encoder])


RANK = """async ([script, asked]) => {
    const ranking = await (await import(script)).open("sections.json");
    return asked.map(words => ranking.best(words).map(({ location }) => location));
}"""


def test_a_word_that_no_question_has_finds_what_says_it_and_nothing_else(tab: Page, site: Site) -> None:
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    (found,) = tab.evaluate(RANK, [script, ["Sonnet"]])
    assert {address.partition("#")[0] for address in found} == {"systems/"}


@pytest.mark.parametrize(
    ("half", "first", "first_three"),
    [pytest.param(False, 0.9, 0.95, id="in the index"), pytest.param(True, 0.7, 0.87, id="kept back")],
)
def test_readers_find(half: bool, first: float, first_three: float, tab: Page, site: Site) -> None:
    """Of the questions that docs/search/asked.yml answers half are in the index; the other half is not, and tells more."""
    asked: list[dict[str, Any]] = yaml.safe_load((ROOT / "docs/search/asked.yml").read_text())
    asked = [it for it in asked if it["answer"] and it.get("test", False) == half]
    script = f"{site.url}assets/search/ranking.js"
    tab.goto(script)
    came = tab.evaluate(RANK, [script, [it["words"] for it in asked]])
    places = [
        min(map(found.index, {*it["answer"]} & {*found}), default=99) for it, found in zip(asked, came, strict=True)
    ]
    for most, least in ((1, first), (3, first_three)):
        part = sum(place < most for place in places) / len(asked)
        print(
            f"{len(asked)} questions, {'kept back' if half else 'in the index'}: among the first {most} for {part:.0%}"
        )
        assert part >= least
