import json
from collections.abc import Sequence

import numpy as np
import pytest

from tests.diagrams.svg_numbers import assert_numbers, dots, places, read_off, shapes, words
from tests.project import ROOT

FACTS = json.loads((ROOT / "docs/evidence/experiments/series.json").read_text())["facts"]
WINDOWS, UNITS, ORIGINS = (12, 24, 48), (1, 2, 4, 8, 16, 32), (1986, 1991, 1996, 2001, 2006)
SIMPLE = ("last_month", "last_year", "linear")
TABLE = np.loadtxt(ROOT / "docs/evidence/experiments/elnino.csv", delimiter=",", skiprows=1)


def block(window: int, units: int, origin: int) -> dict:
    return FACTS[f"window-{window}-units-{units}-origin-{origin}"]


def of_seeds(window: int, units: int, origins: Sequence[int] = ORIGINS) -> np.ndarray:
    squares = [np.array(block(window, units, origin)["error"]) ** 2 for origin in origins]
    return (sum(squares) / len(squares)) ** 0.5


def simple_errors(window: int, origins: Sequence[int] = ORIGINS) -> dict[str, float]:
    """From the file itself: months by their number, in degrees, without scaling."""
    values, errors = TABLE[:, 1:].ravel(), {name: [] for name in SIMPLE}
    for origin in origins:
        first = (origin - 1950) * 12
        rows = [[*values[t - window : t], 1] for t in range(window, first - 60)]
        line, *_ = np.linalg.lstsq(np.array(rows), values[window : first - 60], rcond=None)
        for t in range(first, first + 60):
            told = {
                "last_month": values[t - 1],
                "last_year": values[t - 12],
                "linear": [*values[t - window : t], 1] @ line,
            }
            for name in SIMPLE:
                errors[name].append(told[name] - values[t])
    return {name: float(np.sqrt(np.mean(np.square(found)))) for name, found in errors.items()}


def test_what_is_simple_is_computed_from_the_file():
    numbers = {f"error-{name}-{window}": error for window in WINDOWS for name, error in simple_errors(window).items()}
    assert_numbers("units-for-a-series", numbers)


def test_strokes_are_the_seeds_and_lines_their_means():
    for panel, window in enumerate(WINDOWS):
        ((_, low),) = places("units-for-a-series", ".4")
        ((_, high),) = places("units-for-a-series", ".8")
        for gid, wanted in (
            ("seeds", [(units, error) for units in UNITS for error in of_seeds(window, units)]),
            ("means", [(units, of_seeds(window, units).mean()) for units in UNITS]),
        ):
            points = (
                dots("units-for-a-series", f"{gid}-{window}")
                if gid == "seeds"
                else shapes("units-for-a-series")[f"{gid}-{window}"]
            )
            found = read_off("units-for-a-series", points, {"2": 2, "32": 32}, {".4": 0.4, ".8": 0.8}, panel, log="xy")
            assert low > high
            assert [x for x, _ in found] == pytest.approx([x for x, _ in wanted], rel=0.05)
            assert [y for _, y in found] == pytest.approx([y for _, y in wanted], rel=0.01)


def test_the_caption_and_the_alternative_text_hold():
    assert TABLE[0, 0] == 1950 and TABLE[-1, 0] == 2010
    for window in WINDOWS:
        means = {units: of_seeds(window, units).mean() for units in UNITS}
        assert means[1] > 1.3 * means[2] > 1.35 * means[4]
        assert all(0 < 1 - means[units] / means[8] <= 0.04 for units in (16, 32))


def test_the_page_says_how_far_the_layers_are_from_linear_and_where_their_lead_comes_from():
    def leads(origins: Sequence[int], windows: Sequence[int]) -> list[float]:
        """By how many percent layers of 16 and 32 units are below linear."""
        return [
            float(100 * (1 - of_seeds(window, units, origins).mean() / simple_errors(window, origins)["linear"]))
            for window in windows
            for units in (16, 32)
        ]

    lead = leads(ORIGINS, WINDOWS)
    assert (round(min(lead)), round(max(lead))) == (2, 6)
    for dropped in ORIGINS:
        others = [origin for origin in ORIGINS if origin != dropped]
        if dropped == 1996:
            behind = [-lead for lead in leads(others, (24, 48))]
            assert (round(min(behind), 1), round(max(behind), 1)) == (0.3, 2.2)
            assert min(leads(others, (12,))) > 2
        else:
            assert min(leads(others, WINDOWS)) > 1
    means = {(window, units): of_seeds(window, units).mean() for window in WINDOWS for units in (8, 16, 32)}
    for units in (8, 16, 32):
        assert 0.95 < means[24, units] / means[12, units] < 0.98
        assert means[48, units] / means[24, units] > 0.99


def test_the_words():
    assert words("units-for-a-series")[0] == "RMS error one month ahead in °C, by units N"
