"""What is cited: the title, the words and what shows them, and what they rest on."""

import html
import re
from collections.abc import Iterable
from itertools import takewhile
from pathlib import PurePosixPath
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from items import KINDS
from plain import FIGURE, parsed, with_code, words

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
TITLES = {
    "argument": "{} of <code>keras.layers.LSTM</code>",
    "term": "{} (LSTM)",
    "erratum": "Documentation error: {}",
    "guess": "A guess about <code>LSTM(N)</code>: {}",
    "answer": "An answer about <code>LSTM(N)</code>: {}",
}  # with what a heading leaves to its page
OF_THE_CALL = "arguments-of-the-call"  # the section of those that are no arguments of the layer
SUBJECT = re.compile("LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX")
SYSTEM = re.compile("Keras|PyTorch|Flax|ONNX|d2l")
LIBRARY = re.compile(r"^(?:from|import) lstm_ref\b", re.MULTILINE)
# They end a paragraph, and lead to other pages.
POINTERS = re.compile(r"(?:(?<=<p>)|\s+)(?:More|Asked)(?:, \w+)?: .*", re.DOTALL)
ROWS = 15  # a longer table is no part of an answer
RUN = "The site's tests run the snippet"
DRAWN = "The figure is drawn by a program, and a test checks what it shows"


class Cited(NamedTuple):
    title: Tag
    parts: list[Tag]
    abstract: str
    rests: dict[str, list[Tag]]  # sentences and their links

    @property
    def snippets(self) -> list[str]:
        return [part.text for part in self.parts if is_snippet(part)]

    @property
    def needs_library(self) -> bool:
        return any(map(LIBRARY.search, self.snippets))


def of_item(heading: Tag) -> Cited:
    """Cite all that stands below it."""
    blocks = section(heading)
    parts, marks = without_pointers(blocks), marks_of(blocks)
    drawn = [link for block in blocks for link in block.select('a[href*="figures/#"]')]
    if drawn and not any(map(is_picture, parts)):
        parts.append(parsed(f'<p><img src="{drawn[0]["href"].replace("#", "")}.svg"></p>').p)
    said = {}
    if "verdict" in heading["class"]:
        said[f"In our words, from {heading.find_previous('h1').find_next('a', href=re.compile('^http'))}"] = []
    return Cited(title(heading), parts, words(parts[0]), said | rests(parts, marks))


def of_claim(mark: Tag) -> Cited:
    """Cite the words before the mark, and what stands between them and the next claim; of a section's first, also what is above."""
    heading, blocks = mark.find_previous(HEADINGS), section(mark.find_previous(HEADINGS))
    places = {id(each): (at, where(blocks, at)) for at, block in enumerate(blocks) for each in claims_of(block)}
    at, start = places[id(mark)]
    after = [begin for _, begin in places.values() if begin > at]
    first = min(places.values()) == (at, start)
    said = said_before(mark) if start == at else blocks[start]
    chosen = blocks[0 if first else start : min(after, default=len(blocks))]
    parts = without_pointers(said if block is blocks[start] else block for block in chosen)
    return Cited(title(heading), parts, words(said), rests(parts, [mark]))


def of_figure(image: Tag, figure: dict) -> Cited:
    """Cite title, figure, caption and snippet."""
    blocks = section(image.find_previous(HEADINGS))
    at = next(at for at, block in enumerate(blocks) if block is image.parent)
    parts = [image.parent, *nearest_snippet(blocks, at)]
    heading = parsed(f"<h3>{with_code(figure['title'])}</h3>").h3
    return Cited(title(heading), parts, words(parsed(with_code(figure["caption"]))), rests(parts, []))


def of_page(soup: BeautifulSoup, description: str) -> Cited:
    """Cite what the page opens with, up to its first snippet; of a page that shows nothing there, its description."""
    blocks = section(soup.h1)
    ends = [at for at, block in enumerate(blocks) if is_snippet(block)] or [
        at for at, block in enumerate(blocks) if is_picture(block)
    ]
    parts = [parsed(f"<p>{html.escape(description)}</p>").p]
    if ends:
        behind = takewhile(goes_on, blocks[ends[0] + 1 :])
        parts = without_pointers([*blocks[: ends[0] + 1], *behind])
    return Cited(title(soup.h1), parts, words(parts[0]), rests(parts, []))


def title(heading: Tag) -> Tag:
    """Return the heading as it is understood elsewhere."""
    copy = parsed(str(heading)).find(HEADINGS)
    for link in copy.select(".headerlink"):
        link.decompose()
    kind = next((kind for kind in KINDS if kind in heading.get("class", ())), "")
    if kind == "argument" and heading.find_previous("h2")["id"] == OF_THE_CALL:
        copy.append(" in the call")
    said = copy.decode_contents().strip()
    if kind == "erratum" and not SYSTEM.search(said):
        said = f"Keras {said}"
    if kind == "verdict":
        kind, said = "guess" if said.startswith("Q") else "answer", re.sub(r"^[QA]\d: ", "", said)
    subject = "" if kind in TITLES or SUBJECT.search(said) else "LSTM: "
    return parsed(f"<h3>{subject}{TITLES.get(kind, '{}').format(said)}</h3>").h3


