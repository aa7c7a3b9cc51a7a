"""What a reader takes along stands by itself: the words, the snippet, the source and the licence."""

import html
import re
from collections import Counter
from itertools import takewhile
from pathlib import PurePosixPath
from urllib.parse import urljoin

import markdown
import pytest
from bs4 import BeautifulSoup, Tag

from cite import FILES, LICENCE
from conftest import ROOT, Page, Site
from items import KINDS, items

ITEMS = [pytest.param(item, id=f"{item.page}-{item.id}") for item in items(ROOT / "docs") if item.kind in KINDS]
HEADINGS = re.compile("h[1-6]")
ENDS = re.compile("h[1-6]|aside")
ADDRESS = re.compile(r"""https?://[^\s<>()\[\]"'`{}]+""")


def controls(page: Page) -> dict[str, Tag]:
    """The controls of a page, by the name of their files below cite/."""
    found = page.soup.select("details.cite")
    return {urljoin(page.url, one.select("a")[-1]["href"]).partition("/cite/")[2][: -len(".bib")]: one for one in found}


def name(page: Page, site: Site, anchor: str = "") -> str:
    path = page.url.removeprefix(site.url).strip("/") or "index"
    return f"{path}/{anchor}" if anchor else path


def pasted(control: Tag) -> BeautifulSoup:
    """The Markdown of a control as a Q&A site renders it."""
    rendered = markdown.markdown(control.pre.code.text, extensions=["fenced_code", "tables"])
    return BeautifulSoup(rendered, "html.parser")


def written(tag: Tag) -> str:
    """The words of a tag without permalink and evidence."""
    copy = BeautifulSoup(str(tag), "html.parser")
    for extra in copy.select(".headerlink, .evidence"):
        extra.decompose()
    return " ".join(copy.text.split())


def test_items_claims_figures_and_pages_have_one_control_each(site: Site) -> None:
    of_an_item = ", ".join(f".{kind}" for kind in KINDS)
    for page in site.pages:
        if page.path.name == "404.html":
            continue
        due = [name(page, site), *(name(page, site, tag["id"]) for tag in page.soup.select("figure.lstm-figure"))]
        due += [name(page, site, tag["id"]) for tag in page.soup.select(f"article :is({of_an_item})[id]")]
        for mark in page.soup.select("article .evidence[id]"):
            if not mark.find_previous(HEADINGS).get("class"):
                due.append(name(page, site, mark["id"]))
        assert sorted(controls(page)) == sorted(due), page.url
        assert len(page.soup.select("details.cite")) == len(due), page.url


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_pasted_is_a_full_answer(item, site: Site) -> None:
    page = site.page_of(ROOT / "docs" / item.page)
    heading = page.soup.find(HEADINGS, id=item.id)
    below = list(takewhile(lambda tag: not ENDS.fullmatch(tag.name), heading.find_next_siblings()))
    control = controls(page)[name(page, site, item.id)]
    assert control is below[-1], "the control ends the item"

    answer = pasted(control)
    assert answer.h3.text == written(heading)
    assert answer.find("p").text.split() == written(below[0]).split()
    snippets = [tag.code.text for tag in below if "language-python" in tag.get("class", ())]
    assert [code.text for code in answer.select("code.language-python")] == snippets[:1]
    first = next((tag for tag in below if "language-python" in tag.get("class", ())), None)
    after = first and first.find_next_sibling()
    if after and "language-text" in after.get("class", ()):
        assert answer.select("code.language-text")[0].text == after.code.text
    tables = [tag.find("table") or tag for tag in below if tag.name == "table" or tag.find("table")]
    shown = [[written(cell) for cell in table.find_all(["th", "td"])] for table in tables[:1]]
    assert [[written(cell) for cell in table.find_all(["th", "td"])] for table in answer.find_all("table")] == shown
    links = [link["href"] for link in answer.select("a[href]")]
    assert {f"{page.url}#{item.id}", site.url, LICENCE} <= {*links}


def test_a_figure_is_pasted_as_its_png(site: Site) -> None:
    for page in site.pages:
        for figure in page.soup.select("figure.lstm-figure"):
            image = pasted(controls(page)[name(page, site, figure["id"])]).img
            assert image["src"] == f"{site.url}figures/{figure['id'].removeprefix('fig-')}.png"
            assert image["alt"] == figure.svg.desc.text
            assert figure.figcaption.text in pasted(controls(page)[name(page, site, figure["id"])]).text


