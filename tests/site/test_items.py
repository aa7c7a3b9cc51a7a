"""Each question, argument, error, erratum, term and verdict has an address, an answer, and what the answer rests on."""

import json
import re
from collections import Counter
from itertools import takewhile

import pytest
from bs4 import Tag

import manifest
from tests.built import Page, Site
from tests.project import ROOT, committed
from docs.sitebuild.records import Records

facts = Records(ROOT / "docs/evidence").facts
ITEMS = items(ROOT / "docs")
HEADINGS = re.compile("h[1-6]")
SIGNATURE = [
    "units",
    "activation",
    "recurrent_activation",
    "use_bias",
    "kernel_initializer",
    "recurrent_initializer",
    "bias_initializer",
    "unit_forget_bias",
    "kernel_regularizer",
    "recurrent_regularizer",
    "bias_regularizer",
    "activity_regularizer",
    "kernel_constraint",
    "recurrent_constraint",
    "bias_constraint",
    "dropout",
    "recurrent_dropout",
    "implementation",
    "return_sequences",
    "return_state",
    "go_backwards",
    "stateful",
    "unroll",
]
AT_LEAST = {"question": 100, "argument": 26, "error": 15, "erratum": 10, "term": 10, "verdict": 9}


def of(kind: str) -> list[pytest.param]:
    return [pytest.param(item, id=item.id) for item in ITEMS if item.kind == kind]


EVERY = [item for kind in KINDS for item in of(kind)]


def built(site: Site, item) -> tuple[Page, Tag, list[Tag]]:
    """The page, the heading and what stands below it, up to the next heading or the end of the page."""
    page = site.page_of(ROOT / "docs" / item.page)
    heading = page.soup.find(HEADINGS, id=item.id)
    below = takewhile(
        lambda tag: not (HEADINGS.fullmatch(tag.name) or tag.name == "aside"), heading.find_next_siblings()
    )
    return page, heading, list(below)


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough(kind):
    assert len(of(kind)) >= AT_LEAST[kind]


def test_an_id_is_an_id_of_one_item():
    assert not [name for name, times in Counter((item.kind, item.id) for item in ITEMS).items() if times > 1]


@pytest.mark.parametrize("item", EVERY)
def test_an_item_answers_first_and_in_short(item, site):
    _, heading, (first, *_) = built(site, item)
    assert item.kind in heading["class"]
    assert first.name == "p" and str(first).startswith("<p><strong>"), "the answer stands first, in bold"
    answer = re.sub(r"\s+", " ", first.text)
    assert len(first.strong.text.split()) in range(1 if item.kind == "verdict" else 2, 41)
    assert len(re.findall(r"[.!?:](?= [A-Z0-9“`]|$)", answer)) <= 4, answer


@pytest.mark.parametrize("item", EVERY)
def test_an_item_says_what_it_rests_on(item, site):
    page, _, below = built(site, item)
    marks = [mark for tag in below for mark in tag.select(".evidence")]
    assert marks
    for mark in marks:
        if mark.text.startswith("checked: the tests run this snippet"):
            assert any("language-python" in tag.get("class", ()) and "recorded" not in tag["class"] for tag in below)
        elif mark.text.startswith("read in"):
            assert re.search(r"\d", mark.text), f"{page.url}: which version? {mark.text}"
        else:
            assert mark.select("a[href]")


@pytest.mark.parametrize("item", of("question"))
def test_a_question_is_shown_by_a_snippet_a_figure_or_a_record(item, site):
    _, _, below = built(site, item)
    shown = [
        tag for tag in below if tag.select("pre, .evidence a[href*='evidence/'], a[href*='figures/#'], .lstm-figure")
    ]
    assert shown


def test_every_group_of_questions_is_listed_with_its_answers(site):
    listed = site.page("questions/").soup.article
    for item in ITEMS:
        if item.kind == "question":
            address = f"{item.page.removeprefix('questions/').removesuffix('.md')}/#{item.id}"
            entry = listed.find("a", href=address)
            assert entry, address
            _, _, (first, *_) = built(site, item)
            assert " ".join(first.strong.text.split()) in " ".join(entry.find_parent("li").text.split())


