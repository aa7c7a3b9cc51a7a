"""What is cited: the title, the words and what shows them, and what they rest on."""

import html
import re
from itertools import takewhile
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from items import KINDS
from plain import FIGURE, parsed, words

HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
TITLES = {
    "argument": "{} of <code>keras.layers.LSTM</code>",
    "term": "{} (LSTM)",
    "erratum": "Documentation error: {}",
    "verdict": "Claim: “{}”",
}  # with what a heading leaves to its page
OF_THE_CALL = "arguments-of-the-call"  # the section of those that are no arguments of the layer
SUBJECT = re.compile("LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX")
LIBRARY = re.compile(r"^(?:from|import) lstm_ref\b", re.MULTILINE)
ROWS = 15  # a longer table is no part of an answer
RUN = "The site's tests run this snippet and compare what it prints"
DRAWN = "The figure is computed by <code>lstm_ref</code>; a test computes its numbers a second time"


class Cited(NamedTuple):
    title: Tag
    parts: list[Tag]
    abstract: str
    rests: dict[str, list[Tag]]  # sentences and their links

    @property
    def needs_library(self) -> bool:
        return any(is_snippet(part) and LIBRARY.search(part.text) for part in self.parts)


def of_item(heading: Tag) -> Cited:
    """Cite the answer, the fix, and what shows them; without that, the words that rest on something."""
    blocks, kind = section(heading), {*heading["class"]}
    answer = next(at for at, block in enumerate(blocks) if block.name == "p")
    shows = showing(blocks, 0)
    if "erratum" in kind:  # about two systems it shows both
        shows += [at for at, block in enumerate(blocks) if is_snippet(block)]
    for fix in [at for at, block in enumerate(blocks) if block.text.startswith("Smallest fix")][:1]:
        shows += [fix, *showing(blocks, fix, [is_snippet])]
    if not shows:
        shows = [at for at, block in enumerate(blocks) if has_words(block) and block.select(".evidence")]
    parts = cited(blocks, [answer, *shows])
    if "erratum" in kind:
        parts.insert(1, where_it_stands(blocks))
    drawn = [link for block in blocks for link in block.select('a[href*="figures/#"]')]
    if drawn and not any(map(is_figure, parts)):
        parts.append(parsed(f'<p><img src="{drawn[0]["href"].replace("#", "")}.svg"></p>').p)
    rests_on = rests(parts, [mark for block in blocks for mark in block.select(".evidence")])
    if "verdict" in kind:
        rests_on = {
            f"The claim is from {heading.find_previous('h1').find_next('a', href=re.compile('^http'))}": []
        } | rests_on
    return Cited(title(heading), parts, words(blocks[answer]), rests_on)


def of_claim(mark: Tag) -> Cited:
    """Cite the answer of the section, the words before the mark, back to the mark before, and what shows them."""
    heading, block = mark.find_previous(HEADINGS), mark.find_parent(["p", "li"])
    blocks = section(heading)
    first = next(filter(has_words, blocks))
    at = stands = next(at for at, each in enumerate(blocks) if each is block or block in each.contents)
    sentences = said_before(mark)
    if not words(sentences):
        stands = next(above for above in reversed(range(at)) if has_words(blocks[above]))
        sentences = blocks[stands]
    abstract = words(sentences)
    if first.strong and words(first.strong) not in abstract:
        abstract = f"{words(first.strong).rstrip('.')}. {abstract}"
        if first is blocks[stands]:
            sentences = parsed(f"<p>{first.strong}. {sentences.decode_contents()}</p>").p
    parts = cited(blocks, [blocks.index(first), *showing(blocks, at, back=True)], {stands: sentences})
    return Cited(title(heading), parts, abstract, rests(parts, [mark]))


def of_figure(image: Tag, figure: dict) -> Cited:
    """Cite title, caption, figure and snippet."""
    heading, caption = (re.sub("`(.+?)`", r"<code>\1</code>", html.escape(figure[key])) for key in ("title", "caption"))
    said, blocks = parsed(f"<h3>{heading}</h3><p>{caption}</p>"), section(image.find_previous(HEADINGS))
    at = next(at for at, block in enumerate(blocks) if block is image.parent)
    parts = [said.p, image.parent, *cited(blocks, showing(blocks, at, [is_snippet]))]
    return Cited(title(said.h3), parts, words(said.p), rests(parts, []))


def of_page(soup: BeautifulSoup, description: str) -> Cited:
    """Cite the bold answer, the description, and what the page shows first; of a list that shows nothing, its description."""
    bold, blocks = soup.h1.find_next("strong"), section(soup.h1)
    shows, repeats = sorted(showing(blocks, 0))[:1], description[:10] == words(bold)[:10]
    said = [f"<p>{bold}</p>"] * (repeats or bool(shows)) + [f"<p>{html.escape(description)}</p>"] * (not repeats)
    parts = [*parsed("".join(said)).find_all("p")]
    parts += [part for part in cited(blocks, shows) if bold not in part.contents]
    return Cited(title(soup.h1), parts, words(bold), rests(parts, []))


