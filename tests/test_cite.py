"""What a reader takes along stands by itself: the words, what shows them, what they rest on, source and licence."""

import html
import re
import struct
from collections import Counter
from itertools import takewhile
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
SUBJECT = re.compile(r"LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX|^Documentation error: |^Claim: “")
TITLES = {
    "argument": "{} of keras.layers.LSTM",
    "term": "{} (LSTM)",
    "erratum": "Documentation error: {}",
    "verdict": "Claim: “{}”",
}
TESTED = "The site's tests run this snippet and compare what it prints."
DRAWN = "The figure is computed by lstm_ref; a test computes its numbers a second time."


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


def prose(answer: BeautifulSoup) -> str:
    copy = BeautifulSoup(str(answer), "html.parser")
    for listing in copy.select("pre"):
        listing.decompose()
    return " ".join(copy.text.split())


def written(tag: Tag) -> str:
    """The words of a tag without permalink and evidence."""
    copy = BeautifulSoup(str(tag), "html.parser")
    for extra in copy.select(".headerlink, .evidence, .script"):
        extra.decompose()
    return " ".join(copy.text.split())


def bare(text: str) -> str:
    """Letters and digits: what is left of words in every form."""
    return re.sub(r"[^A-Za-z0-9]", "", re.sub(r"\\(?:text\w+|times|cdot|surd|le|to|sigma|ldots)\b", "", text))


def section(tag: Tag) -> list[Tag]:
    """What stands between the heading before a tag and the heading after it."""
    heading = tag if HEADINGS.fullmatch(tag.name) else tag.find_previous(HEADINGS)
    return list(takewhile(lambda tag: not ENDS.fullmatch(tag.name), heading.find_all_next(True)))


def snippets(tags: list[Tag]) -> list[Tag]:
    return [tag for tag in tags if "language-python" in tag.get("class", ())]


def printed(snippet: Tag) -> list[str]:
    after = (tag for tag in snippet.find_next_siblings() if not re.match(r"On [^.]*:$", tag.text))
    return [tag.code.text for tag in takewhile(lambda tag: "language-text" in tag.get("class", ()), after)]


def nearest(tags: list[Tag], at: Tag, back: bool) -> list[Tag]:
    """The first of these tags behind another, or the last before it if there is none; or the other way round.

    `back`: what follows at once, but for a control, comes before those.
    """
    place = {id(tag): number for number, tag in enumerate(at.find_previous("html").find_all(True))}
    above = [tag for tag in reversed(tags) if place[id(tag)] < place[id(at)]]
    below = [tag for tag in tags if place[id(tag)] > place[id(at)]]
    follows = at.find_next_sibling(lambda tag: tag.name != "details")
    at_once = [tag for tag in below if follows in (tag, *tag.parents)]
    return ([*at_once, *above, *below] if back else [*below, *above])[:1]


def claims(page: Page) -> list[Tag]:
    return [mark for mark in page.soup.select("article .evidence[id]") if not mark.find_previous(HEADINGS).get("class")]


def bib(site: Site, stem: str) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+) = \{(.*)\},$", (site.root / f"cite/{stem}.bib").read_text(), re.MULTILINE))


def test_items_claims_figures_and_pages_have_one_control_each(site: Site) -> None:
    of_an_item = ", ".join(f".{kind}" for kind in KINDS)
    for page in site.pages:
        if page.path.name == "404.html":
            continue
        due = [name(page, site), *(name(page, site, tag["id"]) for tag in page.soup.select("figure.lstm-figure"))]
        due += [name(page, site, tag["id"]) for tag in page.soup.select(f"article :is({of_an_item})[id]")]
        due += [name(page, site, mark["id"]) for mark in claims(page)]
        assert sorted(controls(page)) == sorted(due), page.url
        assert len(page.soup.select("details.cite")) == len(due), page.url


