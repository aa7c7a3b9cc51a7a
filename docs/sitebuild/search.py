"""What the search reads: the sections of the site, each with the words in which readers ask for it."""

import gzip
import html
import json
import logging
import re
from collections import defaultdict
from pathlib import Path

from yaml import CSafeLoader, load

SNIPPET = re.compile(r"<pre><code>(?:import|from) .*?</code></pre>", re.DOTALL)  # its words are not those of a question
LESS = re.compile("(bugs|errata|reference|vectors|figures|cite)/|.*#questions$|(questions|errors)/#|#where-to-go")


def asked(folder: Path) -> dict[str, list[str]]:
    """Return by section how it is asked for: as found, but for what the test keeps back, and as worded by us."""
    words = defaultdict(list)
    for question in load((folder / "asked.yml").read_text(encoding="utf-8"), CSafeLoader):
        for section in question["answer"] if not question.get("test") else ():
            words[section].append(question["words"])
    for section, worded in load((folder / "worded.yml").read_text(encoding="utf-8"), CSafeLoader).items():
        words[section] += worded
    return words


def index(entries: list[dict[str, str]], words: dict[str, list[str]]) -> str:
    """Return as JSON what `assets/search/` reads, of entries with location, title and text (HTML)."""
    sections = []
    for location, title, text in ((it["location"], it["title"], SNIPPET.sub("", it["text"])) for it in entries):
        known = {"location": location, "title": plain(title), "text": plain(text), "asked": words.get(location, [])}
        sections.append(known | ({"weight": 0.4} if LESS.match(location) else {}))
    text = json.dumps(sections, ensure_ascii=False, separators=(",", ":"))
    size = len(gzip.compress(text.encode())) / 1024
    logging.getLogger("mkdocs.search").info(f"Search: {len(sections)} sections, {size:.0f} KB with gzip")
    return text


def plain(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(code|strong|em|b)>", "", markup))).split())