def title(heading: Tag) -> Tag:
    """Return the heading as it is understood elsewhere."""
    copy = parsed(str(heading)).find(HEADINGS)
    for link in copy.select(".headerlink"):
        link.decompose()
    kind = next((kind for kind in TITLES if kind in heading.get("class", ())), "")
    if kind == "argument" and heading.find_previous("h2")["id"] == OF_THE_CALL:
        copy.append(" in the call")
    said = TITLES.get(kind, "{}").format(re.sub(r"^[QA]\d: ", "", copy.decode_contents().strip()))
    subject = "" if kind or SUBJECT.search(said) else "LSTM: "
    return parsed(f"<h3>{subject}{said}</h3>").h3


# The blocks of a section


def section(heading: Tag) -> list[Tag]:
    """Return paragraphs, lists, tables and listings between a heading and the next one."""
    tags = takewhile(
        lambda tag: tag.name not in HEADINGS, (tag for tag in heading.next_elements if isinstance(tag, Tag))
    )
    return [tag for tag in tags if tag.name in ("p", "ul", "ol", "table") or "highlight" in tag.get("class", ())]


def has_words(block: Tag) -> bool:
    return (
        block.name == "p" and bool(words(block)) and not is_note(block) and not block.text.startswith(("More", "Asked"))
    )


def is_note(block: Tag) -> bool:
    """Tell whether this is a note to the table above it."""
    return block.name == "p" and isinstance(block.contents[0], Tag) and block.contents[0].name == "sup"


def is_figure(block: Tag) -> bool:
    return block.name == "p" and block.find("img", class_=False) is not None


def is_picture(block: Tag) -> bool:
    return is_figure(block) or (block.name == "table" and len(block.find_all("tr")) <= ROWS + 1)


def is_listing(block: Tag, language: str) -> bool:
    return f"language-{language}" in block.get("class", ())


def is_snippet(block: Tag) -> bool:
    return is_listing(block, "python")


def goes_on(block: Tag) -> bool:
    """Tell whether this is what a snippet printed, the backend on which it did, or a note to a table."""
    return is_listing(block, "text") or (
        block.name == "p" and bool(re.match(r"On [^.]*:$", block.text) or is_note(block))
    )


def showing(blocks: list[Tag], at: int, kinds: tuple = (is_picture, is_snippet), back: bool = False) -> list[int]:
    """Return where the nearest table or figure stands, and the nearest snippet.

    First come those below; `back`, what stands right below, and then those above.
    """
    found = []
    for kind in kinds:
        above, below = ([n for n in side if kind(blocks[n])] for side in (range(at)[::-1], range(at, len(blocks))))
        right_below = below[:1] if at + 1 in below else []
        found += ([*right_below, *above, *below] if back else [*below, *above])[:1]
    return found


def cited(blocks: list[Tag], chosen: list[int], instead: dict[int, Tag] | None = None) -> list[Tag]:
    """Return these blocks in their order, what is shown with the words before it, a snippet with what it printed."""
    wanted = {*chosen, *(instead or {})}
    for at in chosen:
        if not has_words(blocks[at]):
            wanted |= {at - 1} if at and has_words(blocks[at - 1]) else set()
            wanted |= {*takewhile(lambda n: goes_on(blocks[n]), range(at + 1, len(blocks)))}
    return [(instead or {}).get(at, blocks[at]) for at in sorted(wanted)]


def where_it_stands(blocks: list[Tag]) -> Tag:
    """Return the list of an erratum without what came of it."""
    copy = parsed(str(next(block for block in blocks if block.name == "ul"))).ul
    copy.find("strong", string="Upstream:").find_parent("li").decompose()
    return copy


def said_before(mark: Tag) -> Tag:
    """Return the words before a mark, back to the mark before."""
    said: list[str] = []
    for part in mark.find_parent(["p", "li"]).contents:
        if part is mark:
            break
        said = [] if isinstance(part, Tag) and "evidence" in part.get("class", ()) else [*said, str(part)]
    return parsed(f"<p>{''.join(said).strip()}</p>").p


# What it rests on


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
        links += [link for link in parsed(behind).select("a") if link not in links]
    return found


def of_an_item(mark: Tag) -> bool:
    return bool({*mark.find_previous(HEADINGS).get("class", ())} & {*KINDS})


def drawn(soup: Tag, figures: dict[str, dict]) -> list[tuple[str, Tag]]:
    """Return the figures that the page shows, by name."""
    images = [(FIGURE.search(str(image["src"])), image) for image in soup.select("p > img:not(.file)")]
    return [(name[1], image) for name, image in images if name and name[1] in figures]
