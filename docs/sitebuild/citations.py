"""What a reader takes along: an item, a claim, a figure or a page as Markdown that is complete where it is pasted."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from docs.sitebuild.export import Export
from docs.sitebuild.marks import Evidence, Snippet
from docs.sitebuild.source import Heading, Image, Page, Section, Text

WORDS = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
SYSTEM = re.compile("LSTM|lstm_ref|Keras|PyTorch|Flax|ONNX|d2l")
LINES, SHORT = 25, 10  # a citation with a snippet of at most SHORT lines has at most LINES, or else leaves it behind
SENTENCE = re.compile(r"(?<=[.!?*])[ \n](?=[A-Z`“])")
FIGURE = re.compile(r"(?:^|\s+)The figure \[[^\]]*\]\([^)]*\).*?\.(?!\S)", re.DOTALL)  # it comes along, or is not far
POINTERS = re.compile(r"(?:^|\s+)(?:More|Asked|Claimed|Error)(?:, \w+)?:\s.*", re.DOTALL)  # they end a paragraph
LIBRARY = re.compile(r"^(?:from|import) lstm_ref\b", re.MULTILINE)


class Citations(NamedTuple):
    """The citations of one page."""

    page: Page
    export: Export

    def of_item(self, section: Section) -> str:
        """Cite the whole answer, with its figure and one snippet: of an error that raises, the fix."""
        snippets = [block for block in section.blocks if isinstance(block, Snippet)]
        recorded = snippets[0].recorded if snippets and section.heading.kind == "error" else None
        chosen = snippets[-1:] if recorded and not recorded.name.startswith("silent-") else snippets[:1]
        whole = self.cited(section.heading, section.heading.id, section.blocks, chosen)
        if whole.count("\n") < LINES or any(snippet.source.count("\n") >= SHORT for snippet in chosen):
            return whole
        return self.cited(section.heading, section.heading.id, section.blocks, [])

    def of_claim(self, section: Section, claim: Evidence) -> str:
        """Cite the words of a claim and what stands between it and the next; for a section's first, also what is above."""
        claims = [(at, part) for at, block in enumerate(section.blocks) for part in evidence_of([block]) if part.id]
        number = next(number for number, (_, part) in enumerate(claims) if part is claim)
        start, end, *_ = (*(start_of(section.blocks, at) for at, _ in claims[number : number + 2]), len(section.blocks))
        stretch = section.blocks[start if number else 0 : end]
        return self.cited(section.heading, claim.id, stretch, snippet_unless_pictured(stretch))

    def of_figure(self, image: Image) -> str:
        return self.cited(Heading(3, self.export.figures[image.name].title, ""), f"fig-{image.name}", [image], [])

    def of_page(self) -> str:
        """Cite what the page opens with, up to its first snippet; of a page of items, its answer."""
        (heading, blocks), *others = self.page.sections
        if any(section.heading.kind for section in others):
            blocks = [Text((f"**{self.page.sections[0].answer}**",))]
        ends = next((at for at, block in enumerate(blocks) if isinstance(block, Snippet)), len(blocks)) + 1
        return self.cited(heading, "", blocks[:ends], snippet_unless_pictured(blocks[:ends]))

    def cited(self, heading: Heading, anchor: str, blocks: list[Any], snippets: list[Snippet]) -> str:
        kept = [*self.kept(blocks, snippets)]
        letters = self.page.front.get("letters", {}).items()
        sentences = [WORDS["letters"][letter] for letter, ids in letters if (anchor or "page") in ids]
        if anchor and (of := self.page.front.get("claims_from")):
            sentences.append(f"The claim, in our words, is from {of}.")
        sources = "".join(block.source for block in kept if isinstance(block, Snippet))
        sentences += [text for name, text in WORDS["examples"].items() if name in sources]
        sentences += evidence_sentences(blocks, kept)
        source = self.export.attribution(f"#{anchor}" * bool(anchor), *sentences, installs=installs(kept))
        return f"### {title(heading)}\n" + "\n\n".join([*self.export.blocks(kept), source])

    def kept(self, blocks: list[Any], snippets: list[Snippet]) -> Iterator[Any]:
        """Yield what is cited: words without pointers, figures or else the one that is evidence, the chosen snippets."""
        for block, after in pairwise([*blocks, None]):
            if isinstance(block, Text):
                *sentences, last = SENTENCE.split(POINTERS.sub("", FIGURE.sub("", block.words)))
                leads_nowhere = last.endswith((":", "?")) and isinstance(after, Snippet) and after not in snippets
                if words := " ".join(sentences if leads_nowhere else [*sentences, last]):
                    yield Text((words,))
            elif isinstance(block, Image) or block in snippets:
                yield block
        drawn = [part.figure for part in evidence_of(blocks) if part.figure]
        if drawn and not any(map(is_picture, blocks)):
            yield Image(drawn[0])


def title(heading: Heading) -> str:
    """Return the words of a heading as they are understood elsewhere."""
    words = re.sub(r"^[QA]\d: ", "", heading.title)
    otherwise = "{}" if SYSTEM.search(words) else "LSTM: {}"
    return str(WORDS["titles"].get(heading.kind, otherwise).format(words))


def start_of(blocks: list[Any], at: int) -> int:
    """Return where the words of a claim stand: in its block, or above a table and a mark that stands alone."""
    while 0 < at < len(blocks) and not (isinstance(blocks[at], Text) and blocks[at].words and not is_table(blocks[at])):
        at -= 1
    return at


def installs(blocks: Iterable[Any]) -> bool:
    return any(isinstance(block, Snippet) and LIBRARY.search(block.source) for block in blocks)


def is_table(block: Any) -> bool:
    return isinstance(block, Text) and block.words.startswith("|")


def is_picture(block: Any) -> bool:
    return isinstance(block, Image) or is_table(block)


def snippet_unless_pictured(blocks: list[Any]) -> list[Snippet]:
    """Return the first snippet, or none where a table or a figure shows it already."""
    return [block for block in blocks if isinstance(block, Snippet)][: not any(map(is_picture, blocks))]


def evidence_of(blocks: Iterable[Any]) -> Iterator[Evidence]:
    parts = (part for block in blocks if isinstance(block, Text) for part in block.parts)
    return (part for part in parts if isinstance(part, Evidence))


def evidence_sentences(blocks: list[Any], kept: list[Any]) -> dict[str, None]:
    """Return what is said of the snippets and figures that are cited, then of the words, each once."""
    recorded = [block.recorded for block in blocks if isinstance(block, Snippet) and block.recorded]
    sentences = [f"Ran with {it.stamp.words}, {it.stamp.month}." for it in recorded]
    tested = any(isinstance(it, Snippet) and not (it.recorded or it.is_file) for it in kept)
    sentences += ["The site's tests run the snippet."] * tested
    sentences += ["The figure is drawn from a run, and tested."] * any(isinstance(block, Image) for block in kept)
    ran = {name for it in recorded for name in it.stamp.names}
    marks = [part for part in evidence_of(blocks) if part.stamp and not ran.issuperset(part.stamp.names)]
    marks += [part for part in evidence_of(blocks) if part.words.startswith("read in")]
    return dict.fromkeys([*sentences, *(f"{mark.words[0].upper()}{mark.words[1:]}." for mark in marks)])
