"""What a reader takes along: each item, claim, figure and page as Markdown, HTML, plain text and BibTeX."""

import html
import re
from itertools import takewhile
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from bibtex import entry
from cited import (
    DRAWN,
    HEADINGS,
    RUN,
    Cited,
    drawn,
    of_an_item,
    of_claim,
    of_figure,
    of_item,
    of_page,
)
from items import KINDS
from plain import cleaned, markdown, parsed, text, words

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ITEMS = ", ".join(f":is(h2, h3, h4).{kind}[id]" for kind in KINDS)
FILES = {
    "html.txt": "HTML",
    "txt": "plain text",
    "bib": "BibTeX",
}  # the forms beside the Markdown, which is in the page
LIBRARY = (
    "The snippet needs <code>lstm_ref</code>, which computes in NumPy what <code>keras.layers.LSTM</code> computes "
    '(<a href="{}frameworks/#agreement">how close</a>): <code>pip install {}</code>.'
)
EXAMPLES = {
    "worked_input": "<code>worked_input()</code> has the shape (2, 5, 3)",
    "worked_layer": "<code>worked_layer()</code> is an <code>LSTM(4)</code> with fixed weights",
    "latch": "<code>latch()</code> gives an <code>LSTM(1)</code> with weights set by hand, and its input",
}
LETTERS = {  # what they stand for, and where the words say it themselves
    "N": ("N is the number of units", r"\bN (?:units|is|memories)\b|\bis N\b|number N\b|LSTM\(N\)|for units"),
    "F": ("F is the number of features", r"\bF (?:features|is)\b"),
    "h": ("h is what a unit puts out", r"output h\b|h, (?:its|the) output|\bh is\b|\bh \(|state h\b"),
    "c": ("c is what a unit keeps", r"i, c, f|memory c\b|c, (?:its|the) memory|\bc is\b|\bc \(|state c\b"),
    "g": ("i, f and o are the gates, g is the candidate", r"candidate"),
}


class Source(NamedTuple):
    """The page that is cited."""

    site: str
    home: str  # the site's address
    author: str
    wheel: str  # the address of the library's
    path: str  # the page's address below the site's: "questions/units/", "" for the first page
    title: str
    changed: str  # "2026-11-20", or "" where there is no history

    @property
    def url(self) -> str:
        return self.home + self.path

    @property
    def name(self) -> str:
        """The page's name among files: "questions/units", "index" for the first page."""
        return self.path.strip("/") or "index"

    @property
    def twin(self) -> str:
        """The address of its Markdown, below the site's."""
        return f"{self.name}.md"


def add_controls(soup: BeautifulSoup, source: Source, figures: dict[str, dict]) -> dict[str, str]:
    """Put a control below each item, claim and figure of a page; return the files that these link to."""
    due = []
    for heading in soup.select(ITEMS):
        kind = next(kind for kind in KINDS if kind in heading["class"])
        name = "answer" if kind == "question" else kind
        due.append((last(heading), str(heading["id"]), of_item(heading), f"this {name}"))
    for name, image in drawn(soup, figures):
        due.append((image.parent, f"fig-{name}", of_figure(image, figures[name]), "this figure"))
    for mark in (mark for mark in soup.select(".evidence[id]") if not of_an_item(mark)):
        block = mark.find_parent(["p", "li"])
        if len(block.select(".evidence[id]")) > 1:
            raise ValueError(f"#{mark['id']} shares its paragraph with another claim: which words are whose?")
        due.append((block, str(mark["id"]), of_claim(mark), "this claim"))
    files: dict[str, str] = {}
    for block, anchor, cited, name in due:
        markup, made = shown(forms(source, anchor, cited, figures), f"{source.name}/{anchor}", source, f"Cite {name}")
        files.update(made)
        control = parsed(markup).details
        block.append(control) if block.name == "li" else block.insert_after(control)
    return files


def last(heading: Tag) -> Tag:
    """Return what stands last below a heading."""
    return [*takewhile(lambda tag: tag.name not in HEADINGS, heading.find_next_siblings())][-1]


