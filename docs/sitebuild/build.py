"""One build of the site: what it knows of all pages, and what it makes of each."""

import gc
import hashlib
import logging
import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from logging.handlers import BufferingHandler
from pathlib import Path
from sysconfig import get_path
from typing import Any

from docs.sitebuild import cards, figures, notebooks, page_markdown, redirects, scripts, search, source, unused, wheel
from docs.sitebuild.addresses import Site, page_name, page_path
from docs.sitebuild.citations import Citations
from docs.sitebuild.export import Export
from docs.sitebuild.history import History
from docs.sitebuild.lean import lean
from docs.sitebuild.marks import MarkReplacer
from docs.sitebuild.page_info import PageInfo, checked_with
from docs.sitebuild.records import Records
from docs.sitebuild.source import Image, Page, Text

LISTING = re.compile(r'<div class="([^"]* highlight)"><pre>(?:<span></span>)?(<code>.*?</pre>)</div>', re.DOTALL)
NAME = re.compile(r'<span class="doc doc-object-name[^>]*>(.*?)</span>')  # of what the reference documents


class Build:
    """Needs the root of the project, and the name, address, author, description and repository of the site."""

    def __init__(self, root: Path, name: str, home: str | None, *details: str | None) -> None:
        if not home:
            raise LookupError("site_url must be an address: SITE_URL is set, and empty.")
        gc.set_threshold(50_000)  # a build makes millions of objects: at Python's 700 it looks for cycles all the time
        self.root, self.docs, self.cache = root, root / "docs", root / ".cache"
        self.site = Site(name, home, f"{home}wheels/{wheel.name(root)}", *(detail or "" for detail in details))
        self.history, self.made_with = History(root), made_with(root)
        self.figures = figures.draw(root, self.cache / "figures")
        self.notebook_runs, self.compiled_templates = notebooks.runs(root), self.cache / "leaner-templates"
        self.compiled_templates.mkdir(exist_ok=True)
        self.pages = source.read(self.docs, {"site": home, "wheel": self.site.wheel})
        self.page_info: dict[str, PageInfo] = {}  # by the files of the pages below docs/
        self.markdown: dict[str, str] = {}  # of the pages, as it is rendered
        self.scripts: dict[str, scripts.Script] = {}  # by their addresses
        self.in_search: list[dict[str, str]] = []  # sections with location, title and text
        self.copies: dict[str, str] = {}  # pages as Markdown and as notebooks, by their addresses
        for uri in self.pages:
            self.make(uri)

    def notebook(self, uri: str, text: str) -> str:
        """Return the Markdown of an executed notebook, and keep it as a file to take along."""
        notebook = notebooks.read(text)
        self.pages[uri] = source.page(uri, notebooks.as_markdown(notebook))
        self.copies[f"{page_name(uri)}.ipynb"] = notebooks.for_download(notebook, page_path(uri), self.site)
        self.make(uri)
        return self.markdown[uri]

    def make(self, uri: str) -> None:
        """Make the Markdown of a page as it is rendered, and keep what it gives to other files."""
        try:
            self._make(uri)
        except LookupError as error:
            raise LookupError(f"{uri}: {error.args[0]}") from error

    def _make(self, uri: str) -> None:
        records = Records(self.docs / "evidence")
        marked = MarkReplacer(uri, self.docs, self.pages, records, self.figures, [])
        page = page_markdown.with_questions(marked.page(self.pages[uri]), self.pages)
        figures.check(page, self.figures)
        checked = checked_with(page, records)
        marked.read.extend(f"evidence/{topic}.json" for topic in records.loaded)
        changed = self.history.last_change(made_from(page, marked.read))
        export = Export(self.site, self.figures, self.root, uri, changed)
        citations = Citations(page, export)
        of_page = scripts.scripts_of(page, records, self.site) if uri.endswith(".md") else {}  # a notebook is one
        self.markdown[uri] = page_markdown.PageMarkdown(page, self.site, of_page, citations).markdown()
        named = {name: it for it in of_page.values() for name in (it.name, *it.before)}
        self.scripts = {f"scripts/{name}.py": it for name, it in named.items()} | self.scripts  # the first page's stay
        info = self.page_info[uri] = PageInfo(page, self.site, changed, checked, citations.of_page())
        checks = [f"Checked with {', '.join(checked)}."] * bool(checked)
        self.copies[f"{info.name}.md"] = export.page(page, export.attribution("", *checks, installs=info.installs))

    def with_figures(self, html: str) -> str:
        """Fill in the figures: only here, so that the search does not read every number in them. Take boxes around listings away."""
        for figure in self.figures.values():
            html = html.replace(figure.placeholder, figure.inline)
        return LISTING.sub(r'<pre class="\1">\2', NAME.sub(r"\1", html))

    def remembered(self, text: str, files: Iterable[str], make: Callable[[], Any], log: logging.Logger) -> Any:
        """Return what `make` gave to a page with this text, these files and this code; it is made anew if it warns."""
        shown = [str(figure[:-1]) for name, figure in self.figures.items() if f"figures/{name}.svg" in text]
        shown += [str(file.read_bytes()) for file in sorted(self.root.glob("lstm_ref/*.py")) if "\n::: " in text]
        digest = hashlib.sha256("\0".join([text, *sorted(files), *shown, *self.made_with]).encode()).hexdigest()
        kept = self.cache / "rendered" / digest
        if kept.exists():
            return pickle.loads(kept.read_bytes())
        logged = BufferingHandler(10**6)
        log.addHandler(logged)
        try:
            value = make()
        finally:
            log.removeHandler(logged)
        if not logged.buffer and log.isEnabledFor(logging.WARNING):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(pickle.dumps(value))
        return value

    def generated(self) -> dict[str, Path | bytes | str]:
        """Return the files of the site that pages may link to, by address; empty if a template or `late_files` writes it."""
        drawn = ["figures.css", "index.json", *(name for figure in self.figures.values() for name in figure.files)]
        drawn += [it.name for it in (self.cache / "figures").glob("cheat-sheet.*")]
        made: dict[str, Path | bytes | str] = {f"figures/{it}": self.cache / "figures" / it for it in drawn}
        made |= {name: self.root / name for name in ("LICENSE", "LICENSE-docs")}
        made["LICENSE.txt"] = self.root / "LICENSE"  # a browser shows it; the address without an ending stays
        made |= {name: script.text(self.site) for name, script in self.scripts.items()}
        made[f"wheels/{wheel.name(self.root)}"] = wheel.build(self.root, self.site.home)
        known = {"url": self.site.home, "repository-code": self.site.repository}
        known["date-released"] = self.history.last_change(["docs", "lstm_ref"])
        lines = [f"{key}: {value}\n" for key, value in known.items() if value]
        made["CITATION.cff"] = "".join([(self.root / "CITATION.cff").read_text(encoding="utf-8"), *lines])
        made["scripts/index.json"] = scripts.index(self.scripts.values())
        late = ["figures/manifest.json", "llms.txt", *(f"{it.stem}.ipynb" for it in self.docs.glob("*.py"))]
        return made | dict.fromkeys(late, "")

    def late_files(self, site: Path) -> dict[str, bytes]:
        """Return the files that depend on all pages of a built site: copies and cards, what moved, and lighter assets."""
        texts = {str(file.relative_to(self.docs)): lean(file) for file in self.docs.glob("assets/**/*.*s")}  # css, js
        ids = {page_path(uri): {it.heading.id for it in page.sections} for uri, page in self.pages.items()}
        texts |= unused.lighter(site) | self.copies | redirects.pages(self.docs / "redirects.json", ids, self.site.home)
        texts["assets/search/sections.json"] = search.index(self.in_search, self.docs / "search")
        wanted = [cards.Card(it.name, it.page.title, it.figure) for it in self.page_info.values()]
        drawn = cards.draw(wanted, self.cache / "figures", self.cache / "cards")
        made = {uri: text.encode() for uri, text in texts.items()}
        return made | {f"cards/{card.name}.png": file.read_bytes() for card, file in drawn.items()}


def made_with(root: Path) -> list[str]:
    """Return what all pages are rendered with: settings, this code, and the installed packages with their versions."""
    code = [root / "mkdocs.yml", *Path(__file__).parent.glob("*.py"), *Path(__file__).parent.glob("reference/*/*/*")]
    installed = sorted(folder.name for folder in Path(get_path("purelib")).glob("*.dist-info"))
    return [*installed, *(file.read_text(encoding="utf-8") for file in code)]


def made_from(page: Page, read: list[str]) -> Iterator[str]:
    """Yield the files and folders that a page is made from, below the root."""
    yield from (f"docs/{name}" for name in (page.uri, *read))
    yield from (f"diagrams/figures/{it.name.replace('-', '_')}.py" for it in page.blocks if isinstance(it, Image))
    yield from ("lstm_ref" for it in page.blocks if isinstance(it, Text) and it.words.startswith("::: "))