def test_a_claim_is_pasted_with_the_words_before_its_mark_and_what_it_was_checked_with(site: Site) -> None:
    counted = 0
    for page in site.pages:
        for mark in page.soup.select("article .evidence[id]"):
            if mark.find_previous(HEADINGS).get("class"):
                continue
            answer = pasted(controls(page)[name(page, site, mark["id"])])
            said = " ".join(answer.text.split())
            before = [part for part in mark.previous_siblings if isinstance(part, str)]
            if not mark.find_previous_sibling(class_="evidence"):
                assert all(" ".join(part.split()).strip() in said for part in before), f"{page.url}#{mark['id']}"
            assert answer.h3.text == written(mark.find_previous(HEADINGS))
            assert mark.text.partition(" · ")[0].removeprefix("checked with ") in answer.text
            assert answer.find("a", href=f"{page.url}#{mark['id']}")
            counted += 1
    assert counted > 20


def test_each_form_says_the_same(site: Site) -> None:
    for page in site.pages:
        for stem, control in controls(page).items():
            files = {kind: (site.root / f"cite/{stem}.{kind}").read_text() for kind in FILES}
            links = [urljoin(page.url, link["href"]) for link in control.p.select("a")]
            assert links == [f"{site.url}cite/{stem}.{kind}" for kind in FILES]
            answer, fragment = pasted(control), BeautifulSoup(files["html.txt"], "html.parser")
            assert re.sub(r"\s|\\", "", fragment.text) == re.sub(r"\s|\\", "", answer.text), stem
            assert [code.text for code in fragment.select("pre")] == [code.text for code in answer.select("pre")]
            for code in fragment.select("pre code"):
                assert re.sub("^(?=.)", "    ", code.text.rstrip(), flags=re.MULTILINE) in files["txt"], stem
            for block in fragment.find_all(["h3", "p"])[:-1]:
                assert written(block) in files["txt"], stem


def test_links_that_leave_are_absolute_and_lead_somewhere(site: Site) -> None:
    ids = {page.path: {tag["id"] for tag in page.soup.find_all(id=True)} for page in site.pages}
    texts = {file: file.read_text() for kind in FILES for file in (site.root / "cite").rglob(f"*.{kind}")}
    texts |= {page.path: "\n".join(code.text for code in page.soup.select(".cite code")) for page in site.pages}
    texts |= {file: file.read_text() for file in [*site.root.glob("*.md"), *site.root.glob("questions/*.md")]}
    inside = 0
    for source, text in texts.items():
        assert not re.search(r"""\]\((?!https?://)[^)\s]*\)|(?:href|src)=["'](?!https?://)""", text), source
        for address in ADDRESS.findall(html.unescape(text)):
            if address.startswith(site.url):
                inside += 1
                file, anchor = site.file(address.rstrip(".,;>")), address.rstrip(".,;>").partition("#")[2]
                assert file.is_file(), f"{source}: {address}"
                assert not anchor or anchor in ids[file], f"{source}: {address}"
    assert inside > 1000


BIBTEX = re.compile(r"@misc\{([\w-]+),\n((?:  \w+ = \{.*\},\n)+)\}\n")


def test_bibtex_is_bibtex_and_its_keys_are_unique(site: Site) -> None:
    files = sorted((site.root / "cite").rglob("*.bib"))
    keys = Counter()
    for file in files:
        entry = BIBTEX.fullmatch(file.read_text())
        assert entry, file
        fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", entry[2], re.MULTILINE))
        assert {"title", "author", "url", "abstract", "note"} <= fields.keys()
        for field, value in fields.items():
            bare = re.sub(r"\\textbackslash\{\}|\\textasci\w+\{\}|\\[{}$&#_%]", "", value)
            assert bare.count("{") == bare.count("}"), f"{file}: {field}"
            assert field == "url" or not re.search(r"[\\$&#_%~^]", bare), f"{file}: {field}"
        stem = PurePosixPath(file.relative_to(site.root / "cite"))
        assert keys[entry[1]] == 0, f"{stem}: {entry[1]} is taken"
        keys[entry[1]] += 1
    assert len(files) == sum(len(page.soup.select("details.cite")) for page in site.pages)


def test_the_search_does_not_know_the_citations(site: Site) -> None:
    assert "Also as" not in (site.root / "search/search_index.json").read_text()