@pytest.mark.parametrize("item", [item for item in EVERY if item.values[0].kind == "question"])
def test_a_core_page_leads_back_to_the_questions_that_lead_to_it(item, site):
    page, _, below = built(site, item)
    for link in [a["href"] for tag in below for a in tag.select("a[href^='../../']")]:
        target = (page.path.parent / link.partition("#")[0]).resolve() / "index.html"
        name = target.parent.relative_to(site.root).as_posix()
        if (ROOT / f"docs/{name}.md").is_file() and not tag_is_evidence(below, link):
            back = site.page(f"{name}/").soup.article
            assert back.select(f"a[href$='{page.path.parent.name}/#{item.id}']"), f"{name} does not lead to {item.id}"


def tag_is_evidence(below: list[Tag], link: str) -> bool:
    return any(a.find_parent(class_="evidence") for tag in below for a in tag.select(f"a[href='{link}']"))


def test_every_argument_has_its_section_and_its_row(site):
    recorded = facts("defaults", "arguments.keras-3").keys() - {"ran"}
    known = {name for name in recorded if "-of-a-fresh-layer" not in name} | {*SIGNATURE}
    article = site.page("arguments/").soup.article
    ids = {item.id for item in ITEMS if item.kind == "argument"}
    rows = {row.td.a["href"] for row in article.table.select("tbody tr") if row.td.a}
    for name in known | {"zero_output_for_mask"}:
        anchor = name.replace("_", "-")
        assert anchor in ids, f"{name} has no section"
        assert f"#{anchor}" in rows, f"{name} has no row"
        assert article.find(id=anchor).code.text == name


def test_claims_state_something(site):
    for page in site.pages:
        for mark in page.soup.select("article .evidence[id]"):
            if mark.find_previous(HEADINGS).get("class"):
                continue  # the claim of an item is its answer
            block = mark.find_parent(["p", "li", "td", "div"])
            before = block.find_previous_sibling()
            above = before.text if before and not HEADINGS.fullmatch(before.name) else ""
            around = block.text.replace(mark.text, "").strip() or above
            assert len(around.split()) > 4, f"{page.url}#{mark['id']}"


def test_each_item_is_found_by_the_search_and_seen(site):
    entries = {entry["location"] for entry in json.loads((site.root / "search/search_index.json").read_text())["docs"]}
    for item in ITEMS:
        assert f"{item.page.removesuffix('.md')}/#{item.id}" in entries
        assert site.page_of(ROOT / "docs" / item.page).soup.find(id=item.id).parent.name == "article", item.id


# What was published stays.


def moved_to(name: str, moved: dict[str, str]) -> str:
    """Where a page or an id is now: an id moves with its page, and keeps its name."""
    page, mark, anchor = name.partition("#")
    return moved.get(page, page).partition("#")[0] + mark + anchor


def test_the_manifest_holds_what_the_site_has(site):
    now, held = manifest.published(site.root), json.loads(manifest.FILE.read_text())
    moved = json.loads((ROOT / "docs/redirects.json").read_text())
    for kind in held.keys() | now.keys():
        gone, new = {*held[kind]} - {*now.get(kind, [])}, {*now[kind]} - {*held[kind]}
        gone = {name for name in gone if moved_to(name, moved) not in now.get(kind, [])}
        assert not gone, f"{kind}: published once, and now gone: {sorted(gone)}"
        assert not new, f"{kind}: `make manifest` after {sorted(new)}"


def test_nothing_ever_left_the_manifest():
    held = json.loads(manifest.FILE.read_text())
    for commit, text in committed(manifest.FILE):
        for kind, names in json.loads(text).items():
            gone = {*names} - {*held.get(kind, [])}
            assert not gone, f"{commit} published {sorted(gone)}"


def test_the_manifest_forgets_nothing():
    before, now = {"page": ["old/", "b/"], "gone": ["it"]}, {"page": ["b/", "a/"], "new": ["one"]}
    assert manifest.merged(before, now) == {"page": ["a/", "b/", "old/"], "gone": ["it"], "new": ["one"]}