# The blocks of a section


def section(heading: Tag) -> list[Tag]:
    """Return paragraphs, lists, tables and listings between a heading and the next one."""
    tags = takewhile(
        lambda tag: tag.name not in HEADINGS, (tag for tag in heading.next_elements if isinstance(tag, Tag))
    )
    blocks = [tag for tag in tags if tag.name in ("p", "ul", "ol", "table") or "highlight" in tag.get("class", ())]
    return [block for block in blocks if not any(parent is other for parent in block.parents for other in blocks)]


def without_pointers(blocks: Iterable[Tag]) -> list[Tag]:
    """Return the blocks without what only leads on, and those that have anything left."""
    kept = [parsed(POINTERS.sub("", str(block))).p if block.name == "p" else block for block in blocks]
    return [block for block in kept if words(block) or block.find("img")]


def is_figure(block: Tag) -> bool:
    return block.name == "p" and block.find("img", class_=False) is not None


def is_picture(block: Tag) -> bool:
    return is_figure(block) or (block.name == "table" and len(block.find_all("tr")) <= ROWS + 1)


def is_listing(block: Tag, language: str) -> bool:
    return f"language-{language}" in block.get("class", ())


def is_snippet(block: Tag) -> bool:
    return is_listing(block, "python")


def goes_on(block: Tag) -> bool:
    """Tell whether this is what a snippet printed, or the backend on which it did."""
    return is_listing(block, "text") or (block.name == "p" and bool(re.match(r"On [^.]*:$", block.text)))


def nearest_snippet(blocks: list[Tag], at: int) -> list[Tag]:
    """Return the first snippet below, or else the last above, with the words before it and what it printed."""
    below, above = range(at, len(blocks)), reversed(range(at))
    for found in (n for side in (below, above) for n in side if is_snippet(blocks[n])):
        lead = [blocks[found - 1]] if blocks[found - 1].name == "p" and not is_figure(blocks[found - 1]) else []
        return without_pointers([*lead, blocks[found], *takewhile(goes_on, blocks[found + 1 :])])
    return []


# What it rests on


def marks_of(blocks: Iterable[Tag]) -> list[Tag]:
    return [mark for block in blocks for mark in block.select(".evidence")]


def claims_of(block: Tag) -> list[Tag]:
    return block.select(".evidence[id]")


def where(blocks: list[Tag], at: int) -> int:
    """Return where the words of the claims of a block stand: there, or right above if it has none."""
    if words(blocks[at]):
        return at
    return next(above for above in reversed(range(at)) if blocks[above].name == "p" and words(blocks[above]))


def said_before(mark: Tag) -> Tag:
    """Return the words before a mark, back to the mark before."""
    said: list[str] = []
    for part in mark.find_parent(["p", "li"]).contents:
        if part is mark:
            break
        said = [] if isinstance(part, Tag) and "evidence" in part.get("class", ()) else [*said, str(part)]
    return parsed(f"<p>{''.join(said).strip()}</p>").p


def rests(parts: list[Tag], marks: list[Tag]) -> dict[str, list[Tag]]:
    """Return what is said of the snippets and figures that are cited, then of the words, each once."""
    found: dict[str, list[Tag]] = {}
    ran = [part.find_next(class_="evidence") for part in parts if is_snippet(part) and "recorded" in part["class"]]
    if any(is_snippet(part) and not {"recorded", "listing"} & {*part["class"]} for part in parts):
        found[RUN] = []
    if any(map(is_figure, parts)):
        found[DRAWN] = []
    for mark in [*ran, *(mark for mark in marks if re.match("checked with|read in", mark.text))]:
        said, _, behind = " ".join(mark.decode_contents().split()).partition(" · ")
        links = found.setdefault((said[0].upper() + said[1:]).rstrip("."), [])
        links += [link for link in map(named, parsed(behind).select("a")) if link not in links]
    return found


def named(link: Tag) -> Tag:
    """Return the link to a program with its file's name: an error has two."""
    if link["href"].endswith(".py"):
        link.string = PurePosixPath(link["href"]).name
    return link


def of_an_item(mark: Tag) -> bool:
    return bool({*mark.find_previous(HEADINGS).get("class", ())} & {*KINDS})


def drawn(soup: Tag, figures: dict[str, dict]) -> list[tuple[str, Tag]]:
    """Return the figures that the page shows, by name."""
    images = [(FIGURE.search(str(image["src"])), image) for image in soup.select("p > img:not(.file)")]
    return [(name[1], image) for name, image in images if name and name[1] in figures]