def of_the_page(
    soup: BeautifulSoup, source: Source, figures: dict[str, dict], description: str
) -> tuple[str, dict[str, str]]:
    """Return the control that cites a page as a whole, and the files it links to."""
    made = forms(source, "", of_page(soup, description), figures)
    return shown(made, source.name, source, "Cite this page")


def shown(made: dict[str, str], name: str, source: Source, summary: str) -> tuple[str, dict[str, str]]:
    """Return the control, which has the Markdown in it, and the files with the other forms."""
    paths = {kind: f"cite/{name}.{kind}" for kind in FILES}
    up = "../" * source.path.count("/")
    links = " · ".join(f'<a href="{up}{path}">{FILES[kind]}</a>' for kind, path in paths.items())
    markup = (
        f'<details class="cite" data-search-exclude><summary>{summary}</summary><p>{links}</p>'
        f"<pre tabindex=0><code>{html.escape(made['md'], quote=False)}</code></pre></details>"
    )
    return markup, {path: made[kind] for kind, path in paths.items()}


def forms(source: Source, anchor: str, cited: Cited, figures: dict[str, dict]) -> dict[str, str]:
    """Return the four forms by the endings of their files."""
    url = f"{source.url}#{anchor}" if anchor else source.url
    parts = map(str, [cited.title, *cited.parts, f"<p>{attribution(source, url, cited)}</p>"])
    whole = cleaned("\n".join(parts), source.url, figures)
    for mark in whole.select(".evidence, .script"):
        mark.decompose()
    if told := notes(whole, cited, source):
        _, *blocks, _ = whole.find_all(True, recursive=False)
        first = next(at for at, block in enumerate(blocks) if words(block))
        first += words(blocks[first]).endswith(":")  # then it leads to the table behind it
        blocks[first].insert_after(parsed(f"\n<p>{told}</p>"))
    made = {"md": markdown(whole)}
    for formula in whole.select("tex"):
        formula.unwrap()
    key = "-".join(part for part in ("lstmunits", source.name.replace("/", "-"), anchor) if part)
    made |= {"html.txt": f"{whole}\n", "bib": entry(key, url, fields(source, cited))}
    return made | {"txt": text(whole)}


def attribution(source: Source, url: str, cited: Cited) -> str:
    date = f", {source.changed}" if source.changed else ""
    rests = [f"{said} ({', '.join(map(str, links))})." if links else f"{said}." for said, links in cited.rests.items()]
    licences = f'<a href="{LICENCE}">CC BY 4.0</a>, code: <a href="{source.home}LICENSE">MIT</a>'
    return " ".join([f'Source: <a href="{url}">“{source.site}”</a>{date}.', *rests, f"Text and figures: {licences}."])


def fields(source: Source, cited: Cited) -> dict[str, str]:
    """Return those of the BibTeX entry, without its address."""
    rests = [words(parsed(said)) for said in cited.rests if said not in (RUN, DRAWN)]
    changed = [f"Last change: {source.changed}"] * bool(source.changed)
    return {
        "title": words(cited.title),
        "author": source.author,
        "year": source.changed[:4],
        "abstract": cited.abstract,
        "note": ". ".join([source.site, *changed, *rests, "CC BY 4.0"]),
    }


def notes(whole: Tag, cited: Cited, source: Source) -> str:
    """Return what a reader elsewhere must be told: what letters mean, and how the snippet is run."""
    told = [undefined(whole)]
    if cited.needs_library:
        told.append(LIBRARY.format(source.home, source.wheel))
        named = [said for name, said in EXAMPLES.items() if any(name in each for each in cited.snippets)]
        told += [f"{', '.join(named)}."] * bool(named)
    return " ".join(filter(None, told))


def undefined(whole: Tag) -> str:
    """Return what letters mean that stand in the words and are not explained there."""
    *blocks, _ = whole.find_all(True, recursive=False)
    said = " ".join(str(block) for block in blocks if block.name != "pre")
    said = parsed(re.sub(r"<code>(?!LSTM\().*?</code>", "", said)).text
    missing = [
        meaning
        for letter, (meaning, defined) in LETTERS.items()
        if re.search(rf"(?<![A-Za-z_.]){letter}(?!\w)", said) and not re.search(defined, said)
    ]
    return f"{'; '.join(dict.fromkeys(missing))}." if missing else ""
