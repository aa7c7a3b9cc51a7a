"""What a reader takes along stands by itself: the words, what shows them, what they rest on, source and licence."""

import ast
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from urllib.parse import urljoin

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from docs.sitebuild.source import KINDS
from lstm_ref.examples import latch, worked_input, worked_layer
from tests.built import Page, Site
from tests.project import ROOT

BY_HAND = Path(__file__).with_name("citations.txt")
ITEMS = ", ".join(f".{kind}[id]" for kind in KINDS)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HEADINGS = re.compile("h[1-6]")
ENDS = re.compile("h[1-6]|aside")
LINES, SHORT = 25, 10  # a citation with a snippet of at most SHORT lines has at most LINES
ADDRESS = re.compile(r"""https?://[^\s<>()\[\]"'`{}]+""")
SYSTEM = re.compile(r"LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX|^Documentation error: ")
POINTER = re.compile(r"(?:^|\s)(?:More|Asked|Claimed|Error)(?:, \w+)?:\s")
LETTERS = {  # what is said of them, where they stand, and what explains them
    "N": ("N is the number of units.", r"N (units|memories|is|stands)|LSTM\(N\)|is N\b|number N|for units"),
    "F": ("F is the number of features.", r"F (features|is|for)"),
    "h": ("h is the output of a unit.", r"output h|\bh, (its|the) output|\bh is|\bh \(|state h"),
    "c": ("c is what a unit keeps.", r"i, c, f|memory c|\bc, (its|the) memory|\bc is|\bc \(|state c"),
    "g": ("i, f and o are the gates, g is the candidate.", r"candidate"),
}
EXAMPLES = {
    "worked_input": "worked_input() has 2 sequences of 5 timesteps with 3 features.",
    "worked_layer": "worked_layer() is an LSTM(4) with fixed weights.",
    "latch": "latch() gives an LSTM(1) with weights set by hand, and its input.",
}
SYSTEMS_RUN = re.compile(r"[A-Za-z_]\w*(?: Runtime)? \d+\.\d+\.\d+")
IMPORTS_LSTM_REF = re.compile(r"^(from|import) lstm_ref\b", re.MULTILINE)
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789−")
TEX_WORD = re.compile(r"\\(?:text\w+|times|cdot|surd|le|to|sigma|ldots)\b")


@dataclass(frozen=True)
class Citation:
    """A control of a page: what it cites has the id `name`; "page" is the page itself."""

    page: Page
    control: Tag

    @cached_property
    def name(self) -> str:
        return self.control.pre["id"].removeprefix("cite-")

    @cached_property
    def text(self) -> str:
        return self.control.pre.text

    @cached_property
    def where(self) -> str:
        return self.page.url if self.name == "page" else f"{self.page.url}#{self.name}"

    @cached_property
    def cited(self) -> Tag:
        """The heading, mark or figure that is cited."""
        return self.page.soup.h1 if self.name == "page" else self.page.soup.find(id=self.name)

    @cached_property
    def kind(self) -> str:
        if self.name == "page" or self.cited.name == "figure":
            return "page" if self.name == "page" else "figure"
        return next((kind for kind in KINDS if kind in self.cited["class"]), "claim")

    @cached_property
    def answer(self) -> BeautifulSoup:
        """The Markdown as a Q&A site renders it."""
        rendered = markdown.markdown(self.text, extensions=["fenced_code", "tables"])
        return BeautifulSoup(rendered, "html.parser")

    @cached_property
    def source(self) -> Tag:
        return self.answer.find_all("p")[-1]

    @cached_property
    def code(self) -> list[str]:
        return [code.text for code in self.answer.select("code.language-python")]

    @cached_property
    def prose(self) -> str:
        """Its words without code, but for `LSTM(N)`; title and source are not among them."""
        copy = BeautifulSoup(str(self.answer), "html.parser")
        for listing in copy.select("pre, p:last-of-type"):
            listing.decompose()
        for code in copy.select("code"):
            code.string = code.text if code.text.startswith("LSTM(") else ""
        return " ".join(copy.text.split())

    @cached_property
    def section(self) -> list[Tag]:
        """What stands on the page between the heading of what is cited and the next."""
        heading = self.cited if HEADINGS.fullmatch(self.cited.name) else self.cited.find_previous(HEADINGS)
        return list(takewhile(lambda tag: not ENDS.fullmatch(tag.name), heading.find_all_next(True)))

    @cached_property
    def stretch(self) -> list[Tag]:
        """What of its section a citation is cut from."""
        if self.kind == "figure":
            return [self.cited, *self.cited.find_all(True)]
        if self.kind == "page":
            if self.page.soup.select(f"article :is({ITEMS})"):
                return [self.section[0].find_previous(HEADINGS).find_next("strong")]  # its items say more
            first = next(iter(snippets(self.section)), None)
            return [*self.section[: self.section.index(first)], first] if first else self.section
        if self.kind == "claim":
            marks = [mark for mark in claims(self.page) if mark in self.section]
            at = marks.index(self.cited)
            begin = self.section.index(words_of(self.cited)) if at else 0
            end = self.section.index(words_of(marks[at + 1])) if at + 1 < len(marks) else None
            return self.section[begin:end]
        return self.section


