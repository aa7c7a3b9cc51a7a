"""What is written in a figure's SVG, by the name that the figure gave to each number."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from xml.etree import ElementTree

from diagrams import export
from diagrams.build import load

SVG = f"{{{export.SVG}}}"


@cache
def texts(name: str) -> list[tuple[str, str]]:
    """Return (gid, text) of every text in the figure; gid is empty where matplotlib made the id."""
    module = load(name)
    root = ElementTree.fromstring(export.svg_file(module.draw(), name, module.TITLE, module.ALT))
    found = []
    for group in root.iter(f"{SVG}g"):
        gid = group.get("id", "").removeprefix(f"{name}-")
        for text in group.findall(f"{SVG}text"):
            name_of_number = "" if re.fullmatch(r"text_\d+", gid) else gid
            found.append((name_of_number, "".join(text.itertext())))
    return found


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
        numbers = re.findall(r"−?[0-9]+(?:\.[0-9]+)?", text)
        wanted = expected[gid] if isinstance(expected[gid], Sequence) else [expected[gid]]
        assert len(numbers) == len(wanted), f"{name}: {gid} says {text!r}; expected the numbers {wanted}"
        for number, value in zip(numbers, wanted, strict=True):
            error = abs(float(number.replace("−", "-")) - value)
            digits = len(number.partition(".")[2])
            assert error <= 0.5 * 10**-digits + 1e-9, f"{name}: {gid} says {text}, is {expected[gid]}"
