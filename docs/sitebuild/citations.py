"""What a reader takes along: an item, a claim, a figure or a page as Markdown that is complete where it is pasted."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from docs.sitebuild.addresses import LICENCE, page_path
from docs.sitebuild.elsewhere import Elsewhere
from docs.sitebuild.marks import Evidence, Snippet
from docs.sitebuild.source import Heading, Image, Page, Section, Text

TITLES = {
    "argument": "{} of `keras.layers.LSTM`",
    "term": "{} (LSTM)",
    "erratum": "Documentation error: {}",
    "verdict": "Claimed about `LSTM(N)`: {}",
}  # with what a heading leaves to its page
SYSTEM = re.compile("LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX|d2l")
LETTERS = {
    "N": "N is the number of units",
    "F": "F is the number of features",
    "h": "h is what a unit puts out",
    "c": "c is what a unit keeps",
    "g": "i, f and o are the gates, g is the candidate",
}  # a page's front matter says which of them what is cited needs: `letters: { h: [its-id] }`
LINES = 25  # of an item with a short snippet; where that is too much the snippet stays behind
SHORT = 10
ROWS = 15  # a longer table is no part of what a page opens with
FIGURE = re.compile(r"(?:^|\s+)The figure \[[^\]]*\]\([^)]*\)[^.]*\.")  # it comes along, or is not far
POINTERS = re.compile(r"(?:^|\s+)(?:More|Asked)(?:, \w+)?: .*", re.DOTALL)  # they end a paragraph, and lead to other pages
LIBRARY = re.compile(r"^(?:from|import) lstm_ref\b", re.MULTILINE)


class Citations(NamedTuple):
    """The citations of one page."""

    page: Page
    changed: str  # the day of its last change, or "" where there is no history
    elsewhere: Elsewhere

    def item(self, section: Section) -> str:
        """Cite the whole answer, with its figure and one snippet: of an error, the fix."""
        snippets = [block for block in section.blocks if isinstance(block, Snippet)]
        chosen = snippets[-1:] if section.heading.kind == "error" else snippets[:1]
        of = title(section.heading), section.heading.id, section.blocks
        whole = self.cited(*of, chosen)
        fits = whole.count("\n") < LINES or any(snippet.source.count("\n") >= SHORT for snippet in chosen)
        return whole if fits else self.cited(*of, [])

    def claim(self, section: Section, claim: Evidence) -> str:
        """Cite the words of a claim and what stands between it and the next; for a section's first, also what is above."""
        blocks = section.blocks
        claims = [(at, part) for at, block in enumerate(blocks) for part in claims_of(block)]
        number = next(number for number, (_, part) in enumerate(claims) if part is claim)
        start = self.start(blocks, claims[number][0]) if number else 0
        end = self.start(blocks, claims[number + 1][0]) if claims[number + 1 :] else len(blocks)
        return self.cited(title(section.heading), claim.id, blocks[start:end], unless_shown(blocks[start:end]))

    @staticmethod
    def start(blocks: list[Any], at: int) -> int:
        """Return where the words of a claim stand: in its block, or above what stands between them and the mark."""
        return next(n for n in range(at, -1, -1) if isinstance(blocks[n], Text) and blocks[n].words and blocks[n].words[0] != "|")

    def figure(self, image: Image) -> str:
        heading = Heading(3, self.elsewhere.figures[image.name].title, "", "")
        return self.cited(title(heading), f"fig-{image.name}", [image], [])

    def whole(self) -> str:
        """Cite what the page opens with, up to its first snippet."""
        blocks = [it for it in self.page.sections[0].blocks if not (is_picture(it) and str(it).count("\\n|") > ROWS)]
        ends = next((at for at, block in enumerate(blocks) if isinstance(block, Snippet)), len(blocks)) + 1
        return self.cited(title(self.page.sections[0].heading), "", blocks[:ends], unless_shown(blocks[:ends]))

    def cited(self, heading: str, anchor: str, blocks: list[Any], snippets: list[Snippet]) -> str:
        kept = [*self.kept(blocks, snippets)]
        return f"### {heading}\n" + "\n\n".join([*self.elsewhere.blocks(kept), self.source(anchor, blocks, kept)])

    def kept(self, blocks: list[Any], snippets: list[Snippet]) -> Iterator[Any]:
        """Yield what is cited: words without pointers, figures or else the one that is named as evidence, the chosen snippets."""
        for block, after in pairwise([*blocks, None]):
            if isinstance(block, Text):
                leads_nowhere = block.words.endswith(":") and isinstance(after, Snippet) and after not in snippets
                if (said := POINTERS.sub("", FIGURE.sub("", block.words))) and not leads_nowhere:
                    yield Text((said,))
            elif isinstance(block, Image) or block in snippets:
                yield block
        drawn = [part.figure for part in evidence_of(blocks) if part.figure]
        if drawn and not any(map(is_picture, blocks)):
            yield Image(drawn[0], "", False)

    def source(self, anchor: str, blocks: list[Any], kept: list[Any]) -> str:
        """Return the line that ends a citation: where it is from, what it rests on, licences, how to install."""
        site, changed = self.elsewhere.site, f", {self.changed}" if self.changed else ""
        url = site.home + page_path(self.page.uri) + (f"#{anchor}" if anchor else "")
        said = [f"{LETTERS[letter]}." for letter, ids in self.page.front.get("letters", {}).items() if (anchor or "page") in ids]
        said += [f"Source: [“{site.name}”]({url}){changed}.", *rests_on(blocks, kept)]
        if "claims_from" in self.page.front and anchor:
            said.append(f"The claim, in our words, is from {self.page.front['claims_from']}.")
        said.append(f"Text and figures: [CC BY 4.0]({LICENCE}), code: [MIT]({site.home}LICENSE).")
        if any(isinstance(block, Snippet) and LIBRARY.search(block.source) for block in kept):
            said.append(f"[How to install `lstm_ref`]({site.home}reference/#install).")
        return " ".join(said)


