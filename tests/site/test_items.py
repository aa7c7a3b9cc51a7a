"""Each question, argument, error, erratum, term and verdict has an address, an answer, and what the answer rests on."""

import json
import re
from collections import Counter
from itertools import chain, takewhile
from urllib.parse import urljoin

import pytest
from bs4 import Tag

from docs.sitebuild.records import Records
from docs.sitebuild.search import asked
from tests.built import Page, Site
from tests.project import ROOT, committed
from tests.site import manifest
from tests.site.sources import DOCS, PAGES_WITH_ITEMS, Item, items

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
of_each_page = pytest.mark.parametrize("uri", PAGES_WITH_ITEMS)


def built(site: Site, item: Item) -> tuple[Page, Tag, list[Tag]]:
    """The page, the heading and what stands below it, up to the next heading or the end of the page."""
    page = site.page_of(DOCS / item.page)
    heading = page.soup.find(HEADINGS, id=item.id)
    below = takewhile(
        lambda tag: not (HEADINGS.fullmatch(tag.name) or tag.name == "aside"), heading.find_next_siblings()
    )
    return page, heading, list(below)


def test_there_are_enough_each_with_an_id_of_its_own_and_the_pages_show_them_all(site: Site) -> None:
    """The headings of the built pages know nothing of how their source was read."""
    assert {kind: len(items(kind)) >= least for kind, least in AT_LEAST.items()} == dict.fromkeys(AT_LEAST, True)
    assert not [name for name, times in Counter((item.kind, item.id) for item in items()).items() if times > 1]
    for kind in AT_LEAST:
        shown = {(page.url, tag["id"]) for page in site.pages for tag in page.soup.select(f"article .{kind}[id]")}
        assert shown == {(site.page_of(DOCS / item.page).url, item.id) for item in items(kind)}


@of_each_page
def test_an_item_answers_first_and_in_short(uri: str, site: Site) -> None:
    for item in items(page=uri):
        _, heading, (first, *_) = built(site, item)
        assert item.kind in heading["class"], item.id
        assert first.name == "p" and str(first).startswith("<p><strong>"), (
            f"{item.id}: the answer stands first, in bold"
        )
        answer = re.sub(r"\s+", " ", first.text)
        assert len(first.strong.text.split()) in range(1 if item.kind == "verdict" else 2, 41), answer
        assert len(re.findall(r"[.!?:](?= [A-Z0-9“`]|$)", answer)) <= 4, answer


@of_each_page
def test_an_item_says_what_it_rests_on(uri: str, site: Site) -> None:
    for item in items(page=uri):
        page, _, below = built(site, item)
        lines = [tag for tag in below if "about-snippet" in tag.get("class", ())]
        said = lines + [mark for tag in below for mark in tag.select(".evidence, .about-snippet")]
        evidence = [mark for mark in said if "evidence" in mark["class"] or mark.text.startswith("ran with ")]
        assert evidence, item.id
        for mark in evidence:
            if mark.text.startswith("checked: the tests run this snippet"):
                assert any(
                    "language-python" in tag.get("class", ()) and "recorded" not in tag["class"] for tag in below
                )
            elif mark.text.startswith("read in"):
                assert re.search(r"\d", mark.text), f"{page.url}: which version? {mark.text}"
            else:
                assert mark.select("a[href]"), mark


@pytest.mark.parametrize("uri", [uri for uri in PAGES_WITH_ITEMS if uri.startswith("questions/")])
def test_a_question_is_shown_by_a_snippet_a_figure_or_a_record(uri: str, site: Site) -> None:
    shown = ".evidence a[href*='evidence/'], a[href*='figures/#'], .lstm-figure"
    for item in items("question", page=uri):
        _, _, below = built(site, item)
        assert any(tag.select(shown) or {"lstm-figure", "highlight"} & {*tag.get("class", ())} for tag in below), (
            item.id
        )


@pytest.mark.parametrize(("kind", "index"), [("question", "questions/"), ("error", "errors/")])
def test_every_group_is_listed_with_its_answers(kind: str, index: str, site: Site) -> None:
    """An entry has the id of what it leads to: an address that was on the index leads on."""
    listed = site.page(index).soup.article
    for item in items(kind):
        address = f"{item.page.removeprefix(index).removesuffix('.md')}/#{item.id}"
        entry = listed.find("a", href=address, id=item.id)
        assert entry, address
        _, _, (first, *_) = built(site, item)
        assert " ".join(first.strong.text.split()) in " ".join(entry.find_parent("li").text.split())