def claims(page: Page) -> list[Tag]:
    return [mark for mark in page.soup.select("article .evidence[id]") if not mark.find_previous(HEADINGS).get("class")]


def words_of(mark: Tag) -> Tag:
    """Where the words of a claim begin: its paragraph, or the one above where the mark stands alone."""
    block = mark.find_parent(["p", "li"])
    return block if written(block) else block.find_previous(lambda tag: tag.name == "p" and written(tag))


def snippets(tags: list[Tag]) -> list[Tag]:
    return [tag for tag in tags if "language-python" in tag.get("class", ())]


def printed(snippet: Tag) -> str:
    """What stands on the page as the output of a snippet, with the backends that printed it."""
    lines = []
    for tag in snippet.find_next_siblings():
        if re.fullmatch(r"On [^.]*:", tag.text):
            lines.append(tag.text)
        elif "language-text" in tag.get("class", ()):
            lines.append(tag.code.text.rstrip())
        else:
            break
    return "\n".join(lines)


def written(tag: Tag) -> str:
    """The words of a tag without permalink, evidence and controls."""
    copy = BeautifulSoup(str(tag), "html.parser")
    for extra in copy.select(".headerlink, .evidence, .about-snippet, .cite, .figure-tools, svg"):
        extra.decompose()
    return " ".join(copy.text.split())


def bare(text: str) -> str:
    """Letters and digits: what is left of words in every form."""
    return re.sub(r"[^A-Za-z0-9]", "", TEX_WORD.sub("", text.translate(LOWERED)))


def figure_files(tags: list[Tag], site: Site) -> list[str]:
    """The addresses of the figures that stand among these tags."""
    shown = [tag for tag in tags if tag.name == "figure" and "lstm-figure" in tag["class"]]
    return [f"{site.url}figures/{tag['id'].removeprefix('fig-')}.png" for tag in shown]


def drawn_files(tags: list[Tag], site: Site) -> list[str]:
    """The addresses of the figures that are evidence there."""
    links = (link["href"] for tag in tags for link in tag.select(".evidence a[href*='figures/#']"))
    return [f"{site.url}figures/{link.partition('#')[2]}.png" for link in links]


@pytest.fixture(scope="session")
def citations(site: Site) -> list[Citation]:
    found = [Citation(page, control) for page in site.pages for control in page.soup.select("details.cite")]
    assert len(found) > 300
    return [each for each in found if each.name != "page-bibtex"]


@pytest.fixture(scope="session")
def manifest(site: Site) -> dict[str, dict]:
    return {entry["name"]: entry for entry in json.loads((site.root / "figures/manifest.json").read_text())}


# PageMarkdown by hand


def test_these_are_word_for_word_what_was_written_by_hand(site: Site) -> None:
    wanted = re.findall(r"^==== (.*)#(.*)\n((?:(?!====).*\n)+)", BY_HAND.read_text(), re.MULTILINE)
    assert len(wanted) == 13
    for address, name, text in wanted:
        page = site.page(address)
        day = page.soup.select_one(".about-page time")["datetime"]
        known = {"{site}": site.url, "{day}": day, "{year}": f"{{{day[:4]}}}"}
        for placeholder, value in known.items():
            text = text.replace(placeholder, value)
        assert page.soup.find(id=f"cite-{name}").text == text.rstrip("\n"), f"{address}#{name}"


# Where they are