def test_a_control_says_what_it_cites(site: Site) -> None:
    for page in site.pages:
        for control in page.soup.select("details.cite"):
            assert re.match("Cite (this [a-z]+$|“.+”$)", control.summary.text), control.summary
        for block in page.soup.select("p, li"):
            if len(marks := block.select(".evidence[id]", recursive=False)) > 1 and marks[0] in claims(page):
                summaries = [controls(page)[name(page, site, mark["id"])].summary.text for mark in marks]
                assert len({*summaries}) == len(summaries), summaries


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_pasted_is_a_full_answer(item, site: Site) -> None:
    page = site.page_of(ROOT / "docs" / item.page)
    heading = page.soup.find(HEADINGS, id=item.id)
    below = list(takewhile(lambda tag: not ENDS.fullmatch(tag.name), heading.find_next_siblings()))
    control = controls(page)[name(page, site, item.id)]
    assert control is below[-1], "the control ends the item"

    answer = pasted(control)
    title = TITLES.get(item.kind, "{}").format(re.sub(r"^[QA]\d: ", "", written(heading)))
    if item.kind == "argument" and "call" in written(heading.find_previous("h2")):
        title = title.replace(" of keras", " in the call of keras")
    assert answer.h3.text.removeprefix("LSTM: ") == title
    assert answer.find("p").text.split() == written(below[0]).split()

    cited = snippets(below)[: None if item.kind == "erratum" else 1]
    if fix := next((tag for tag in below if tag.text.startswith("Smallest fix")), None):
        cited += snippets(fix.find_next_siblings())[:1]
        assert written(fix) in prose(answer)
    assert item.kind != "error" or len(cited) == 2
    assert [code.text for code in answer.select("code.language-python")] == [tag.code.text for tag in cited]
    assert [code.text for code in answer.select("code.language-text")] == [out for tag in cited for out in printed(tag)]
    tables = [tag.find("table") or tag for tag in below if tag.name == "table" or tag.find("table")]
    shown = [[written(cell) for cell in table.find_all(["th", "td"])] for table in tables[:1]]
    assert [[written(cell) for cell in table.find_all(["th", "td"])] for table in answer.find_all("table")] == shown
    for block in [*cited, *tables[:1]]:
        lead = (block.find_parent(class_="scroll-box") or block).find_previous_sibling()
        if lead.name == "p" and written(lead) and not re.match("More|Asked", lead.text):
            assert bare(written(lead)) in bare(answer.text), "the words before what is shown"
    drawn = [link["href"].partition("#")[2] for tag in below for link in tag.select('a[href*="figures/#"]')]
    figures = [tag["id"].removeprefix("fig-") for tag in below if "lstm-figure" in tag.get("class", ())]
    addresses = [f"{site.url}figures/{each}.png" for each in (figures + drawn)[:1]]
    assert [image["src"] for image in answer.select("img")] == addresses

    links = [link["href"] for link in answer.select("a[href]")]
    assert {f"{page.url}#{item.id}", site.url, LICENCE} <= {*links}
    for mark in (mark for tag in below for mark in tag.select(".evidence")):
        if re.match("checked with|read in", mark.text):
            assert bare(mark.text.partition(" · ")[0])[1:] in bare(answer.text)
            assert {urljoin(page.url, link["href"]) for link in mark.select("a")} <= {*links}
    if item.kind == "verdict":
        assert "https://stackoverflow.com/q/44273249" in links


def test_what_shows_nothing_says_what_it_rests_on(site: Site) -> None:
    for page in site.pages:
        for heading in page.soup.select(", ".join(f".{kind}[id]" for kind in KINDS)):
            answer = pasted(controls(page)[name(page, site, heading["id"])])
            if answer.select("img, table, code.language-python"):
                continue
            for block in section(heading):
                if block.name == "p" and block.select(".evidence") and not re.match("More|Asked", block.text):
                    assert bare(written(block)) in bare(answer.text), block


def test_an_erratum_says_where_the_sentence_stands(site: Site) -> None:
    page = site.page("errata/")
    for heading in page.soup.select(".erratum[id]"):
        answer = pasted(controls(page)[name(page, site, heading["id"])])
        listed = heading.find_next("ul").find_all("li", recursive=False)
        kept = [" ".join(each.text.split()) for each in listed if not each.text.startswith("Upstream")]
        assert [each.split(":")[0] for each in kept] in (["Where", "Says", "Since"], ["Where", "Said", "Since"])
        assert [" ".join(each.text.split()) for each in answer.select("li")] == kept


def test_a_figure_is_pasted_as_its_png_with_the_snippet_below_it(site: Site) -> None:
    for page in site.pages:
        for figure in page.soup.select("figure.lstm-figure"):
            stem = name(page, site, figure["id"])
            answer = pasted(controls(page)[stem])
            assert answer.img["src"] == f"{site.url}figures/{figure['id'].removeprefix('fig-')}.png"
            assert answer.img["alt"] == figure.svg.desc.text
            assert figure.figcaption.text in answer.text
            assert bare(figure.figcaption.text) == bare(bib(site, stem)["abstract"])
            snippet = nearest(snippets(section(figure)), figure, back=False)
            assert [code.text for code in answer.select("code.language-python")] == [tag.code.text for tag in snippet]
            assert [code.text for code in answer.select("code.language-text")] == [
                out for tag in snippet for out in printed(tag)
            ]


