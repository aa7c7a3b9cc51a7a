"""What is written and drawn in a figure's SVG, by the names that the figure gave to its numbers and shapes."""

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

from matplotlib.figure import Figure

from diagrams import export
from diagrams.build import load

SVG = f"{{{export.SVG}}}"
SLACK = 5  # an arrow ends before what it points at, by about its line width
NUMBER = re.compile(r"−?[0-9]+(?:\.[0-9]+)?")


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, point: tuple[float, float], slack: float = 0) -> bool:
        x, y = point
        return self.left - slack <= x <= self.right + slack and self.top - slack <= y <= self.bottom + slack


@cache
def drawn(name: str) -> Figure:
    return load(name).draw()


@cache
def drawing(name: str) -> ElementTree.Element:
    module = load(name)
    return ElementTree.fromstring(export.svg_file(drawn(name), name, module.TITLE, module.ALT))


def named_texts(name: str, root: ElementTree.Element) -> list[tuple[str, ElementTree.Element]]:
    """Return (gid, element) of every text; gid is empty where the figure gave none."""
    pairs = [(parent, text) for parent in root.iter() for text in parent.findall(f"{SVG}text")]
    return [((text.get("id") or parent.get("id", "")).removeprefix(f"{name}-"), text) for parent, text in pairs]


def texts_in(name: str, root: ElementTree.Element) -> list[tuple[str, str]]:
    return [(gid, "".join(text.itertext())) for gid, text in named_texts(name, root)]


def texts(name: str) -> list[tuple[str, str]]:
    """Return (gid, text) of every text in the figure."""
    return texts_in(name, drawing(name))


def words(name: str) -> list[str]:
    """Return the texts that no gid names, in the order in which they are drawn."""
    return [text for gid, text in texts(name) if not gid]


@cache
def shapes(name: str) -> dict[str, list[tuple[float, float]]]:
    """Return the points of every named shape: corners of a box, stations of a wire without its arrow head."""
    found = {}
    for named in drawing(name).iter():
        gid = named.get("id", "").removeprefix(f"{name}-")
        first = named[:1] if named.tag == f"{SVG}g" else [named]
        for shape in first if gid else []:
            if shape.tag == f"{SVG}rect":
                x, y, width, height = (float(shape.attrib[side]) for side in ("x", "y", "width", "height"))
                found[gid] = [(x, y), (x + width, y + height)]
            elif shape.tag == f"{SVG}path":
                line = shape.attrib["d"].split("M")[1]  # an arrow's head is a second one
                numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", line)]
                found[gid] = list(zip(numbers[::2], numbers[1::2], strict=True))
    return found


def dots(name: str, gid: str) -> list[tuple[float, float]]:
    """Return the middles of the dots that are one path."""
    (path,) = (it for it in drawing(name).iter(f"{SVG}path") if it.get("id") == f"{name}-{gid}")
    found = []
    for piece in path.attrib["d"].split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", piece)]
        ends = [(min(along), max(along)) for along in (numbers[::2], numbers[1::2])]
        found.append((sum(ends[0]) / 2, sum(ends[1]) / 2))
    return found


def read_off(
    name: str,
    points: Sequence[tuple[float, float]],
    x_ticks: Mapping[str, float],
    y_ticks: Mapping[str, float],
    panel: int = 0,
    log: str = "",
) -> list[tuple[float, float]]:
    """Return what points of a chart stand for, by two written ticks of each axis; `panel` of those that have the same, or its last."""
    scales = []
    for axis, ticks in enumerate((x_ticks, y_ticks)):
        logarithmic = "xy"[axis] in log
        (at, value), (other_at, other) = (
            (
                places(name, text)[min(panel, len(places(name, text)) - 1)][axis],
                math.log(value) if logarithmic else value,
            )
            for text, value in ticks.items()
        )
        scales.append((at, value, (other - value) / (other_at - at), logarithmic))
    return [
        tuple(
            math.exp(value + (coordinate - at) * slope) if logarithmic else value + (coordinate - at) * slope
            for coordinate, (at, value, slope, logarithmic) in zip(point, scales, strict=True)
        )
        for point in points
    ]