def test_items_claims_figures_and_pages_have_one_control_each(site: Site) -> None:
    of_an_item = ", ".join(f".{kind}" for kind in KINDS)
    for page in site.pages:
        if page.path.name == "404.html":
            continue
        due = [tag["id"] for tag in page.soup.select(f"article :is({of_an_item}, figure.lstm-figure)[id]")]
        due += [mark["id"] for mark in claims(page)] + ["page", "page-bibtex"]
        controls = [text["id"] for text in page.soup.select("details.cite > pre")]
        assert sorted(controls) == sorted(f"cite-{name}" for name in due), page.url
        assert len(page.soup.select("details.cite")) == len(due), page.url
        ids = [tag["id"] for tag in page.soup.find_all(id=True)]
        assert len(ids) == len({*ids}), page.url


def test_a_control_stands_right_behind_what_it_cites_and_names_it(citations: list[Citation]) -> None:
    for each in citations:
        control, kind = each.control, "answer" if each.kind == "question" else each.kind
        assert control.summary.text == f"Cite this {kind}", each.where
        if kind == "page":
            assert control.parent["class"] == ["about-page"], each.where
        elif kind == "figure":
            assert each.cited.find_next_sibling("details") is control, each.where
            assert each.cited.find_next_sibling().find_next_sibling() is control, each.where
        elif kind == "claim":
            assert each.cited.find_parent(["p", "li"]).find_next("details") is control, each.where
        else:
            below = takewhile(lambda tag: not ENDS.fullmatch(tag.name), each.cited.find_next_siblings())
            assert [*below][-1] is control, each.where


def test_each_has_a_button_that_copies_it(site: Site, citations: list[Citation]) -> None:
    for each in citations:
        if each.kind == "figure":
            tools, name = each.cited.find_next_sibling(), each.name.removeprefix("fig-")
            assert tools["class"] == ["figure-tools"], each.where
            button, *links = tools.find_all(True)
            files = [(link.text, urljoin(each.page.url, link["href"]), link["download"]) for link in links]
            assert files == [(kind, f"{site.url}figures/{name}.{kind.lower()}", "") for kind in ("SVG", "PNG")], name
            assert button.text == "Copy figure and caption", each.where
            assert (button["class"], button["data-clipboard-target"]) == (["copy"], f"#cite-{each.name}"), each.where
        assert [tag.name for tag in each.control.find_all(True)] == ["summary", "pre"], "site.js brings its button"
    for page in site.pages:
        for button in page.soup.select("[data-clipboard-target]"):
            assert page.soup.select_one(button["data-clipboard-target"]), page.url
        for control in page.soup.select("#cite-page-bibtex"):
            assert control.find_parent("details").summary.text == "BibTeX of this page"


def test_there_are_no_files_of_citations(site: Site) -> None:
    assert [path.name for path in (site.root / "cite").rglob("*")] == ["index.html"]


def test_the_search_does_not_know_citations_and_lines_below_snippets(site: Site) -> None:
    entries = json.loads((site.root / "assets/search/sections.json").read_text())["sections"]
    assert any("return_sequences" in entry["text"] for entry in entries)
    for entry in entries:
        if not entry["location"].startswith("cite/"):  # that page names them
            for words in ("code: [MIT](", "uv run http", "Copy as Markdown", "Copy figure", "Cite this", "BibTeX of"):
                assert words not in entry["text"], entry["location"]


# What they say


def test_a_title_says_what_it_is_about(citations: list[Citation], manifest: dict[str, dict]) -> None:
    for each in citations:
        said, kind = each.answer.h3.text, each.kind
        heading = written(each.cited.find_previous(HEADINGS) if kind == "claim" else each.cited)
        if kind == "figure":
            heading = manifest[each.name.removeprefix("fig-")]["title"].replace("`", "")
        elif kind == "argument":
            heading = f"{heading} of keras.layers.LSTM"
        elif kind == "term":
            heading = f"LSTM glossary: {heading}"
        elif kind == "erratum":
            heading = f"Documentation error: {heading}"
        elif kind == "verdict":
            heading = f"A claim about LSTM(N): {re.sub(r'^[QA][0-9]: ', '', heading)}"
        assert said in (heading, f"LSTM: {heading}"), each.where
        assert SYSTEM.search(said), each.where
        assert (said == heading) == bool(SYSTEM.search(heading) or "d2l" in heading), each.where
        assert each.text.startswith("### ") and len(each.answer.select("h1, h2, h3, h4")) == 1, each.where