def test_a_claim_is_pasted_with_its_words_and_what_shows_them(site: Site) -> None:
    counted = 0
    for page in site.pages:
        for mark in claims(page):
            where = f"{page.url}#{mark['id']}"
            answer = pasted(controls(page)[name(page, site, mark["id"])])
            block, inside = mark.find_parent(["p", "li"]), section(mark)
            before = takewhile(
                lambda part: "evidence" not in getattr(part, "attrs", {}).get("class", ()), mark.previous_siblings
            )
            said = bare(" ".join(part.text for part in reversed([*before])))
            abstract = bare(bib(site, name(page, site, mark["id"]))["abstract"])
            assert abstract, where
            assert abstract.endswith(said), where
            assert said in bare(answer.text), where
            bold = mark.find_previous(HEADINGS).find_next("p").strong
            if bold in inside:
                assert bare(bold.text) in bare(answer.text), where
                assert bare(bold.text) in abstract, where
            assert answer.h3.text.removeprefix("LSTM: ") == written(mark.find_previous(HEADINGS))
            assert bare(mark.text.partition(" · ")[0].removeprefix("checked with ")) in bare(answer.text)
            assert {urljoin(page.url, link["href"]) for link in mark.select("a")} | {where} <= {
                link["href"] for link in answer.select("a")
            }

            tables = [tag for tag in inside if tag.name == "table" and len(tag.find_all("tr")) <= 16]
            pictures = [tag for tag in inside if tag in tables or "lstm-figure" in tag.get("class", ())]
            snippet, picture = (nearest(tags, block, back=True) for tags in (snippets(inside), pictures))
            assert [code.text for code in answer.select("code.language-python")] == [tag.code.text for tag in snippet]
            shown = [written(tag) for tag in picture if tag.name == "table"]
            assert [bare(tag.text) for tag in answer.select("table")] == [bare(words) for words in shown], where
            assert len(answer.select("img, table")) == len(picture), where
            counted += 1
    assert counted > 20


def test_a_page_is_pasted_with_its_answer_and_what_it_shows_first(site: Site) -> None:
    for page in site.pages:
        if not (control := controls(page).get(name(page, site))):
            continue
        answer, heading = pasted(control), page.soup.h1
        bold, description = heading.find_next("strong"), page.soup.find("meta", attrs={"name": "description"})
        shows, opening = answer.select("img, table, pre"), answer.p.text.split()
        assert opening in (written(bold).split(), [] if shows else description["content"].split())
        assert description["content"][:10] == bold.text[:10] or bare(description["content"]) in bare(answer.text)
        first = next((tag for tag in section(heading) if tag in page.soup.select("figure.lstm-figure")), None)
        assert [image["alt"] for image in answer.select("img")] == ([first.svg.desc.text] if first else []), page.url


def test_every_answer_has_a_snippet(site: Site) -> None:
    missing = []
    for page in site.pages:
        due = page.soup.select("figure.lstm-figure, :is(.question, .argument, .error)[id]") + claims(page)
        stems = [name(page, site, tag["id"]) for tag in due]
        missing += [stem for stem in stems if not pasted(controls(page)[stem]).select("code.language-python")]
    assert not missing


def test_what_is_cited_says_what_it_needs_and_rests_on(site: Site) -> None:
    installs = 0
    for page in site.pages:
        recorded = {tag.code.text for tag in page.soup.select(".language-python.recorded")}
        listed = {tag.code.text for tag in page.soup.select(".language-python.listing")}
        for stem, control in controls(page).items():
            answer = pasted(control)
            says, code = prose(answer), [code.text for code in answer.select("code.language-python")]
            assert SUBJECT.search(answer.h3.text), stem
            wheel = re.search(r"pip install (\S+/wheels/\S+\.whl)\.", says)
            assert bool(wheel) == any(re.search(r"^(from|import) lstm_ref\b", each, re.MULTILINE) for each in code), (
                stem
            )
            assert not wheel or site.file(wheel[1]).is_file(), stem
            installs += bool(wheel)
            assert (" Ran with " in says) == any(each in recorded for each in code), stem
            assert (TESTED in says) == any(each not in recorded | listed for each in code), stem
            assert (DRAWN in says) == bool(answer.img), stem
            assert all(says.count(each) == 1 for each in re.findall(r"(?:Ran|Checked) with [^:]*:", says)), stem
            for code_word in answer.select("p code, li code, td code, h3 code"):
                code_word.string = "" if not code_word.text.startswith("LSTM(") else code_word.text
            says = prose(answer)
            for letter, meaning in {"N": "N (units|memories)|LSTM.N.|is N|N is", "F": "F (features|is)"}.items():
                assert not re.search(rf"(?<![A-Za-z.]){letter}(?![A-Za-z])", says) or re.search(meaning, says), stem
            rests = re.findall(r"(?:Ran|Checked) with [^:]*?, \d{4}-\d\d|Read in [\w ]+", says)
            assert all(bare(each) in bare(bib(site, stem)["note"]) for each in rests), stem
    assert installs > 80


