"""From a Figure to bytes: the permanent SVG and PNG files, and the SVG that stands in a page."""

import io
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import matplotlib
from matplotlib.figure import Figure

from diagrams import LICENCE, SITE
from diagrams.palette import ROLES

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
PNG_WIDTH = 1400
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
# DejaVu is what matplotlib measures with; Verdana is as wide, and everything else narrower, so nothing is clipped.
FONTS = "'DejaVu Sans', Verdana, system-ui, sans-serif"

# Text stays text, and the same figure gives the same bytes.
STYLE: dict[Any, Any] = {"svg.fonttype": "none", "svg.hashsalt": "lstm"}


def draw(function: Callable[[], Figure]) -> Figure:
    """Call a figure's `draw` with matplotlib's defaults, whatever the machine's own settings are."""
    matplotlib.rcdefaults()
    return function()


def metadata(name: str, title: str) -> dict[str, str]:
    """Return what a file says of itself, by PNG's keywords.

    >>> metadata("n-unit-chain", "What are the units?")["Source"]
    'LSTM units, computed: figure n-unit-chain'
    """
    return {"Title": title, "Copyright": LICENCE, "Source": f"{SITE}: figure {name}"}


def svg_file(figure: Figure, name: str, title: str, alt: str) -> str:
    """Return the stand-alone SVG: opaque white, light colours, its licence in its metadata, no date."""
    root = _tidy(figure, name, title, alt)
    width, height = _size(root)
    paper = ElementTree.Element(f"{{{SVG}}}rect", {"width": str(width), "height": str(height), "fill": "#ffffff"})
    root.insert(2, paper)
    root.insert(3, _rdf(metadata(name, title)))
    root.set("width", str(width))
    root.set("height", str(height))
    return _serialize(root) + "\n"


def png_file(figure: Figure, name: str, title: str, width: int = PNG_WIDTH) -> bytes:
    """Return the PNG: opaque white, `width` pixels wide, its licence in its metadata, no date."""
    buffer = io.BytesIO()
    about = {"Software": None, **metadata(name, title)}
    with matplotlib.rc_context(STYLE):
        dpi = width / figure.get_size_inches()[0]
        figure.savefig(buffer, format="png", dpi=dpi, facecolor="white", metadata=about)
    return buffer.getvalue()


def pdf_file(figure: Figure, name: str, title: str) -> bytes:
    """Return the PDF: one page as large as the figure, its fonts embedded, its licence in its metadata, no date."""
    buffer, said = io.BytesIO(), metadata(name, title)
    about = {"Title": title, "Subject": f"{said['Source']}. {said['Copyright']}"}
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        figure.savefig(
            buffer, format="pdf", metadata={"Creator": None, "Producer": None, "CreationDate": None, **about}
        )
    return buffer.getvalue()


def pixels(png: bytes) -> tuple[int, int]:
    """Return width and height, as the head of the file has them.

    >>> from matplotlib.figure import Figure
    >>> pixels(png_file(Figure((7, 2)), "n-units", "What is a unit?"))
    (1400, 400)
    """
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def inline(svg: str) -> str:
    """Return the SVG of the file as it stands in a page: without paper, its colours CSS variables."""
    root = ElementTree.fromstring(svg)
    for of_the_file in root[2:4]:  # paper and licence
        root.remove(of_the_file)
    del root.attrib["height"]
    svg = _serialize(root)
    for role, shade in ROLES.items():
        svg = svg.replace(shade.light, f"var(--fig-{role})")
    return svg


def _tidy(figure: Figure, name: str, title: str, alt: str) -> ElementTree.Element:
    buffer = io.StringIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(re.sub(r" font-family: [^;]*;", "", buffer.getvalue()))
    _drop_matplotlib_head(root)
    _prefix_ids(root, name)
    _round_numbers(root)
    _simplify(root)
    _without_wrappers(root)
    _join_alike(root)
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("role", "img")
    root.set("aria-labelledby", f"{name}-title")  # its description is the desc: told once
    root.set("font-family", FONTS)
    root.set("stroke-linejoin", "round")
    for position, (tag, text) in enumerate((("title", title), ("desc", alt))):
        element = ElementTree.Element(f"{{{SVG}}}{tag}", {"id": f"{name}-{tag}"})
        element.text = text
        root.insert(position, element)
    return root


def _rdf(about: dict[str, str]) -> ElementTree.Element:
    """Write in Dublin Core, as image catalogues read it."""
    for prefix, space in (("rdf", RDF), ("dc", DC)):
        ElementTree.register_namespace(prefix, space)
    root = ElementTree.Element(f"{{{SVG}}}metadata")
    work = ElementTree.SubElement(ElementTree.SubElement(root, f"{{{RDF}}}RDF"), f"{{{RDF}}}Description")
    for name, keyword in (("title", "Title"), ("rights", "Copyright"), ("source", "Source")):
        ElementTree.SubElement(work, f"{{{DC}}}{name}").text = about[keyword]
    return root


def _drop_matplotlib_head(root: ElementTree.Element) -> None:
    """Remove metadata, the global `*{...}` rule and the invisible background patch."""
    for parent in list(root.iter()):
        for child in list(parent):
            tag = child.tag.removeprefix(f"{{{SVG}}}")
            rule = tag == "defs" and child.find(f"{{{SVG}}}style") is not None
            if tag == "metadata" or rule or child.get("id") == "patch_1":
                parent.remove(child)


