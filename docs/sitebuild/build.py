"""One build of the site: what it knows of all pages, and what it makes of each."""

import json
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from docs.sitebuild import cards, figures, notebooks, pages, scripts, source, wheel
from docs.sitebuild.about import About, checked_with
from docs.sitebuild.addresses import Site, page_name, page_path
from docs.sitebuild.api import Api
from docs.sitebuild.citations import Citations
from docs.sitebuild.elsewhere import Elsewhere
from docs.sitebuild.figures import Figure
from docs.sitebuild.history import History
from docs.sitebuild.marks import Snippet, replaced
from docs.sitebuild.pages import CONTENTS
from docs.sitebuild.records import Records


class Build:
    def __init__(self, root: Path, site: Site) -> None:
        self.root, self.docs, self.site = root, root / "docs", site
        self.history, self.api = History(root), Api(root)
        self.about: dict[str, About] = {}  # the pages that are made, by their files below docs/
        self.scripts: dict[str, scripts.Script] = {}
        self.copies: dict[str, str] = {}  # pages as Markdown and as notebooks, by their addresses
        self.order: list[str] = []  # of the pages, as readers find them
        self.texts: dict[str, str] = {}  # files that are written when the pages are

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return figures.draw(self.root, self.root / ".cache/figures")

    @cached_property
    def pages(self) -> dict[str, source.Page]:
        return source.read(self.docs, {"site": self.site.home, "wheel": self.site.wheel})

    def notebook(self, uri: str, text: str) -> str:
        """Return the Markdown of an executed notebook, and keep it as a file to take along."""
        notebook = notebooks.read(text)
        self.pages[uri] = source.page(uri, notebooks.as_markdown(notebook))
        self.copies[f"{page_name(uri)}.ipynb"] = notebooks.for_download(notebook, page_path(uri), self.site)
        return self.markdown(uri)

    def markdown(self, uri: str) -> str:
        """Return the Markdown of a page as it is rendered, and keep what it gives to other files.

        Raises:
            LookupError: a mark or a figure of the page leads nowhere.
        """
        records = Records(self.docs / "evidence")
        page = replaced(self.pages[uri], self.docs, records)
        self.check_figures(page)
        changed = self.history.last_change(self.made_from(page, records))
        elsewhere = Elsewhere(self.site, self.figures, self.api, uri)
        citations = Citations(page, changed, elsewhere)
        description = page.front.get("description", page.sections[0].answer)
        about = About(self.site, page, description, changed, checked_with(page, records), citations.whole())
        of_page = scripts.scripts_of(page, records, self.site)
        self.about[uri] = about
        self.scripts |= {script.name: script for script in of_page.values()}
        self.copies[f"{about.name}.md"] = elsewhere.page(page, about.source_line)
        return pages.Written(page, self.pages, self.site, of_page, citations).markdown()

    def check_figures(self, page: source.Page) -> None:
        names = [block.name for block in page.blocks if isinstance(block, source.Image)]
        if unknown := [name for name in names if name not in self.figures]:
            raise LookupError(f"there is no figure {unknown[0]!r}. Known: {', '.join(self.figures)}.")
        if twice := [name for name in page.figures if page.figures.count(name) > 1]:
            raise LookupError(f"the figure {twice[0]!r} stands on the page twice.")
        texts = (block.words for block in page.blocks if isinstance(block, source.Text))
        if inside := [found for text in texts for found in source.IMAGE.finditer(text)]:
            raise LookupError(f"the figure {inside[0][2]!r} needs a paragraph of its own.")

    def made_from(self, page: source.Page, records: Records) -> Iterator[str]:
        """Yield the files and folders that a page is made from, below the root."""
        yield f"docs/{page.uri}"
        yield from (f"docs/evidence/{topic}.json" for topic in records.read)
        for block in page.blocks:
            if isinstance(block, source.Image):
                yield f"diagrams/figures/{block.name.replace('-', '_')}.py"
            elif isinstance(block, Snippet) and block.recorded:
                yield f"docs/evidence/snippets/{block.recorded.topic}/{block.recorded.name}.py"
            elif isinstance(block, source.Text) and (of := CONTENTS.fullmatch(block.words)):
                yield f"docs/questions/{of[1]}"
            elif isinstance(block, source.Text) and block.words.startswith("::: "):
                yield "lstm_ref"

    def generated(self) -> dict[str, Path | bytes | str]:
        """Return the files of the site that do not depend on its pages."""
        files = ["figures.css", "index.json", *(f"{name}.{kind}" for name in self.figures for kind in ("svg", "png"))]
        found: dict[str, Path | bytes | str] = {f"figures/{file}": self.root / ".cache/figures" / file for file in files}
        found |= {name: self.root / name for name in ("LICENSE", "LICENSE-docs")}
        found[f"wheels/{wheel.name(self.root)}"] = wheel.build(self.root, self.site.home)
        return found | {"CITATION.cff": self.citation_file()}

    def lists(self) -> dict[str, str]:
        """Return the files that depend on all pages: lists of what they show, and their copies."""
        shown_on: dict[str, list[str]] = {}
        for about in self.about.values():
            for name in about.page.figures:
                shown_on.setdefault(name, []).append(about.url)
        made = {"figures/manifest.json": figures.manifest(self.figures, shown_on, self.site.home)}
        return made | {"scripts/index.json": scripts.index(self.scripts.values())} | self.copies

    def scripts_of(self, uri: str) -> list[scripts.Script]:
        return [script for script in self.scripts.values() if script.page == page_path(uri)]

    def cards(self) -> Path:
        """Draw the cards of all pages and return their folder."""
        wanted = [cards.Card(it.name, it.page.title, it.figure) for it in self.about.values()]
        cards.draw(wanted, self.root / ".cache/figures", self.root / ".cache/cards")
        return self.root / ".cache/cards"

    def citation_file(self) -> str:
        """Return CITATION.cff with what only the build knows."""
        day = self.history.last_change(["docs", "lstm_ref"])
        known = {"url": self.site.home, "repository-code": self.site.repository, "date-released": day}
        text = (self.root / "CITATION.cff").read_text(encoding="utf-8")
        return text + "".join(f"{key}: {value}\n" for key, value in known.items() if value)

    def moved(self) -> dict[str, str]:
        """Return where each address leads that moved.

        Raises:
            LookupError: one is no address of a page that moved, or leads nowhere.
        """
        moved: dict[str, str] = json.loads((self.docs / "redirects.json").read_text(encoding="utf-8"))
        pages = {page_path(uri): about.page for uri, about in self.about.items()}
        for old, new in moved.items():
            path, _, anchor = new.partition("#")
            if not re.fullmatch(r"([\w-]+/)+", old) or old in pages:
                raise LookupError(f"docs/redirects.json: {old!r} is no address of a page that moved")
            if path not in pages or (anchor and anchor not in pages[path].ids):
                raise LookupError(f"docs/redirects.json: {old!r} leads to {new!r}, which is not there")
        return {old: self.site.home + new for old, new in moved.items()}