def places(name: str, wanted: str) -> list[tuple[float, float]]:
    """Return where the texts stand that have this gid, or have none and say this: the anchor, at half height."""
    found = []
    for gid, text in named_texts(name, drawing(name)):
        if wanted == (gid or "".join(text.itertext())):
            size = float(text.get("font-size"))
            found.append((float(text.get("x")), float(text.get("y")) - 0.38 * size))
    assert found, f"{name}: {wanted!r} is not written"
    return found


def box_of(name: str, gid: str) -> Box:
    """Return the smallest box around a shape, or a small one around the anchor of a text."""
    points = shapes(name).get(gid) or [(x + d, y + d) for x, y in places(name, gid) for d in (-8, 8)]
    return Box(*map(min, zip(*points, strict=True)), *map(max, zip(*points, strict=True)))


def assert_wires(name: str, expected: Mapping[str, tuple[str, str]]) -> None:
    """Each wire of the figure leads from the first named thing to the second; there are no other wires."""
    wires = {gid: points for gid, points in shapes(name).items() if "wire" in gid}
    assert wires.keys() == expected.keys(), f"{name}: wires differ: {wires.keys() ^ expected.keys()}"
    for gid, ends in expected.items():
        for point, end in zip((wires[gid][0], wires[gid][-1]), ends, strict=True):
            at_end = box_of(name, end).holds(point, slack=SLACK)
            assert at_end, f"{name}: {gid} does not lead from {ends[0]} to {ends[1]}: {point} is not at {end}"


def assert_inside(name: str, expected: Mapping[str, str | Sequence[str]]) -> None:
    """Each text stands inside its shape; one that is written several times has a shape for each."""
    for text, inside in expected.items():
        wanted = [inside] if isinstance(inside, str) else inside
        for place, shape in zip(places(name, text), wanted, strict=True):
            assert box_of(name, shape).holds(place), f"{name}: {text!r} at {place} is not inside {shape}"


def assert_columns(name: str, heads: Mapping[str, Sequence[str]]) -> None:
    """Each number stands in the column of its head: no other head is nearer."""
    _assert_nearest(name, heads, axis=0)


def assert_rows(name: str, heads: Mapping[str, Sequence[str]]) -> None:
    """Each number stands in the row of its head."""
    _assert_nearest(name, heads, axis=1)


def _assert_nearest(name: str, heads: Mapping[str, Sequence[str]], axis: int) -> None:
    along = {head: [place[axis] for place in places(name, head)] for head in heads}
    for head, gids in heads.items():
        for gid in gids:
            (number,) = places(name, gid)
            away = {each: min(abs(number[axis] - place) for place in where) for each, where in along.items()}
            nearest = min(away, key=lambda each: away[each])
            assert nearest == head, f"{name}: {gid} belongs to {head!r} and stands at {nearest!r}"


def written(name: str) -> dict[str, str]:
    """Return the named texts of a figure."""
    named = [(gid, text) for gid, text in texts(name) if gid]
    assert len(dict(named)) == len(named), f"{name}: a gid stands twice"
    return dict(named)


def assert_numbers(name: str, expected: Mapping[str, float | Sequence[float]]) -> None:
    """Compare every number of the figure with its recomputed value, to the digits written; none may be left out.

    A text that holds several numbers, such as a shape, is compared with a sequence.
    """
    found = written(name)
    assert found.keys() == expected.keys(), f"{name}: named numbers differ: {found.keys() ^ expected.keys()}"
    for gid, text in found.items():
        numbers = NUMBER.findall(text)
        wanted = expected[gid] if isinstance(expected[gid], Sequence) else [expected[gid]]
        assert len(numbers) == len(wanted), f"{name}: {gid} says {text!r}; expected the numbers {wanted}"
        for number, value in zip(numbers, wanted, strict=True):
            error = abs(float(number.replace("−", "-")) - value)
            digits = len(number.partition(".")[2])
            assert error <= 0.5 * 10**-digits + 1e-9, f"{name}: {gid} says {text}, is {expected[gid]}"
            exact = error < 1e-9
            assert exact or digits >= (2 if abs(value) < 1 else 1), f"{name}: {gid} says {text}: too few digits"
