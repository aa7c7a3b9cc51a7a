"""What the search reads: the sections of the site, and questions in words of readers with the sections that answer them."""

import gzip
import html
import json
import logging
import re
from pathlib import Path

from yaml import CSafeLoader, load

SNIPPET = re.compile(r"<pre><code>(?:import|from) .*?</code></pre>", re.DOTALL)  # its words are not those of a question
LESS = re.compile("(bugs|errata.*|reference.*|vectors|figures|cite)/|.*#questions$|(questions|errors)/#|#where-to-go")


def found(folder: Path) -> list[tuple[str, list[str]]]:
    """Return questions of readers and what answers them, the best first, but for those that the test keeps back."""
    judged = load((folder / "asked.yml").read_text(encoding="utf-8"), CSafeLoader)
    judged = [(it["words"], it["answer"]) for it in judged if it["answer"] and not it.get("test")]
    return judged + rows(folder / "threads.tsv")


def rows(file: Path) -> list[tuple[str, list[str]]]:
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
    return [(words, answer.split(" ")) for words, *_, answer in lines]


def index(entries: list[dict[str, str]], folder: Path) -> str:
    """Return as JSON what `assets/search/` reads, of entries with location, title and text (HTML), and of docs/search."""
    sections = []
    for location, title, text in ((it["location"], it["title"], SNIPPET.sub("", it["text"])) for it in entries):
        known = {"location": location, "title": plain(title), "text": plain(text)}
        sections.append(known | ({"weight": 0.4} if LESS.match(location) or not known["text"] else {}))
    places = {section["location"] or "./": place for place, section in enumerate(sections)}
    first, worded = found(folder), rows(folder / "worded.tsv")
    likeness = json.loads((folder / "likeness.json").read_bytes())
    asked = [(words, [places[it or "./"] for it in them if (it or "./") in places]) for words, them in first + worded]
    read = {"sections": sections, "asked": asked, "found": len(first), "likeness": likeness}
    text, told = json.dumps(read, ensure_ascii=False, separators=(",", ":")), logging.getLogger("mkdocs.search").info
    told(f"Search: {len(sections)} sections, {len(gzip.compress(text.encode())) / 1024:.0f} KB with gzip")
    return text


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(code|strong|em|b)>", "", markup))).split())
