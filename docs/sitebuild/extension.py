"""What changes HTML: figures, formulas, tables, listings and citations, as an extension of Python-Markdown."""

from collections.abc import Iterable, Iterator
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from pygments.filter import Filter
from pygments.token import Comment, Generic, Keyword, String, Text

from docs.sitebuild.figures import Figure

BOX = {"class": "scroll-box", "role": "group", "tabindex": "0"}  # what is wide scrolls, also by the keyboard
HEADINGS = {"h1", "h2", "h3", "h4"}
BARE = {"evidence", "probe", "script", "snippet"}  # links whose word alone does not say of what
ORDER = sorted("i f g o")  # in a table it is drawn as a strip
AFTER_ATTRIBUTES = 7  # and before MkDocs looks at ids and links


class FewSpans(Filter):
    """Colours keywords, strings, comments and prompts of a listing, and leaves the rest plain: a quarter of its tags."""

    def filter(self, lexer: Any, stream: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:  # noqa: ARG002
        coloured = (Keyword, String, Comment, Generic.Prompt, Generic.Output)
        for kind, text in stream:
            yield next((it for it in coloured if kind in it and kind is not Keyword.Constant), Text), text


LISTINGS = [{"name": it, "lang": it, "options": {"filters": [FewSpans()]}} for it in ("python", "pycon", "sh")]


class SiteExtension(Extension):
    """Needs the figures by name."""

    def __init__(self, figures: dict[str, Figure]) -> None:
        super().__init__()
        self.figures = figures

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 the name in Python-Markdown
        md.treeprocessors.register(SiteTree(md, self.figures), "sitebuild", AFTER_ATTRIBUTES)


class SiteTree(Treeprocessor):
    def __init__(self, md: Markdown, figures: dict[str, Figure]) -> None:
        super().__init__(md)
        self.figures = figures

    def run(self, root: Element) -> None:
        section, told = "", dict[str, list[str]]()
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            folder, _, file = element.get("src", "").rpartition("/")
            if element.tag == "img" and folder.endswith("figures") and file.endswith(".svg"):
                self.figure(element, parents[element], self.figures[file.removesuffix(".svg")])
            elif element.get("class") == "arithmatex":
                self.formula(element)
            elif element.tag == "table":
                self.scroll_box(element, cards=parents[element].get("class") == "cards")
            elif element.tag == "code" and sorted(element.text or "") == ORDER and parents[element].tag == "td":
                self.strip(element)
            elif element.tag in HEADINGS:
                section, told = plain(element), {}
            elif element.tag == "a" and element.text in BARE:
                self.say_of_what(element, section, told.setdefault(element.text, []))
            elif element.tag == "a" and element.get("href", "").startswith(("https:", "http:")):
                element.set("rel", "external")  # its address is printed; the theme makes a full one of every address

    def figure(self, image: Element, paragraph: Element, figure: Figure) -> None:
        if image.get("class") == "file":
            paragraph.tag, paragraph.attrib = "div", {"class": "figure-file"}
            size = {"width": str(figure.width), "height": str(figure.height)}
            image.attrib = {"src": image.get("src", ""), "alt": figure.alt, "loading": "lazy"} | size
            files, (width, height) = SubElement(paragraph, "p"), figure.png_size
            svg, png = (f"{round(length / 1000)} kB" for length in (figure.svg_bytes, figure.png_bytes))
            for kind, words in (("svg", f"SVG, {svg}"), ("png", f"PNG, {width} × {height}, {png}")):
                file = image.attrib["src"].removesuffix("svg") + kind
                SubElement(files, "a", {"href": file, "download": ""}).text = words
        else:
            paragraph.clear()
            paragraph.tag, paragraph.attrib = "figure", {"id": f"fig-{figure.name}", "class": "lstm-figure"}
            canvas = SubElement(paragraph, "div", {"class": "lstm-figure__canvas", "data-search-exclude": ""})
            canvas.text = self.md.htmlStash.store(figure.placeholder)
            caption = SubElement(paragraph, "figcaption")
            caption.text, *parts = figure.caption.split("`")  # code stands between backticks
            for code, after in zip(parts[::2], parts[1::2], strict=True):
                inner = SubElement(caption, "code")
                inner.text, inner.tail = code, after

    def say_of_what(self, link: Element, section: str, told: list[str]) -> None:
        """Name a link after its section, with a number from the second on; `told` are the addresses with its word."""
        address = link.get("href", "")
        if address not in told:
            told.append(address)
        number = told.index(address) + 1
        link.set("aria-label", f"{link.text} {number}: {section}" if number > 1 else f"{link.text}: {section}")

    def formula(self, element: Element) -> None:
        r"""Put MathML in place of `\(…\)` or `\[…\]`."""
        block, tex = element.tag == "div", unescape(element.text or "")[2:-2].strip()
        element.text = self.md.htmlStash.store(convert(tex, display="block" if block else "inline"))
        element.attrib = BOX | {"aria-label": "Formula"} if block else {}

    def strip(self, code: Element) -> None:
        """Say at which place each gate of an order stands, `i f g o`, for its colour."""
        code.set("class", " ".join(["gates", *(f"{it}{at}" for at, it in enumerate((code.text or "").split(), 1))]))

    def scroll_box(self, table: Element, *, cards: bool) -> None:
        inner, tail = Element("table", table.attrib), table.tail
        inner[:] = table[:]
        headings = [*map(plain, table.iter("th"))]
        for at, cell in enumerate(table.iter("td") if cards else ()):
            cell.set("data-label", headings[at % len(headings)])  # on a phone each row is a card
        label = {"aria-label": f"Table: {', '.join(headings)}"}
        table.clear()
        table.tag, table.attrib, table.tail = "div", BOX | label, tail
        table.append(inner)


def plain(element: Element) -> str:
    """Return the words of an element without what is stashed."""
    return " ".join(HTML_PLACEHOLDER_RE.sub(" ", "".join(element.itertext())).split())


def render_citation_fence(source: str, *_: Any, **more: Any) -> str:
    """Return the control that a fence `{ .citation #cite-NAME title="Cite this answer" }` becomes; mkdocs.yml names it."""
    return citation_control(more["attrs"]["title"], source, more["id_value"])


def citation_control(summary: str, text: str, name: str) -> str:
    """Return what folds open to a text; site.js gives it a button that copies."""
    return (
        f'<details class="cite" data-search-exclude><summary>{summary}</summary>'
        f'<pre id="{name}" tabindex="0">{escape(text, quote=False)}</pre></details>'
    )
