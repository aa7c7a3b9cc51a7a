"""What a page says of itself: in its head to machines, at its end to readers."""

import json
import re
from importlib.metadata import version
from typing import NamedTuple

from bs4 import Tag

from cite import LICENCE, Source
from cited import LIBRARY, drawn
from docs.sitebuild.systems import PACKAGES
from plain import parsed, words

RAN_WITH = re.compile(r"^(?:checked|ran) with (.*?), \d{4}-\d\d")
RECORDED = re.compile(rf"^({'|'.join(PACKAGES)}) ([\d.]+): .* \(recorded\)$", re.MULTILINE)  # in a notebook
CARDS = {  # the figures on the cards of notebooks, which have no front matter
    "n-units": "independent-or-not",
    "one-step": "inside-one-unit",
    "same-weights": "layouts",
}


class About(NamedTuple):
    source: Source
    description: str
    figures: list[str]  # their names, in order
    checked_with: list[str]  # "Keras 3.15.1"
    installs: bool  # a snippet imports lstm_ref
    control: str  # HTML
    card_title: str  # with `code`
    card_figure: str  # the first of its figures, or else the one that its front matter names, or ""

    @property
    def card(self) -> str:
        return f"cards/{self.source.name}.png"

    @property
    def json_ld(self) -> str:
        """Return the page as schema.org has it, safe inside a script tag."""
        source = self.source
        said = {
            "@context": "https://schema.org",
            "@type": "TechArticle",
            "headline": source.title,
            "description": self.description,
            "url": source.url,
            "image": source.home + self.card,
            "dateModified": source.changed,
            "inLanguage": "en",
            "license": LICENCE,
            "author": {"@type": "Organization", "name": source.author},
            "isPartOf": {"@type": "WebSite", "name": source.site, "url": source.home},
        }
        text = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)
        return text.replace("<", "\\u003c")


def about(source: Source, front: dict[str, str], soup: Tag, figures: dict[str, dict], control: str) -> About:
    names, installs = [name for name, _ in drawn(soup, figures)], bool(LIBRARY.search(soup.text))
    figure = names[0] if names else front.get("figure", CARDS.get(source.name, ""))
    return About(
        source, front["description"], names, checked_with(soup), installs, control, with_backticks(soup.h1), figure
    )


def with_backticks(heading: Tag) -> str:
    """Return the words of a heading, with `backticks` around its code.

    >>> with_backticks(parsed("<h1>One <code>unit</code>?</h1>"))
    'One `unit`?'
    """
    copy = parsed(str(heading))
    for code in copy.select("code"):
        code.replace_with(f"`{code.text}`")
    return words(copy)


def checked_with(soup: Tag) -> list[str]:
    """Return the versions that the page names, and that of NumPy where there are figures or snippets, which need it."""
    named = {f"NumPy {version('numpy')}"} if soup.img or LIBRARY.search(soup.text) else set()
    for mark in soup.select(".evidence"):
        if ran := RAN_WITH.match(mark.text):
            named |= {*re.split(r", | on | and ", ran[1])}
    named |= {f"{PACKAGES[package]} {number}" for package, number in RECORDED.findall(soup.text)}
    return sorted(named)