def test_a_core_page_leads_back_to_the_questions_that_lead_to_it_and_to_no_other(site: Site) -> None:
    lead = set()
    for item in items("question"):
        page, _, below = built(site, item)
        links = {
            (site.page_of(DOCS / item.page).path.parent / link["href"].partition("#")[0]).resolve()
            for tag in below
            for link in tag.select("a[href^='../../']")
            if not link.find_parent(class_=("evidence", "about-snippet", "cite"))
        }
        lead |= {(link.relative_to(site.root).as_posix(), f"{page.url}#{item.id}") for link in links}
    files = {*DOCS.rglob("*.md"), *DOCS.glob("*.py")} - {*DOCS.glob("questions/*")}
    core = {file.relative_to(DOCS).with_suffix("").as_posix() for file in files if file.stem != "index"}
    lead = {(name, question) for name, question in lead if name in core}
    back = set()
    for name in core:
        heading = site.page(f"{name}/").soup.find("h2", id="questions")
        for link in heading.find_next_sibling("ul").select("a") if heading else ():
            back.add((name, f"{site.url}{link['href'].lstrip('./')}"))
    assert back == lead
    assert len({name for name, _ in back}) > 5


def test_every_argument_has_its_section_and_its_row(site: Site) -> None:
    recorded = Records(ROOT / "docs/evidence").facts("defaults", "arguments.keras-3").keys() - {"ran"}
    known = {name for name in recorded if "-of-a-fresh-layer" not in name} | {*SIGNATURE}
    table = site.page("arguments/").soup.article.table
    rows = {urljoin(f"{site.url}arguments/", row.td.a["href"]) for row in table.select("tbody tr") if row.td.a}
    pages = {item.id: item.page for item in items("argument")}
    for name in known | {"zero_output_for_mask"}:
        anchor = name.replace("_", "-")
        assert anchor in pages, f"{name} has no section"
        page = site.page_of(DOCS / pages[anchor])
        assert f"{page.url}#{anchor}" in rows, f"{name} has no row"
        assert page.soup.find(id=anchor).code.text == name


def test_claims_state_something(site: Site) -> None:
    for page in site.pages:
        for mark in page.soup.select("article .evidence[id]"):
            if mark.find_previous(HEADINGS).get("class"):
                continue  # the claim of an item is its answer
            block = mark.find_parent(["p", "li", "td", "div"])
            before = block.find_previous_sibling()
            above = before.text if before and not HEADINGS.fullmatch(before.name) else ""
            around = block.text.replace(mark.text, "").strip() or above
            assert len(around.split()) > 4, f"{page.url}#{mark['id']}"


def test_each_item_is_found_by_the_search_and_seen(site: Site) -> None:
    entries = {
        entry["location"] for entry in json.loads((site.root / "assets/search/sections.json").read_text())["sections"]
    }
    for item in items():
        assert f"{item.page.removesuffix('.md')}/#{item.id}" in entries
        assert site.page_of(DOCS / item.page).soup.find(id=item.id).parent.name == "article", item.id


def test_what_answers_a_question_of_readers_is_searched(site: Site) -> None:
    read = json.loads((site.root / "assets/search/sections.json").read_text())
    entries = {entry["location"] or "./" for entry in read["sections"]}
    for words, answer in asked(DOCS / "search"):
        assert {it or "./" for it in answer} <= entries, words


# What was published stays.


def moved_to(name: str, moved: dict[str, str], site: Site) -> str:
    """Where a page or an id is now: an id moves with its page, or left itself to a link, perhaps to what answers it."""
    page, mark, anchor = name.partition("#")
    if mark and page not in moved and (link := site.page(page).soup.article.find("a", id=anchor, href=True)):
        return urljoin(page, str(link["href"]))
    return moved.get(page, page).partition("#")[0] + mark + anchor


def test_the_manifest_holds_what_the_site_has(site: Site) -> None:
    now, held = manifest.published(site.root), json.loads(manifest.FILE.read_text())
    moved = json.loads((ROOT / "docs/redirects.json").read_text())
    anywhere = {*chain(*now.values())}
    for kind in held.keys() | now.keys():
        gone, new = {*held[kind]} - {*now.get(kind, [])}, {*now[kind]} - {*held[kind]}
        gone = {name for name in gone if moved_to(name, moved, site) not in anywhere}
        assert not gone, f"{kind}: published once, and now gone: {sorted(gone)}"
        assert not new, f"{kind}: `make manifest` after {sorted(new)}"


def test_nothing_ever_left_the_manifest() -> None:
    held = json.loads(manifest.FILE.read_text())
    for commit, text in committed(manifest.FILE):
        for kind, names in json.loads(text).items():
            gone = {*names} - {*held.get(kind, [])}
            assert not gone, f"{commit} published {sorted(gone)}"


def test_the_manifest_forgets_nothing() -> None:
    before, now = {"page": ["old/", "b/"], "gone": ["it"]}, {"page": ["b/", "a/"], "new": ["one"]}
    assert manifest.merged(before, now) == {"page": ["a/", "b/", "old/"], "gone": ["it"], "new": ["one"]}