def test_each_form_says_the_same(site: Site) -> None:
    for page in site.pages:
        for stem, control in controls(page).items():
            files = {kind: (site.root / f"cite/{stem}.{kind}").read_text() for kind in FILES}
            links = [urljoin(page.url, link["href"]) for link in control.p.select("a")]
            assert links == [f"{site.url}cite/{stem}.{kind}" for kind in FILES]
            answer, fragment = pasted(control), BeautifulSoup(files["html.txt"], "html.parser")
            assert re.sub(r"\s|\\|\^", "", fragment.text) == re.sub(r"\s|\\|\^", "", answer.text), stem
            assert [code.text for code in fragment.select("pre")] == [code.text for code in answer.select("pre")]
            plain = files["txt"]
            for code in fragment.select("pre code"):
                assert re.sub("^(?=.)", "    ", code.text.rstrip(), flags=re.MULTILINE) in plain, stem
            for image in fragment.select("img"):
                png = (site.root / image["src"].removeprefix(site.url)).read_bytes()
                assert 2 * int(image["width"]) == struct.unpack(">I", png[16:20])[0], stem
                assert f"Figure: {image['alt']} ({image['src']})" in plain
            assert plain.count("\n\nprints:\n\n") == len(fragment.select("pre:has(.language-python) + pre")), stem
            for link in fragment.select("a"):
                assert f"{' '.join(link.text.split())} ({link['href']})" in plain, stem
                link.append(f" ({link['href']})")
            for power in fragment.select("sup"):
                power.insert(0, "^")
            for line_end in fragment.select("br"):
                line_end.replace_with(" ")
            for block in fragment.find_all(["h3", "p", "li", "td"]):
                assert written(block) in plain, stem


def test_powers_stay_powers(site: Site) -> None:
    stem = "frameworks/claim-agreement-keras"
    control = controls(site.page("frameworks/"))[stem]
    assert "10^−6 in float32" in control.pre.text
    assert "10^−6 in float32" in (site.root / f"cite/{stem}.txt").read_text()
    assert "10<sup>−6</sup> in float32" in (site.root / f"cite/{stem}.html.txt").read_text()
    assert "10$^{-6}$ in float32" in bib(site, stem)["abstract"]


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


BIBTEX = re.compile(r"@misc\{(lstmunits-[\w-]+),\n((?:  \w+ = \{.*\},\n)+)\}\n")
MATHS = re.compile(r"\$[^$ ]+\$")


def test_bibtex_is_bibtex_and_its_keys_are_unique(site: Site) -> None:
    keys = Counter()
    stems = {stem: f"{page.url}#{stem.rpartition('/')[2]}" for page in site.pages for stem in controls(page)}
    stems |= {name(page, site): page.url for page in site.pages if name(page, site) in stems}
    for stem, url in stems.items():
        text = (site.root / f"cite/{stem}.bib").read_text()
        entry, fields = BIBTEX.fullmatch(text), bib(site, stem)
        assert entry, stem
        assert text.isascii(), stem
        assert {"title", "author", "howpublished", "abstract", "note"} <= fields.keys()
        assert (fields["howpublished"], fields["url"]) == (f"\\url{{{url}}}", url)
        assert not fields["abstract"].endswith(":"), stem
        for field, value in fields.items():
            words = MATHS.sub("", value)
            words = re.sub(r"\\textbackslash\{\}|\\textasci\w+\{\}|\\ldots\{\}|\\[{}$&#_%]", "", words)
            assert words.count("{") == words.count("}"), f"{stem}: {field}"
            assert field in ("howpublished", "url") or not re.search(r'[\\$&#_%~^<>|"]', words), f"{stem}: {field}"
        assert keys[entry[1]] == 0, f"{stem}: {entry[1]} is taken"
        keys[entry[1]] += 1
    assert len(stems) == len([*(site.root / "cite").rglob("*.bib")])


def test_the_search_does_not_know_the_citations(site: Site) -> None:
    assert "Cite this answer" not in (site.root / "search/search_index.json").read_text()
