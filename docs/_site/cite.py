"""What a reader takes along: each item, claim, figure and page as Markdown, HTML, plain text and BibTeX."""

import html
import re
import textwrap
from itertools import takewhile
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from bibtex import entry
from cited import HEADINGS, Cited, drawn, of_an_item, of_claim, of_figure, of_item, of_page, said_before
from items import KINDS
from plain import cleaned, markdown, parsed, text, words

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
ITEMS = ", ".join(f":is(h2, h3, h4).{kind}[id]" for kind in KINDS)
FILES = {
    "html.txt": "HTML",
    "txt": "plain text",
    "bib": "BibTeX",
}  # the forms beside the Markdown, which is in the page
LIBRARY = "<code>lstm_ref</code> is a NumPy LSTM with Keras's weight layout and defaults: <code>pip install {}</code>."
LETTERS = {"N": "units", "F": "features"}


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
    for mark in reversed([mark for mark in soup.select(".evidence[id]") if not of_an_item(mark)]):
        block, said = mark.find_parent(["p", "li"]), words(said_before(mark))
        alone = len(block.select(".evidence[id]")) == 1
        name = "this claim" if alone else f"“{textwrap.shorten(said, 40, placeholder='…')}”"
        due.append((block, str(mark["id"]), of_claim(mark), name))
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
    heading, date = words(cited.title), f", {source.changed}" if source.changed else ""
    notes = [undefined(cited)] + [LIBRARY.format(source.wheel)] * cited.needs_library
    rests = [f"{said}: {', '.join(map(str, links))}." if links else f"{said}." for said, links in cited.rests.items()]
    by = (
        f'Source: <a href="{url}">{html.escape(heading)}</a>, <a href="{source.home}">{source.site}</a>{date}.',
        *rests,
        f'Text and figures: <a href="{LICENCE}">CC BY 4.0</a>, code: MIT.',
    )
    parts = [
        *map(str, [cited.title, *cited.parts]),
        *(f"<p>{note}</p>" for note in notes if note),
        f"<p>{' '.join(by)}</p>",
    ]
    whole = cleaned("\n".join(parts), source.url, figures)
    for mark in whole.select(".evidence, .script"):
        mark.decompose()
    made = {"md": markdown(whole), "txt": text(whole)}
    for formula in whole.select("tex"):
        formula.unwrap()
    note = ". ".join([source.site, *(words(parsed(said)) for said in cited.rests), "CC BY 4.0"])
    fields = {
        "title": heading,
        "author": source.author,
        "date": source.changed,
        "abstract": cited.abstract,
        "note": note,
    }
    key = "-".join(part for part in ("lstmunits", source.name.replace("/", "-"), anchor) if part)
    return made | {"html.txt": f"{whole}\n", "bib": entry(key, url, fields)}


def undefined(cited: Cited) -> str:
    """Return what the letters in the words mean, where the words do not say it."""
    said = " ".join(str(part) for part in [cited.title, *cited.parts] if "highlight" not in part.get("class", ()))
    said = parsed(re.sub(r"<code>(?!LSTM\().*?</code>", "", said)).text
    missing = [
        f"{letter} is the number of {name}"
        for letter, name in LETTERS.items()
        if re.search(rf"(?<![A-Za-z.]){letter}(?![A-Za-z])", said)
        and not re.search(rf"\b{letter} (?:{name}|is)\b|\bis {letter}\b|LSTM\({letter}\)", said)
    ]
    return f"{', '.join(missing)}." if missing else ""