def title(heading: Heading) -> str:
    """Return the words of a heading as they are understood elsewhere."""
    said = re.sub(r"^[QA]\d: ", "", heading.title)
    if heading.kind in TITLES:
        return TITLES[heading.kind].format(said)
    return said if SYSTEM.search(said) else f"LSTM: {said}"


def is_picture(block: Any) -> bool:
    return isinstance(block, Image) or (isinstance(block, Text) and block.words.startswith("|"))


def unless_shown(blocks: list[Any]) -> list[Snippet]:
    """Return the first snippet of what no table or figure shows."""
    return [block for block in blocks if isinstance(block, Snippet)][: not any(map(is_picture, blocks))]


def claims_of(block: Any) -> list[Evidence]:
    return [part for part in evidence_of([block]) if part.id]


def evidence_of(blocks: Iterable[Any]) -> Iterator[Evidence]:
    parts = (part for block in blocks if isinstance(block, Text) for part in block.parts)
    return (part for part in parts if isinstance(part, Evidence))


def rests_on(blocks: list[Any], kept: list[Any]) -> list[str]:
    """Return what is said of the snippets and figures that are cited, then of the words, each once."""
    snippets = [block for block in kept if isinstance(block, Snippet) and not block.is_file]
    said = [f"Ran with {it.recorded.stamp.words}, {it.recorded.stamp.month}." for it in snippets if it.recorded]
    said += ["The site's tests run the snippet."] * any(not it.recorded for it in snippets)
    said += ["The figure is drawn from a run, and tested."] * any(isinstance(block, Image) for block in kept)
    said += [f"{part.words[0].upper()}{part.words[1:]}." for part in evidence_of(blocks) if part.stamp or part.words.startswith("read in")]
    return [*dict.fromkeys(said)]
