"""What differs between two records, and which claims that falsifies."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.evidence.claims import Claim


class Difference(NamedTuple):
    path: str
    recorded: Any
    now: Any


def differences(recorded: Any, now: Any) -> list[Difference]:
    """Compare facts. The nearest "tolerance" above a float is its absolute tolerance, without one six digits count."""
    before, after = dict(leaves(recorded)), dict(leaves(now))
    return [
        Difference(path, before.get(path, ("nothing",))[0], after.get(path, ("nothing",))[0])
        for path in before | after
        if not (path in before and path in after and same(*before[path], after[path][0]))
    ]


def leaves(
    value: Any, path: str = "", tolerance: float | None = None
) -> Iterator[tuple[str, tuple[Any, float | None]]]:
    """Yield what lies at the end of each path, with its tolerance; lists without floats and lists are not taken apart."""
    match value:
        case dict() if value:
            for key, inner in value.items():
                bar = None if key == "tolerance" else value.get("tolerance", tolerance)
                yield from leaves(inner, f"{path}.{key}".lstrip("."), bar)
        case list() if any(isinstance(inner, (float, list)) for inner in value):
            yield from leaves({str(place): inner for place, inner in enumerate(value)}, path, tolerance)
        case _:
            yield path, (value, tolerance)


def same(recorded: Any, tolerance: float | None, now: Any) -> bool:
    types = {type(recorded), type(now)}
    if float in types and types <= {float, int}:
        relative = 1e-6 if tolerance is None else 0.0
        return math.isclose(recorded, now, rel_tol=relative, abs_tol=tolerance or 0.0)
    return len(types) == 1 and bool(recorded == now)


def falsified(topic: str, path: str, claims: Iterable[Claim]) -> list[str]:
    """Return the claims that rest on what lies at a path, above it or below it; what a group ran with is said of all of it."""
    path = f".{path}".removesuffix(".ran").removeprefix(".")

    def within(inner: str, outer: str) -> bool:
        return outer in ("", "-") or f"{inner}.".startswith(f"{outer}.")

    return [
        f"{claim.page}#{claim.id}"
        for claim in claims
        if claim.topic == topic and (within(claim.path, path) or within(path, claim.path))
    ]