def _prefix_ids(root: ElementTree.Element, name: str) -> None:
    """Put the figure's name before the ids that it gave; drop those that matplotlib made up, and `_names` for tests only."""
    for element in root.iter():
        if re.fullmatch(
            r"(figure|axes|patch|text|line2d|PathCollection|LineCollection)_\d+|_.+", element.get("id", "")
        ):
            del element.attrib["id"]
        for attribute, value in element.attrib.items():
            if attribute == "id":
                element.set(attribute, f"{name}-{value}")
            elif attribute == f"{{{XLINK}}}href" or "url(#" in value:
                element.set(attribute, value.replace("#", f"#{name}-"))


def _simplify(root: ElementTree.Element) -> None:
    """Write a rounded box as a rectangle, and leave out rotations by nothing: a third of the bytes."""
    for element in root.iter():
        if element.get("transform", "").startswith(("rotate(-0 ", "rotate(0 ")):
            del element.attrib["transform"]
        commands = re.findall(r"[A-Za-z]", element.get("d", ""))
        if commands == list("MLQLQLQLQz"):
            numbers = [float(number) for number in re.findall(r"-?[\d.]+", element.attrib.pop("d"))]
            xs, ys = numbers[0::2], numbers[1::2]
            sides = {"x": min(xs), "y": min(ys), "width": max(xs) - min(xs), "height": max(ys) - min(ys)}
            element.tag = f"{{{SVG}}}rect"
            element.attrib.update({key: f"{round(side, 2):g}" for key, side in sides.items()})
            element.set("rx", f"{round(numbers[0] - min(xs), 2):g}")


def _round_numbers(root: ElementTree.Element) -> None:
    """Two digits are a hundredth of a pixel; matplotlib writes six."""
    for element in root.iter():
        for attribute in ("d", "x", "y", "transform", "points"):
            if attribute in element.attrib:
                short = re.sub(r"-?\d+\.\d+", lambda match: f"{round(float(match[0]), 2):g}", element.attrib[attribute])
                element.set(attribute, re.sub(r"\s+", " ", short).strip())
        if "d" in element.attrib:
            element.set("d", re.sub(r" ?([A-Za-z]) ?", r"\1", element.attrib["d"]))


def _without_wrappers(root: ElementTree.Element) -> None:
    """Drop each group that holds one thing, which takes its id, or none; and write styles as attributes.

    That is a third of the elements, and no inline style is left for a content security policy to forbid.
    """
    for element in reversed(list(root.iter())):
        for declaration in filter(None, element.attrib.pop("style", "").split(";")):
            key, value = declaration.split(":")
            element.set(key.strip(), value.strip().removesuffix("px"))
        _join_arrow(element)
        element[:] = [inner for child in element for inner in _unwrapped(child)]


def _join_arrow(group: ElementTree.Element) -> None:
    """Make one path of a straight arrow's shaft and head, where they are of one colour and width."""
    if [path.tag for path in group] != [f"{{{SVG}}}path"] * 2:
        return
    shaft, head = group
    alike = {**shaft.attrib, "fill": "", "d": ""} == {**head.attrib, "fill": "", "d": ""}
    if alike and re.fullmatch(r"M[\d. -]+L[\d. -]+", shaft.get("d", "")) and head.get("fill") == head.get("stroke"):
        head.set("d", shaft.attrib["d"] + head.attrib["d"])
        group.remove(shaft)


def _unwrapped(element: ElementTree.Element) -> list[ElementTree.Element]:
    inner = list(element)
    says_something = element.attrib and (len(inner) != 1 or element.attrib.keys() & inner[0].attrib.keys())
    if element.tag != f"{{{SVG}}}g" or says_something:
        return [element]
    for child in inner:
        child.attrib = {**element.attrib, **child.attrib}
    return inner


def _join_alike(root: ElementTree.Element) -> None:
    """Draw as one shape neighbours that have no id and differ only in their places."""
    for group in root.iter():
        before: dict[str, str] | None = None
        last = group
        for shape in list(group):
            style = {key: value for key, value in shape.items() if key not in ("d", "x", "y", "width", "height", "rx")}
            drawn = shape.tag in (f"{{{SVG}}}path", f"{{{SVG}}}rect") and "id" not in style
            if drawn and style == before:
                last.tag, last.attrib = f"{{{SVG}}}path", {"d": _outline(last) + _outline(shape), **style}
                group.remove(shape)
            else:
                before, last = (style if drawn else None), shape


def _outline(shape: ElementTree.Element) -> str:
    if "d" in shape.attrib:
        return shape.attrib["d"]
    x, y, width, height, r = (float(shape.get(side, 0)) for side in ("x", "y", "width", "height", "rx"))
    corners = (f"a{r:g} {r:g} 0 0 1 {dx:g} {dy:g}" if r else "" for dx, dy in ((r, r), (-r, r), (-r, -r), (r, -r)))
    sides = (f"h{width - 2 * r:g}", f"v{height - 2 * r:g}", f"h{2 * r - width:g}", f"v{2 * r - height:g}")
    return f"M{x + r:g} {y:g}" + "".join(side + corner for side, corner in zip(sides, corners, strict=True)) + "z"


def _size(root: ElementTree.Element) -> tuple[int, int]:
    _, _, width, height = (round(float(part)) for part in root.attrib["viewBox"].split())
    return width, height


def _serialize(root: ElementTree.Element) -> str:
    text = ElementTree.tostring(root, encoding="unicode")
    return re.sub(r">\s+<", "><", text)
