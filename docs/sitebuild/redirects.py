"""A page for each address that moved: it leads on."""

import json
import re
from html import escape
from pathlib import Path

from docs.sitebuild.source import Page


def pages(file: Path, known: dict[str, Page], home: str) -> dict[str, str]:
    """Return the pages, and their Markdown, that docs/redirects.json asks for.

    Raises:
        LookupError: an address is none of a page that moved, or leads nowhere.
    """
    made = {}
    for old, new in json.loads(file.read_text(encoding="utf-8")).items():
        path, _, anchor = new.partition("#")
        if not re.fullmatch(r"([\w-]+/)+", old) or old in known:
            raise LookupError(f"docs/redirects.json: {old!r} is no address of a page that moved")
        if path not in known or (anchor and anchor not in known[path].ids):
            raise LookupError(f"docs/redirects.json: {old!r} leads to {new!r}, which is not there")
        made[f"{old}index.html"] = page(home + new, home)
        made[f"{old.strip('/')}.md"] = f"This page moved to <{home}{new}>.\n"
    return made


def page(to: str, home: str) -> str:
    """Return a page that leads on: with JavaScript to the id that was asked for, without it to the page."""
    to = escape(to)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Moved</title>\n'
        f'<link rel="canonical" href="{to}">\n<script src="{home}assets/moved.js"></script>\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>\n'
        f'<h1>This page moved</h1>\n<p>It is now at <a href="{to}">{to}</a>.</p>\n</html>\n'
    )
