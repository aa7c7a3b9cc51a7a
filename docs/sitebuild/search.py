"""What the search reads: the sections of the site, and questions with the sections that answer them."""

import gzip
import html
import json
import logging
import re
from pathlib import Path

from yaml import CSafeLoader, load

SNIPPET = re.compile(r"<pre><code>(?:import|from) .*?</code></pre>", re.DOTALL)  # its words are not those of a question
LESS = re.compile("(bugs|errata.*|reference.*|vectors|figures|cite)/|.*#questions$|(questions|errors)/#|#where-to-go")


def asked(folder: Path) -> list[tuple[str, list[str]]]:
    """Return questions of readers, but for what the test keeps back, and ours; and what answers them, the best first."""
    found = load((folder / "asked.yml").read_text(encoding="utf-8"), CSafeLoader)
    judged = [(it["words"], it["answer"]) for it in found if it["answer"] and not it.get("test")]
    lines = "".join((folder / name).read_text(encoding="utf-8") for name in ("threads.tsv", "worded.tsv")).splitlines()
    return judged + [(words, answer.split(" ")) for words, *_, answer in (line.split("\t") for line in lines)]


def index(entries: list[dict[str, str]], folder: Path) -> str:
    """Return as JSON what `assets/search/` reads, of entries with location, title and text (HTML), and of docs/search."""
    sections = []
    for location, title, text in ((it["location"], it["title"], SNIPPET.sub("", it["text"])) for it in entries):
        known = {"location": location, "title": plain(title), "text": plain(text)}
        sections.append(known | ({"weight": 0.4} if LESS.match(location) or not known["text"] else {}))
    places = {section["location"] or "./": place for place, section in enumerate(sections)}
    numbered = [(words, [places[it or "./"] for it in them if (it or "./") in places]) for words, them in asked(folder)]
    read = {"sections": sections, "asked": numbered, "encoder": json.loads((folder / "encoder.json").read_bytes())}
    text, told = json.dumps(read, ensure_ascii=False, separators=(",", ":")), logging.getLogger("mkdocs.search").info
    told(f"Search: {len(sections)} sections, {len(gzip.compress(text.encode())) / 1024:.0f} KB with gzip")
    return text


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(code|strong|em|b)>", "", markup))).split())
