"""What the encoder learns from: questions and what answers them, and texts put together from parts of them and of titles."""

import json
import math
import random
import subprocess
from pathlib import Path

import torch
from yaml import CSafeLoader, load

from docs.sitebuild.search import asked

HERE = Path(__file__).parent
SECTIONS = HERE.parents[1] / "site/assets/search/sections.json"
NEXT = 0.6  # what the next best answer counts, of the one before
FOUND, TEXT = 2, 0.5  # what a question of readers and a section's own words count, of one of ours
MADE = 4  # texts for each question
SPLIT = """
import { readFileSync } from "node:fs";
const code = readFileSync("docs/assets/search/pieces.js", "utf8");
const { pieces } = await import("data:text/javascript," + encodeURIComponent(code));
let text = "";
for await (const part of process.stdin) text += part;
const { known, texts } = JSON.parse(text);
const all = new Set(known);
console.log(JSON.stringify(texts.map((it) => pieces(it, all))));
"""


class Questions:
    """What is learned: texts, what each counts, and how much each section answers it."""

    def __init__(self) -> None:
        sections = json.loads(SECTIONS.read_bytes())["sections"]
        self.sections = [it["location"] or "./" for it in sections]
        ours = {line.split("\t")[0] for line in (HERE / "worded.tsv").read_text(encoding="utf-8").splitlines()}
        known = [(words, answers, 1 if words in ours else FOUND) for words, answers in asked(HERE)]
        for it in sections:
            known += [(it["title"], [it["location"] or "./"], TEXT)]
            known += [(f"{it['title']}. {' '.join(it['text'].split()[:25])}", [it["location"] or "./"], TEXT)]
        places = {it: place for place, it in enumerate(self.sections)}
        known = [
            (words, [places[it or "./"] for it in them if (it or "./") in places], counts)
            for words, them, counts in known
        ]
        self.known = [it for it in known if it[1]]
        self.texts = [words for words, _, _ in self.known]
        self.counts = torch.tensor([float(counts) for _, _, counts in self.known])
        self.answers = torch.zeros(len(self.known), len(sections))
        for row, (_, them, _) in enumerate(self.known):
            for rank, place in enumerate(them):
                self.answers[row, place] += NEXT**rank

    def made(self, titles: list[str]) -> list[str]:
        """Return changed questions, the titles, a change of each, and questions with a fifth of their words from titles."""
        same: dict[int, list[str]] = {}
        for words, them, _ in self.known:
            same.setdefault(them[0], []).append(words)
        asked = [(words, them[0]) for words, them, counts in self.known * MADE if counts != TEXT]
        made = [changed(words, same[section], self.texts) for words, section in asked]
        if titles:
            made += titles + [changed(title, self.texts, titles) for title in titles]
            other = [word for title in titles for word in title.split()]
            split = [text.split() for text in self.texts]
            made += [" ".join(random.choice(other) if random.random() < 0.2 else it for it in words) for words in split]
        return made


def changed(text: str, near: list[str], far: list[str]) -> str:
    """Return a text without some of its words, a stretch of it, or its first half with the second one of another text."""
    words, how = text.split(), random.random()
    if len(words) < 3:
        return f"{text} {random.choice(near)}"
    if how < 0.3:
        return " ".join(word for word in words if random.random() > 0.15) or text
    if how < 0.65:
        length = max(2, int(len(words) * random.uniform(0.4, 0.9)))
        start = random.randrange(len(words) - length + 1) if how < 0.5 else 0
        return " ".join(words[start : start + length])
    other = random.choice(near if how < 0.85 else far).split()
    return " ".join(words[: math.ceil(len(words) / 2)] + other[len(other) // 2 :])


def unlike_the_test(titles: list[str], known: list[str]) -> list[str]:
    """Return the titles but those that share half of their pieces with a question that the test keeps back."""
    judged = load((HERE / "asked.yml").read_text(encoding="utf-8"), CSafeLoader)
    kept = [{*pieces} for pieces in split([it["words"] for it in judged if it.get("test")], known)]
    pairs = zip(titles, split(titles, known), strict=True)
    return [title for title, own in pairs if all(2 * len(it & {*own}) < len(it | {*own}) for it in kept)]


def split(texts: list[str], known: list[str]) -> list[list[str]]:
    """Return the pieces of each text, as the search has them."""
    node = ["node", "--input-type=module", "-e", SPLIT]
    asked = json.dumps({"known": known, "texts": texts})
    return json.loads(subprocess.run(node, input=asked, capture_output=True, check=True, text=True).stdout)
