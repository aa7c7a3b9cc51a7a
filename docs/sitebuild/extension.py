"""What changes HTML: figures, formulas, tables and citations, as an extension of Python-Markdown."""

from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from docs.sitebuild.figures import Figure

FITS_A_PHONE = 520  # wider than this, a figure scrolls in its own box on a phone instead of shrinking
AFTER_ATTRIBUTES = 7  # and before MkDocs looks at ids and links


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
        parents = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag == "img" and (name := figure_name(element)):
                self.figure(element, parents[element], self.figures[name])
            elif element.get("class") == "arithmatex":
                self.formula(element)
            elif element.tag == "table":
                self.scroll_box(element, f"Table: {', '.join(self.words(cell) for cell in element.iter('th'))}")

    def figure(self, image: Element, paragraph: Element, figure: Figure) -> None:
        if image.get("class") == "file":
            file = image.get("src", "").removesuffix(".svg")
            image.attrib = {"src": f"{file}.svg", "alt": figure.alt, "loading": "lazy"}
            image.attrib |= {"width": str(figure.width), "height": str(figure.height)}
            paragraph.tag, paragraph.attrib = "div", {"class": "figure-file"}
            links = SubElement(paragraph, "p")
            for kind, label in figure.downloads.items():
                SubElement(links, "a", {"href": f"{file}.{kind}", "download": ""}).text = label
        else:
            wide = figure.width > FITS_A_PHONE
            paragraph.clear()
            paragraph.tag = "figure"
            paragraph.attrib = {"id": f"fig-{figure.name}", "class": "lstm-figure" + " lstm-figure--wide" * wide}
            canvas = SubElement(paragraph, "div", {"class": "lstm-figure__canvas", "data-search-exclude": ""})
            canvas.attrib |= {"tabindex": "0", "role": "group", "aria-label": figure.title} if wide else {}
            canvas.text = self.md.htmlStash.store(figure.slot)
            self.with_code(SubElement(paragraph, "figcaption"), figure.caption)

    def with_code(self, element: Element, text: str) -> None:
        """Set what stands between backticks as code."""
        element.text, *parts = text.split("`")
        for code, after in zip(parts[::2], parts[1::2], strict=True):
            inner = SubElement(element, "code")
            inner.text, inner.tail = code, after

    def formula(self, element: Element) -> None:
        r"""Put MathML in place of `\(…\)` or `\[…\]`."""
        block, tex = element.tag == "div", unescape(element.text or "")[2:-2].strip()
        element.text = self.md.htmlStash.store(convert(tex, display="block" if block else "inline"))
        element.attrib.clear()
        if block:
            element.attrib = box("Formula")

    def scroll_box(self, table: Element, label: str) -> None:
        """Wide things scroll in a box of their own, which the keyboard must reach."""
        inner = Element("table", table.attrib)
        inner[:], inner.text, inner.tail = table[:], table.text, "\n"
        tail = table.tail
        table.clear()
        table.tag, table.attrib, table.tail = "div", box(label), tail
        table.append(inner)

    def words(self, cell: Element) -> str:
        return " ".join(HTML_PLACEHOLDER_RE.sub(" ", "".join(cell.itertext())).split())


def box(label: str) -> dict[str, str]:
    return {"class": "scroll-box", "role": "group", "tabindex": "0", "aria-label": label}


def figure_name(image: Element) -> str:
    folder, _, file = image.get("src", "").rpartition("/")
    return file.removesuffix(".svg") if folder.rpartition("/")[2] == "figures" and file.endswith(".svg") else ""


def citation(source: str, _language: str, _class: str, _options: dict[str, Any], _md: Markdown, **more: Any) -> str:
    """Return the control that a fence `{ .citation #cite-NAME title="Cite this answer" }` becomes; mkdocs.yml names it."""
    return control(more["attrs"]["title"], source, more["id_value"])


def control(summary: str, text: str, name: str, copy: str = "Copy as Markdown") -> str:
    """Return what folds open to a text and a button that copies it."""
    button = "" if name.startswith("cite-fig-") else f'<button type="button" class="copy" data-clipboard-target="#{name}">{copy}</button>'
    return (
        f'<details class="cite no-copy" data-search-exclude><summary>{summary}</summary>{button}'
        f'<pre tabindex="0"><code id="{name}">{escape(text, quote=False)}</code></pre></details>'
    )