def test_the_answer_stands_first_and_whole(citations: list[Citation]) -> None:
    for each in (each for each in citations if each.kind != "figure"):
        first = next(tag for tag in each.stretch if tag.name in ("p", "strong") and written(tag))
        assert bare(written(first)).startswith(bare(each.answer.p.text)), each.where
        if strong := first if first.name == "strong" else first.strong:
            assert str(each.answer.p).startswith("<p><strong>"), each.where
            assert each.answer.p.strong.text.split() == strong.text.split(), each.where
        assert strong or each.kind == "claim", each.where
        if each.kind == "claim":
            assert bare(POINTER.split(written(words_of(each.cited)))[0]) in bare(each.answer.text), each.where


def test_all_that_the_page_says_there_is_said(citations: list[Citation]) -> None:
    """But for what leads to other pages, and for words that lead to a snippet which is not taken along."""
    for each in citations:
        said = bare(each.answer.text)
        for tag in each.stretch:
            if tag.name not in ("p", "li", "td") or tag.find_parent(["details", "aside"]) or tag.find(["p", "li"]):
                continue
            if tag["class"] if "class" in tag.attrs else tag.find_parent(class_="figure-file"):
                continue  # figure tools
            words = POINTER.split(written(tag))[0]
            words = re.sub(r"(?:^|\s)The figure \S+ .*?\.(?!\S)", "", words)
            if re.fullmatch(r"On [^.]*:", words):
                continue  # stands in the fence
            after = tag.find_next_sibling()
            if words.endswith((":", "?")) and after and snippets([after]):
                is_taken = any(code.rstrip() == after.code.text.rstrip() for code in each.code)
                words = words if is_taken else " ".join(re.split(r"(?<=[.!?]) (?=[A-Z`“])", words)[:-1])
            assert bare(words) in said, f"{each.where}: {words}"


def test_nothing_is_said_that_the_page_does_not_say_there(citations: list[Citation], manifest: dict[str, dict]) -> None:
    for each in citations:
        there = bare("".join(written(tag) for tag in each.stretch if tag.parent not in each.stretch))
        for image in each.answer.select("img"):
            there += bare(manifest[Path(image["src"]).stem]["caption"])
        copy = BeautifulSoup(str(each.answer), "html.parser")
        for extra in copy.select("h3, pre, p:last-of-type"):
            extra.decompose()
        for tag in copy.find_all(["p", "li", "td", "th"]):
            assert tag.find(["p", "li"]) or bare(tag.text) in there, f"{each.where}: {tag.text}"
        assert not POINTER.search(copy.text), f"{each.where} leads to what is not there"


