"""A page for each address that moved: it leads on."""

import json
import re
from html import escape
from pathlib import Path


def pages(file: Path, ids: dict[str, set[str]], home: str) -> dict[str, str]:
    """Return the pages, and their Markdown, that docs/redirects.json asks for; `ids` are those of the pages that are there."""
    made, page = {}, Path(__file__).with_name("overrides").joinpath("moved.html").read_text(encoding="utf-8")
    for old, new in json.loads(file.read_text(encoding="utf-8")).items():
        path, _, anchor = new.partition("#")
        if not re.fullmatch(r"([\w-]+/)+", old) or old in ids:
            raise LookupError(f"docs/redirects.json: {old!r} is no address of a page that moved")
        if path not in ids or anchor not in {"", *ids[path]}:
            raise LookupError(f"docs/redirects.json: {old!r} leads to {new!r}, which is not there")
        made[f"{old}index.html"] = page.format(to=escape(home + new), home=home)
        made[f"{old.strip('/')}.md"] = f"This page moved to <{home}{new}>.\n"
    return made
