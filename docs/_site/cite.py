"""What a reader takes along: each item, claim and figure of a page as Markdown, HTML, plain text and BibTeX."""

import html
import re
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from items import KINDS
from plain import FIGURE, cleaned, markdown, parsed, text, words

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
ITEMS = ", ".join(f":is(h2, h3, h4).{kind}[id]" for kind in KINDS)
FILES = {
    "html.txt": "HTML",
    "txt": "plain text",
    "bib": "BibTeX",
}  # the forms beside the Markdown, which is in the page
TEX = str.maketrans(
    {char: "\\" + char for char in "{}$&#_%"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)


class Source(NamedTuple):
    """The page that is cited."""

    site: str
    home: str  # the site's address
    author: str
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
    files: dict[str, str] = {}

    def control(anchor: str, parts: list[Tag], summary: str = "Cite") -> Tag:
        markup, made = shown(forms(source, anchor, parts, figures), f"{source.name}/{anchor}", source, summary)
        files.update(made)
        return parsed(markup).details

    found = [(below(heading)[-1], str(heading["id"]), item(heading)) for heading in soup.select(ITEMS)]
    found += [(image.parent, f"fig-{name}", of_figure(image, figures[name])) for name, image in drawn(soup, figures)]
    stated = [(mark, claim(mark)) for mark in soup.select(".evidence[id]") if not of_an_item(mark)]
    for last, anchor, parts in found:
        last.insert_after(control(anchor, parts))
    for mark, parts in reversed(stated):
        block = mark.find_parent(["p", "li"])
        of_the_block = block.select(".evidence[id]")
        number = f" {of_the_block.index(mark) + 1}" if len(of_the_block) > 1 else ""
        made = control(str(mark["id"]), parts, f"Cite{number}")
        block.append(made) if block.name == "li" else block.insert_after(made)
    return files


def of_the_page(soup: BeautifulSoup, source: Source, figures: dict[str, dict]) -> tuple[str, dict[str, str]]:
    """Return the control that cites a page as a whole, by title, first paragraph and figure, and the files it links to."""
    parts = [soup.h1, soup.h1.find_next("p"), *(image.parent for _, image in drawn(soup, figures)[:1])]
    return shown(forms(source, "", parts, figures), source.name, source, "Cite this page")


def shown(made: dict[str, str], name: str, source: Source, summary: str) -> tuple[str, dict[str, str]]:
    """Return the control, which has the Markdown in it, and the files with the other forms."""
    paths = {kind: f"cite/{name}.{kind}" for kind in FILES}
    up = "../" * source.path.count("/")
    links = ", ".join(f'<a href="{up}{path}">{FILES[kind]}</a>' for kind, path in paths.items())
    markup = (
        f'<details class="cite" data-search-exclude><summary>{summary}</summary>'
        f"<pre><code>{html.escape(made['md'], quote=False)}</code></pre><p>Also as {links}</p></details>"
    )
    return markup, {path: made[kind] for kind, path in paths.items()}


# What is cited: a heading, an answer, and what shows it


def below(heading: Tag) -> list[Tag]:
    """Return what stands between a heading and the next one."""
    found = []
    for tag in heading.find_next_siblings():
        if tag.name in HEADINGS:
            break
        found.append(tag)
    return found


def item(heading: Tag) -> list[Tag]:
    """Return the heading, its answer, the first table, figure and snippet below it, and what that snippet printed."""
    tags = below(heading)
    first: dict[str, list[Tag]] = {}
    for tag in tags:
        if tag.name == "p" and "answer" not in first:
            first["answer"] = [tag]
        elif tag.name == "p" and tag.text.startswith("Smallest fix"):
            first.setdefault("fix", [tag])
        elif tag.name == "table":
            first.setdefault("table", [tag])
        elif tag.find("img", class_=False):
            first.setdefault("figure", [tag])
        elif is_listing(tag, "python"):
            first.setdefault("snippet", [tag, *printed(tag)])
    return [heading, *(tag for tags in first.values() for tag in tags), *marks(tags)[:1]]


def printed(snippet: Tag) -> list[Tag]:
    """Return the outputs behind a snippet, with the words that say on which backend."""
    found = []
    for tag in snippet.find_next_siblings():
        if not (is_listing(tag, "text") or (tag.name == "p" and re.match(r"On [^.]*:$", tag.text))):
            break
        found.append(tag)
    return found


def is_listing(tag: Tag, language: str) -> bool:
    return f"language-{language}" in tag.get("class", ())


def marks(tags: list[Tag]) -> list[Tag]:
    return [mark for tag in tags for mark in tag.select(".evidence")]


def of_an_item(mark: Tag) -> bool:
    return bool({*mark.find_previous(HEADINGS).get("class", ())} & {*KINDS})


def claim(mark: Tag) -> list[Tag]:
    """Return the heading, the first paragraph below it, and the words before the mark, back to the mark before."""
    heading, block = mark.find_previous(HEADINGS), mark.find_parent(["p", "li"])
    said: list[str] = []
    for part in block.contents:
        if part is mark:
            break
        said = [] if isinstance(part, Tag) and "evidence" in part.get("class", ()) else [*said, str(part)]
    first = heading.find_next(lambda tag: tag.name == "p" and not tag.select(".script"))
    stated = "".join(said).strip()
    above = block.find_previous_sibling(lambda tag: not tag.select(".script"))
    sentences = parsed(f"<p>{stated}</p>").p if stated else above
    return [heading, *([] if first is block else [first]), sentences, mark]


def drawn(soup: Tag, figures: dict[str, dict]) -> list[tuple[str, Tag]]:
    """Return the figures that the page shows, by name."""
    images = [(FIGURE.search(str(image["src"])), image) for image in soup.select("p > img:not(.file)")]
    return [(name[1], image) for name, image in images if name and name[1] in figures]


def of_figure(image: Tag, figure: dict) -> list[Tag]:
    title, caption = (re.sub("`(.+?)`", r"<code>\1</code>", html.escape(figure[key])) for key in ("title", "caption"))
    return [*parsed(f"<h3>{title}</h3><p>{caption}</p>").find_all(["h3", "p"]), image.parent]


# Its forms


def forms(source: Source, anchor: str, parts: list[Tag], figures: dict[str, dict]) -> dict[str, str]:
    """Return the four forms by the endings of their files; the last part may be the mark that says what it rests on."""
    heading, answer = words(parts[0]), words(parts[1])
    url = f"{source.url}#{anchor}" if anchor else source.url
    rests = ""
    if "evidence" in parts[-1].get("class", ()):
        said = parts.pop().text.partition(" ·")[0].rstrip(".")
        rests = f" {said[0].upper()}{said[1:]}."
    body = cleaned("\n".join(map(str, parts)), source.url, figures)
    for mark in body.select(".evidence, .script"):
        mark.decompose()
    for title in body.select("h1, h2, h4"):
        title.name = "h3"
    date = f", {source.changed}" if source.changed else ""
    link, terms = f'<a href="{LICENCE}">CC BY 4.0</a>', "Text and figures: {}, code: MIT."
    by = (
        f'<p>Source: <a href="{url}">{html.escape(heading)}</a>, <a href="{source.home}">{source.site}</a>{date}.'
        f"{html.escape(rests)} {terms.format(link)}</p>"
    )
    whole = parsed(f"{body}\n{by}\n")
    last = f"{rests} {terms.format(f'CC BY 4.0, {LICENCE}')}".strip()
    made = {"md": markdown(whole), "txt": f"{text(body)}\nSource: {source.site}{date}, {url}\n{last}\n"}
    for formula in whole.select("tex"):
        formula.unwrap()
    return made | {"html.txt": str(whole), "bib": bibtex(source, anchor, heading, answer, url)}


def bibtex(source: Source, anchor: str, title: str, answer: str, url: str) -> str:
    fields = {
        "title": f"{{{title.translate(TEX)}}}",
        "author": f"{{{source.author}}}",
        "howpublished": source.site,
        "year": source.changed[:4],
        "date": source.changed,
        "url": url,
        "abstract": answer.translate(TEX),
        "note": "CC BY 4.0",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    key = "-".join(part for part in (source.name.replace("/", "-"), anchor) if part)
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])