def test_nothing_is_said_behind_what_leads_on() -> None:
    """A citation ends a paragraph at "More:" and "Asked:": behind them stand links only."""
    for page in [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/questions").glob("*.md")]:
        for paragraph in re.split(r"\n\s*\n", page.read_text()):
            if pointer := re.search(r"(?:^|\s)(?:More|Asked)(?:, \w+)?:\s(.*)", paragraph, re.DOTALL):
                link, mark = r"\[[^\]]*\]\([^)]*\)(?:, (?:also )?(?:for|with) [^.]*)?", r"\{\{.*?\}\}"
                words = r"(?:More|Asked|Claimed|Error)(?:, \w+)?:|See also|\band\b|[\s,.;]"
                assert not re.sub(f"{mark}|{link}|{words}", "", pointer[1]), (page, paragraph)


def test_images_are_the_pngs_of_figures_that_are_shown_or_drawn_from(
    site: Site, citations: list[Citation], manifest: dict[str, dict]
) -> None:
    for each in citations:
        figures = figure_files(each.stretch, site)
        has_table = any(tag.name == "table" for tag in each.stretch)
        due = figures or ([] if has_table else drawn_files(each.stretch, site)[:1])
        assert [image["src"] for image in each.answer.select("img")] == due, each.where
        for image in each.answer.select("img"):
            entry = manifest[Path(image["src"]).stem]
            assert (image["src"], image["alt"]) == (entry["png"]["url"], entry["alt"]), each.where
            assert site.file(image["src"]).read_bytes().startswith(b"\x89PNG"), each.where
            assert image.find_parent("p").find_next_sibling("p").text == entry["caption"].replace("`", ""), each.where


def test_the_snippet_is_that_of_the_page_with_what_it_printed(citations: list[Citation]) -> None:
    """The first; of an error that raises the last, its fix; of claims and pages only where no table or figure shows it."""
    for each in citations:
        there = snippets(each.stretch)
        raises = each.kind == "error" and not each.page.url.endswith("errors/silent/")
        chosen = there[-1:] if raises else there[:1]
        if each.kind in ("claim", "page") and any(tag.name in ("table", "figure") for tag in each.stretch):
            chosen = []
        if not each.code and each.kind in KINDS and chosen:
            program = chosen[0].code.text.rstrip()
            more = program.count("\n") + printed(chosen[0]).count("\n") + 7
            more += 2 * any(tag.name == "p" and written(tag).endswith(":") for tag in each.stretch)
            assert program.count("\n") < SHORT, f"{each.where} leaves a long snippet behind"
            assert each.text.count("\n") + 1 + more > LINES, f"{each.where} leaves its snippet behind in vain"
            continue
        assert [code.rstrip() for code in each.code] == [tag.code.text.rstrip() for tag in chosen], each.where
        outputs = [code.text.rstrip() for code in each.answer.select("code.language-text")]
        assert outputs == [printed(tag) for tag in chosen if printed(tag)], each.where
        for code in each.code:
            ast.parse(code)


def test_what_is_short_stays_short(citations: list[Citation]) -> None:
    for each in citations:
        if each.kind in KINDS and not any(code.rstrip().count("\n") >= SHORT for code in each.code):
            assert each.text.count("\n") < LINES, each.where


# What they rest on


def test_examples_are_what_is_said_of_them() -> None:
    assert worked_input().shape == (2, 5, 3)
    assert (worked_layer().units, latch()[0].units) == (4, 1)


def test_the_last_line_names_source_day_evidence_and_licences_and_nothing_else(
    site: Site, citations: list[Citation]
) -> None:
    installs = 0
    for each in citations:
        day = each.page.soup.select_one(".about-page time")["datetime"]
        source = f"Source: [“LSTM units, computed”]({each.where}), {day}. "
        end = f"Text and figures: [CC BY 4.0]({LICENCE}), code: [MIT]({site.url}LICENSE.txt)."
        if any(IMPORTS_LSTM_REF.search(code) for code in each.code):
            install = f"[how to install it]({site.url}reference/#install)"
            end += f" `lstm_ref` is an LSTM in NumPy with Keras's arguments: {install}."
            installs += 1
        *_, empty, line = each.text.split("\n")
        assert not empty and line.startswith(source) and line.endswith(end), each.where

        recorded = [about(tag) for tag in snippets(each.stretch) if "recorded" in tag["class"]]
        untested = {
            tag.code.text.rstrip() for tag in snippets(each.stretch) if {"recorded", "listing"} & {*tag["class"]}
        }
        due = recorded + ["The site's tests run the snippet."] * any(
            code.rstrip() not in untested for code in each.code
        )
        due += ["The figure is drawn from a run, and tested."] * bool(each.answer.img)
        due += ["The claim, in our words, is from https://stackoverflow.com/q/44273249."] * (each.kind == "verdict")
        due += [meaning for name, meaning in EXAMPLES.items() if any(name in code for code in each.code)]
        ran = {name for words in recorded for name in SYSTEMS_RUN.findall(words)}
        for mark in (tag for tag in each.stretch if "evidence" in tag.get("class", ())):
            words = " ".join(mark.text.partition(" · ")[0].split())
            is_new = words.startswith("checked with") and not {*SYSTEMS_RUN.findall(words)} <= ran
            due += [f"{words[0].upper()}{words[1:]}."] * (is_new or words.startswith("read in"))
        said = line.removeprefix(source).removesuffix(end).replace("`", "")
        for sentence in {*due}:
            assert said.count(sentence) == 1, f"{each.where}: {sentence}"
            said = said.replace(sentence, "")
        for meaning, _ in LETTERS.values():
            said = said.replace(meaning, "")
        assert not said.strip(), f"{each.where}: {said}"
    assert installs > 80


def about(snippet: Tag) -> str:
    """What the line below a recorded snippet says that it ran with, as a sentence."""
    line = snippet.find_next(class_="about-snippet").text.split(" · ")[0]
    return f"R{line[1:]}."


def test_links_are_full_and_lead_somewhere_and_are_those_of_the_page(site: Site, citations: list[Citation]) -> None:
    inside = 0
    for each in citations:
        links = {link["href"] for link in each.answer.select("a[href]")}
        own = {each.where, LICENCE, f"{site.url}LICENSE.txt", f"{site.url}reference/#install"}
        there = {urljoin(each.page.url, a["href"]) for tag in each.stretch for a in tag.select("a[href]")}
        assert links - own <= there, each.where
        for address in links | {image["src"] for image in each.answer.select("img")} | {*ADDRESS.findall(each.text)}:
            address = address.rstrip(".,;")
            assert site.leads_somewhere(address), f"{each.where}: {address}"
            inside += address.startswith(site.url)
        assert "](.." not in each.text and "{{" not in each.prose and "{ #" not in each.text, each.where
    assert inside > 700


# Letters


def declared(page: Page) -> dict[str, list[str]]:
    """What the front matter of a page says: which citations explain which letter."""
    name = page.url.partition("/lstm/")[2].strip("/")
    places = (f"{name}.md", f"{name or '.'}/index.md", f"{name}.py")
    file = next(file for place in places if (file := ROOT / "docs" / place).is_file())
    comment = "# " if file.suffix == ".py" else ""
    front = re.search(f"^{comment}---\n(.*?\n){comment}---\n", file.read_text(), re.MULTILINE | re.DOTALL)[1]
    return yaml.safe_load(re.sub(f"^{comment}", "", front, flags=re.MULTILINE)).get("letters", {})


def test_letters_are_explained_where_their_page_says_so_and_words_need_it(citations: list[Citation]) -> None:
    assert {*LETTERS} == {letter for each in citations for letter in declared(each.page)}
    problems = []
    for each in citations:
        for letter, (meaning, explained) in LETTERS.items():
            needed = re.search(rf"(?<![A-Za-z_.]){letter}(?!\w)", each.prose)
            in_code = any(code.text == letter for code in each.answer.select("code"))
            is_declared = each.name in declared(each.page).get(letter, [])
            if is_declared != (f" {meaning} " in each.source.text):
                problems.append(f"{each.where}: {letter} is declared, or said, alone")
            if is_declared and not (needed or in_code):
                problems.append(f"{each.where}: {letter} is declared in vain")
            if needed and not is_declared and not re.search(explained, each.prose):
                problems.append(f"{each.where}: {letter} is not explained: {each.prose[:300]}")
    assert not problems, "\n".join(problems)


def test_letters_are_declared_of_what_is_there(citations: list[Citation]) -> None:
    for page in (each.page for each in citations if each.kind == "page"):
        names = {code["id"].removeprefix("cite-") for code in page.soup.select("details.cite pre[id]")}
        for letter, ids in declared(page).items():
            assert {*ids} <= names and len(ids) == len({*ids}), f"{page.url}: {letter}"


# BibTeX


BIBTEX = re.compile(r"@misc\{(lstmunits-[\w-]+),\n((?:  \w+ = \{.*\},\n)+)\}")


def test_a_page_has_bibtex_that_is_bibtex_and_has_a_key_of_its_own(site: Site) -> None:
    keys = Counter()
    for page in site.pages:
        for code in page.soup.select("#cite-page-bibtex"):
            entry = BIBTEX.fullmatch(code.text)
            assert entry, page.url
            fields = dict(re.findall(r"^  (\w+) = \{(.*)\},$", code.text, re.MULTILINE))
            day = page.soup.select_one(".about-page time")["datetime"]
            assert list(fields) == ["title", "author", "year", "howpublished", "note"], page.url
            assert bare(re.sub(r"\\[a-z]+", "", fields["title"])) == bare(written(page.soup.h1)), page.url
            assert fields["title"].startswith("{") and fields["title"].endswith("}"), "styles keep its capitals"
            assert fields["author"] == "{The authors of LSTM units, computed}"
            assert fields["howpublished"] == f"\\url{{{page.url}}}"
            assert (fields["year"], fields["note"]) == (
                day[:4],
                f"LSTM units, computed. Last change: {day}. CC BY 4.0",
            )
            assert code.text.isascii(), page.url
            for name, value in fields.items():
                words = re.sub(r"\\[{}$&#_%]", "", value)
                assert words.count("{") == words.count("}"), f"{page.url}: {name}"
                assert name == "howpublished" or not re.search(r'[\\$&#_%~^<>|"`]', words), f"{page.url}: {name}"
            keys[entry[1]] += 1
    assert len(keys) == len(site.pages) - 1 and {*keys.values()} == {1}  # all but that of what is not found
