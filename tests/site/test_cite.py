"""What a reader takes along stands by itself: the words, what shows them, what they rest on, source and licence."""

import html
import json
import re
import struct
from collections import Counter
from itertools import takewhile
from urllib.parse import urljoin

import markdown
import pytest
from bs4 import BeautifulSoup, Tag

from cite import EXAMPLES, FILES, LETTERS, LICENCE
from items import KINDS, items
from lstm_ref.examples import latch, worked_input, worked_layer
from tests.built import Page, Site
from tests.project import ROOT

ITEMS = [pytest.param(item, id=f"{item.page}-{item.id}") for item in items(ROOT / "docs") if item.kind in KINDS]
HEADINGS = re.compile("h[1-6]")
ENDS = re.compile("h[1-6]|aside")
ADDRESS = re.compile(r"""https?://[^\s<>()\[\]"'`{}]+""")
SUBJECT = re.compile(r"LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX|^Documentation error: ")
TITLES = {
    "argument": "{} of keras.layers.LSTM",
    "term": "{} (LSTM)",
    "erratum": "Documentation error: {}",
    "guess": "A guess about LSTM(N): {}",
    "answer": "An answer about LSTM(N): {}",
}
NOTES = (
    "N is the number",
    "F is the number",
    "h is what a unit",
    "c is what a unit",
    "i, f and o are",
    "The snippet needs",
)
MEANINGS = {
    "N": r"N (units|memories)|LSTM\(N\)|is N\b|N is|number N|for units",
    "F": r"F (features|is)",
    "h": r"puts out|output h|h, its output|h is|h \(|state h",
    "c": r"i, c, f|memory|c is|c \(|state c",
    "g": r"candidate",
}
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
RAISED = str.maketrans("0123456789−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
TESTED = "The site's tests run the snippet."
DRAWN = "The figure is drawn by a program, and a test checks what it shows."


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
    text = text.translate(LOWERED)
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


def nearest(tags: list[Tag], at: Tag) -> list[Tag]:
    """The first of these tags behind another, or the last before it if there is none."""
    place = {id(tag): number for number, tag in enumerate(at.find_previous("html").find_all(True))}
    above = [tag for tag in reversed(tags) if place[id(tag)] < place[id(at)]]
    return [tag for tag in tags if place[id(tag)] > place[id(at)]][:1] or above[:1]


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


def test_a_control_says_what_it_cites_and_which_forms_it_has(site: Site) -> None:
    for page in site.pages:
        for stem, control in controls(page).items():
            anchor = page.soup.find(id=stem.rpartition("/")[2]) if stem != name(page, site) else None
            if anchor is None:
                kind = "page"
            elif anchor.name == "figure":
                kind = "figure"
            elif "evidence" in anchor["class"]:
                kind = "claim"
                assert control is anchor.find_parent(["p", "li"]).find_next("details"), "right below its words"
            else:
                (kind,) = {*anchor["class"]} & {*KINDS}
            assert control.summary.text == f"Cite this {'answer' if kind == 'question' else kind}"
            assert [link.text for link in control.p.select("a")] == ["HTML", "plain text", "BibTeX"]


def test_letters_and_examples_mean_what_they_mean() -> None:
    meanings = {"N": "N is the number of units", "F": "F is the number of features"}
    meanings |= {"h": "h is what a unit puts out", "c": "c is what a unit keeps"}
    meanings |= {"g": "i, f and o are the gates, g is the candidate"}
    assert {letter: meaning for letter, (meaning, _) in LETTERS.items()} == meanings
    assert {
        "worked_input": f"<code>worked_input()</code> has the shape {worked_input().shape}",
        "worked_layer": f"<code>worked_layer()</code> is an <code>LSTM({worked_layer().units})</code> with fixed weights",
        "latch": f"<code>latch()</code> gives an <code>LSTM({latch()[0].units})</code> with weights set by hand, and its input",
    } == EXAMPLES


def test_nothing_is_said_behind_what_leads_on() -> None:
    """A citation ends a paragraph at "More:" and "Asked:": behind them stand links only."""
    for page in [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/questions").glob("*.md")]:
        for paragraph in re.split(r"\n\s*\n", page.read_text()):
            if pointer := re.search(r"(?:^|\s)(?:More|Asked)(?:, \w+)?: (.*)", paragraph, re.DOTALL):
                link, mark = r"\[[^\]]*\]\([^)]*\)(?:, (?:also )?(?:for|with) [^.]*)?", r"\{\{.*?\}\}"
                words = r"(?:More|Asked|Claimed|Error)(?:, \w+)?:|See also|\band\b|[\s,.;]"
                assert not re.sub(f"{mark}|{link}|{words}", "", pointer[1]), (page, paragraph)


def left(blocks: list[Tag]) -> list[Tag]:
    """What a citation has of these blocks: all but marks, scripts and controls, and what leads to other pages."""
    copies = [BeautifulSoup(str(block), "html.parser") for block in blocks]
    for copy in copies:
        for extra in copy.select(".evidence, .script, .cite, svg"):
            extra.decompose()
        for paragraph in copy.find_all("p"):
            if pointer := re.search(r"(?:^|\s)(?:More|Asked)(?:, \w+)?: ", paragraph.text):
                said = bare(paragraph.text[: pointer.start()])
                paragraph.clear()
                paragraph.string = said
    return copies


def answered(answer: BeautifulSoup) -> str:
    """What a pasted answer says, without its title, its source and what is added for readers elsewhere."""
    copy = BeautifulSoup(str(answer), "html.parser")
    paragraphs = copy.find_all("p", recursive=False)
    source = [tag for tag in paragraphs if tag.text.startswith("Source: ")]
    notes = [tag for tag in paragraphs if tag.get_text().startswith(NOTES)]
    assert len(source) == 1 and len(notes) <= 1
    for tag in [copy.h3, *source, *notes]:
        tag.decompose()
    return bare(copy.text)


def shown_figures(blocks: list[Tag], site: Site) -> list[str]:
    """The addresses of the figures that blocks show."""
    figures = [tag for block in blocks for tag in [block, *block.find_all("figure")] if tag.name == "figure"]
    return [f"{site.url}figures/{tag['id'].removeprefix('fig-')}.png" for tag in figures]


def caption(site: Site, address: str) -> str:
    manifest = json.loads((site.root / "figures/manifest.json").read_text())
    return next(figure["caption"] for figure in manifest if figure["png"]["url"] == address)


@pytest.mark.parametrize("item", ITEMS)
def test_what_is_pasted_is_all_that_an_item_says(item, site: Site) -> None:
    page = site.page_of(ROOT / "docs" / item.page)
    heading = page.soup.find(HEADINGS, id=item.id)
    below = list(takewhile(lambda tag: not ENDS.fullmatch(tag.name), heading.find_next_siblings()))
    control = controls(page)[name(page, site, item.id)]
    assert control is below[-1], "the control ends the item"

    answer, said = pasted(control), written(heading)
    kind = item.kind if item.kind != "verdict" else "guess" if said[0] == "Q" else "answer"
    if kind == "erratum" and not re.search("Keras|PyTorch|Flax|ONNX|d2l.ai", said):
        said = f"Keras {said}"
    title = TITLES.get(kind, "{}").format(re.sub(r"^[QA]\d: ", "", said) if item.kind == "verdict" else said)
    if item.kind == "argument" and "call" in written(heading.find_previous("h2")):
        title = title.replace(" of keras", " in the call of keras")
    assert answer.h3.text.removeprefix("LSTM: ") == title
    assert answer.find("p").text.split() == written(below[0]).split()

    figures = shown_figures(below, site)
    drawn = [link["href"].partition("#")[2] for tag in below for link in tag.select('a[href*="figures/#"]')]
    added = [f"{site.url}figures/{each}.png" for each in drawn[:1]]
    added = [] if figures or any(tag.find("table") for tag in below) else added
    assert [image["src"] for image in answer.select("img")] == figures + added
    due = "".join(bare(copy.text) for copy in left(below))
    assert answered(answer) == due + "".join(bare(caption(site, address)) for address in added)

    links = [link["href"] for link in answer.select("a[href]")]
    assert {f"{page.url}#{item.id}", f"{site.url}LICENSE", LICENCE} <= {*links}
    for mark in (mark for tag in below for mark in tag.select(".evidence")):
        if re.match("checked with|read in|ran with", mark.text):
            assert bare(mark.text.partition(" · ")[0])[1:] in bare(answer.text)
            assert {urljoin(page.url, link["href"]) for link in mark.select("a")} <= {*links}
    if item.kind == "verdict":
        assert "In our words, from" in prose(answer)
        assert "https://stackoverflow.com/q/44273249" in links


def test_a_figure_is_pasted_as_its_png_with_its_caption_and_a_snippet(site: Site) -> None:
    for page in site.pages:
        for figure in page.soup.select("figure.lstm-figure"):
            stem = name(page, site, figure["id"])
            answer = pasted(controls(page)[stem])
            assert answer.img["src"] == f"{site.url}figures/{figure['id'].removeprefix('fig-')}.png"
            assert answer.img["alt"] == figure.svg.desc.text
            assert answer.img.find_parent("p").find_next_sibling("p").text == figure.figcaption.text
            assert bare(figure.figcaption.text) == bare(bib(site, stem)["abstract"])
            snippet = nearest(snippets(section(figure)), figure)
            assert [code.text for code in answer.select("code.language-python")] == [tag.code.text for tag in snippet]
            assert [code.text for code in answer.select("code.language-text")] == [
                out for tag in snippet for out in printed(tag)
            ]


def test_a_claim_is_pasted_with_all_up_to_the_next(site: Site) -> None:
    counted = 0
    for page in site.pages:
        place = {id(tag): number for number, tag in enumerate(page.soup.find_all(True))}
        for mark in claims(page):
            where = f"{page.url}#{mark['id']}"
            answer = pasted(controls(page)[name(page, site, mark["id"])])
            said = answered(answer)
            abstract = bare(bib(site, name(page, site, mark["id"]))["abstract"])
            inside = section(mark)
            of_section = [each for each in claims(page) if each in inside]
            first, later = mark is of_section[0], of_section[of_section.index(mark) + 1 :]
            block = mark.find_parent(["p", "li"])
            words = (
                block
                if written(block)
                else block.find_previous(
                    lambda tag: tag.name == "p" and written(tag) and not tag.find_parent("details")
                )
            )
            assert abstract and abstract in bare(words.text), where
            assert said.startswith(abstract) or first, where

            begin = 0 if first else place[id(words)]
            next_block = later[0].find_parent(["p", "li"]) if later else None
            end = place[id(next_block)] if later else place[id(inside[-1])] + 1
            stretch = [tag for tag in inside if begin <= place[id(tag)] < end]
            shown = [tag.code.text for tag in snippets(stretch)]
            assert [code.text for code in answer.select("code.language-python")] == shown, where
            assert shown, where
            tables = [bare(written(tag)) for tag in stretch if tag.name == "table"]
            assert [bare(tag.text) for tag in answer.select("table")] == tables, where
            assert [image["src"] for image in answer.select("img")] == shown_figures(stretch, site), where
            for paragraph in (tag for tag in stretch if tag.name == "p" and not tag.find_parent(["aside", "details"])):
                assert bare(left([paragraph])[0].text) in said, f"{where}: {paragraph.text}"
            for other in (each for each in claims(page) if each is not mark):
                theirs = bare(bib(site, name(page, site, other["id"]))["abstract"])
                assert theirs not in said, f"{where} has the words of {other['id']}"
            assert answer.h3.text.removeprefix("LSTM: ") == written(mark.find_previous(HEADINGS))
            assert bare(mark.text.partition(" · ")[0].removeprefix("checked with ")) in bare(answer.text)
            assert {urljoin(page.url, link["href"]) for link in mark.select("a")} | {where} <= {
                link["href"] for link in answer.select("a")
            }
            counted += 1
    assert counted > 20


def test_a_page_is_pasted_with_what_it_opens_with_or_its_description(site: Site) -> None:
    opened = set()
    for page in site.pages:
        if not (control := controls(page).get(name(page, site))):
            continue
        answer, heading = pasted(control), page.soup.h1
        description = page.soup.find("meta", attrs={"name": "description"})["content"]
        if not answer.select("img, table, pre"):
            assert answered(answer) == bare(description), page.url
            continue
        opened.add(name(page, site))
        opening = section(heading)
        (first_snippet,) = snippets(opening)[:1] or [None]
        assert [code.text for code in answer.select("code.language-python")] == [
            tag.code.text for tag in [first_snippet] if tag
        ]
        assert answer.p.text.split() == written(heading.find_next("p")).split()
        if first_snippet:
            assert [code.text for code in answer.select("code.language-text")] == printed(first_snippet), page.url
        before = opening[: opening.index(first_snippet)] if first_snippet else []
        for block in before:
            if block.name in ("p", "ul", "ol") and not block.find_parent(["details", "figure"]):
                assert bare(left([block])[0].text) in bare(answer.text), page.url
        shown = [tag for tag in opening if tag.name == "figure" and "lstm-figure" in tag.get("class", ())]
        assert [image["src"] for image in answer.select("img")] == shown_figures(shown[:1], site), page.url
    assert opened == {
        "index",
        "units",
        "gates",
        "shapes",
        "sequences",
        "state",
        "parameters",
        "frameworks",
        "reference",
    }


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
            assert all(says.count(each) == 1 for each in re.findall(r"(?:Ran|Checked) with [^(]*\(", says)), stem
            for code_word in answer.select("p code, li code, td code, h3 code"):
                code_word.string = "" if not code_word.text.startswith("LSTM(") else code_word.text
            words = prose(answer).partition(" Source: “")[0]
            for letter, meaning in MEANINGS.items():
                assert not re.search(rf"(?<![A-Za-z_.]){letter}(?!\w)", words) or re.search(meaning, words), stem
            rests = re.findall(r"(?:Ran|Checked) with [^(]*?, \d{4}-\d\d|Read in [\w ]+", says)
            assert all(bare(each) in bare(bib(site, stem)["note"]) for each in rests), stem
    assert installs > 80


def test_each_form_says_the_same(site: Site) -> None:
    for page in site.pages:
        for stem, control in controls(page).items():
            files = {kind: (site.root / f"cite/{stem}.{kind}").read_text() for kind in FILES}
            links = [urljoin(page.url, link["href"]) for link in control.p.select("a")]
            assert links == [f"{site.url}cite/{stem}.{kind}" for kind in FILES]
            answer, fragment = pasted(control), BeautifulSoup(files["html.txt"], "html.parser")
            for power in fragment.select("sup"):
                power.string = power.text.translate(RAISED)
            assert re.sub(r"\s|\\", "", fragment.text) == re.sub(r"\s|\\", "", answer.text), stem
            assert [code.text for code in fragment.select("pre")] == [code.text for code in answer.select("pre")]
            plain = files["txt"]
            for code in fragment.select("pre code"):
                assert re.sub("^(?=.)", "    ", code.text.rstrip(), flags=re.MULTILINE) in plain, stem
            for image in fragment.select("img"):
                png = (site.root / image["src"].removeprefix(site.url)).read_bytes()
                assert 2 * int(image["width"]) == struct.unpack(">I", png[16:20])[0], stem
                assert f"Figure: {image['alt']} ({image['src']})" in plain
            assert plain.count("\n\ngives:\n\n") == len(fragment.select("pre:has(.language-python) + pre")), stem
            for link in fragment.select("a"):
                assert f"{' '.join(link.text.split())} ({link['href']})" in plain, stem
                link.append(f" ({link['href']})")
            for line_end in fragment.select("br"):
                line_end.replace_with(", " if line_end.find_parent("td") else " ")
            for block in fragment.find_all(["h3", "p", "li", "td"]):
                assert written(block) in plain, stem


def test_every_form_names_source_day_and_licences(site: Site) -> None:
    for page in site.pages:
        for stem, control in controls(page).items():
            answer, fields = pasted(control), bib(site, stem)
            assert bare(fields["title"]) == bare(answer.h3.text), stem
            assert fields["author"] == "{The authors of LSTM units, computed}", stem
            day = re.search(r"”, (\d{4}-\d\d-\d\d)\. ", prose(answer))[1]
            assert fields["year"] == day[:4] and f"Last change: {day}" in fields["note"], stem
            assert fields["note"].endswith(". CC BY 4.0"), stem
            end = answer.find_all("p")[-1]
            assert " ".join(end.text.split()).endswith("Text and figures: CC BY 4.0, code: MIT."), stem
            assert [link["href"] for link in end.select("a")][-2:] == [LICENCE, f"{site.url}LICENSE"], stem


def test_titles_and_abstracts_are_those_of_what_is_cited(site: Site) -> None:
    manifest = json.loads((site.root / "figures/manifest.json").read_text())
    titles = {figure["name"]: figure["title"].replace("`", "") for figure in manifest}
    for page in site.pages:
        for stem, control in controls(page).items():
            said = pasted(control).h3.text.removeprefix("LSTM: ")
            assert stem != name(page, site) or said == written(page.soup.h1)
            assert "/fig-" not in stem or said == titles[stem.rpartition("/fig-")[2]]
        for heading in page.soup.select(", ".join(f"article .{kind}[id]" for kind in KINDS)):
            abstract = bib(site, name(page, site, heading["id"]))["abstract"]
            assert bare(abstract) == bare(written(heading.find_next("p"))), heading["id"]


def test_plain_text_has_its_blocks_in_their_order(site: Site) -> None:
    for page in site.pages:
        for stem in controls(page):
            plain = " ".join((site.root / f"cite/{stem}.txt").read_text().split())
            fragment = BeautifulSoup((site.root / f"cite/{stem}.html.txt").read_text(), "html.parser")
            at = 0
            for block in fragment.find_all(["h3", "p", "pre"]):
                if not block.find(["a", "img", "br", "sup"]):
                    at = plain.find(" ".join(block.text.split()), at)
                    assert at >= 0, f"{stem}: {block.text}"


def test_powers_stay_powers(site: Site) -> None:
    stem = "frameworks/claim-agreement-keras"
    control = controls(site.page("frameworks/"))[stem]
    assert "10⁻⁶ in float32" in control.pre.text
    assert "10⁻⁶ in float32" in (site.root / f"cite/{stem}.txt").read_text()
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
        assert fields["howpublished"] == f"\\url{{{url}}}"
        assert "url" not in fields, "a style that knows both would print it twice"
        assert not fields["abstract"].endswith(":"), stem
        for field, value in fields.items():
            words = MATHS.sub("", value)
            words = re.sub(r"\\textbackslash\{\}|\\textasci\w+\{\}|\\ldots\{\}|\\[{}$&#_%]", "", words)
            assert words.count("{") == words.count("}"), f"{stem}: {field}"
            assert field == "howpublished" or not re.search(r'[\\$&#_%~^<>|"]', words), f"{stem}: {field}"
        assert keys[entry[1]] == 0, f"{stem}: {entry[1]} is taken"
        keys[entry[1]] += 1
    assert len(stems) == len([*(site.root / "cite").rglob("*.bib")])


def test_the_search_does_not_know_citations_and_script_lines(site: Site) -> None:
    index = (site.root / "search/search_index.json").read_text()
    assert "return sequences" in index.replace("_", " ") and "code: [MIT](" not in index and "uv run http" not in index
