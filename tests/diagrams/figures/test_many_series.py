import numpy as np

from lstm_ref import LSTM
from tests.diagrams.svg_numbers import (
    assert_columns,
    assert_inside,
    assert_numbers,
    assert_rows,
    box_of,
    shapes,
    words,
    written,
)

NAME = "many-series"
TABLE = [[12, 14, 13, 15, 17, 16], [52, 55, 51, 58, 57, 59], [90, 94, 93, 97, 95, 99]]
LENGTH = 2
SHOPS, MONTHS = range(3), range(6)
CHAINED = [(0, 3), (0, 4), (0, 5), (1, 0), (1, 1), (1, 2)]  # shop, month
# Every window that has a target, found by looking at each place: its shop, and its months.
WINDOWS = [(s, list(range(m, m + LENGTH))) for s in SHOPS for m in MONTHS if m + LENGTH in MONTHS]


def test_every_number_is_that_of_the_table_or_of_a_shape():
    expected = {f"sales-s{s}-m{m}": TABLE[s][m] for s in SHOPS for m in MONTHS}
    expected |= {f"month-{m}": m + 1 for m in MONTHS}
    expected |= {f"wrong-s{s}-m{m}": TABLE[s][m] for s, m in CHAINED}
    expected |= {f"wrong-month-{position}": m + 1 for position, (_, m) in enumerate(CHAINED)}
    rows = np.array(TABLE)[..., None]
    windows = np.array([[[TABLE[s][m]] for m in months] for s, months in WINDOWS])
    expected |= {f"rows-shape-{axis}": size for axis, size in enumerate(rows.shape)}
    expected |= {f"windows-shape-{axis}": size for axis, size in enumerate(windows.shape)}
    each = {sum(shop == s for shop, _ in WINDOWS) for s in SHOPS}
    assert len(each) == 1, "every shop has as many windows"
    assert_numbers(NAME, expected | {"each": each.pop(), "at-a-time": LENGTH, "window-length": LENGTH, "features": 1})
    for x in (rows, windows):
        assert LSTM(4)(x.astype(float)).shape == (len(x), 4)
    assert len({number for row in TABLE for number in row}) == 18, "no number can stand for another"


def test_every_number_stands_in_its_shop_and_in_its_month():
    assert_columns(NAME, {f"month-{m}": [f"sales-s{s}-m{m}" for s in SHOPS] for m in MONTHS})
    tops = [box_of(NAME, f"sales-s{s}-m0-box").top for s in SHOPS]
    assert tops == sorted(set(tops))
    for s in SHOPS:
        assert {box_of(NAME, f"sales-s{s}-m{m}-box").top for m in MONTHS} == {tops[s]}
    assert_columns(NAME, {f"wrong-month-{at}": [f"wrong-s{s}-m{m}"] for at, (s, m) in enumerate(CHAINED)})
    assert_inside(NAME, {gid: f"{gid}-box" for gid in written(NAME) if gid.startswith(("sales", "wrong-s"))})
    assert_inside(
        NAME, {f"{name}-shape-{axis}": f"{name}-shape-{axis}-box" for name in ("rows", "windows") for axis in range(3)}
    )


def held(frame: str) -> list[str]:
    """Return the numbers that stand within a frame."""
    around = box_of(NAME, frame)
    numbers = [gid for gid in written(NAME) if gid.startswith(("sales", "wrong-s"))]
    boxes = {gid: box_of(NAME, f"{gid}-box") for gid in numbers}
    return [gid for gid, box in boxes.items() if around.holds(box[:2]) and around.holds(box[2:])]


def test_a_window_holds_neighbouring_months_of_one_shop_and_its_target_is_the_next():
    drawn = {gid for gid in shapes(NAME) if gid.startswith(("window-", "target-"))}
    assert drawn == {f"{kind}-{of}" for kind in ("window", "target") for of in ("s0", "s1", "s2", "wrong")}
    for s in SHOPS:
        months = list(range(s, s + LENGTH))
        assert (s, months) in WINDOWS
        assert held(f"window-s{s}") == [f"sales-s{s}-m{m}" for m in months]
        assert held(f"target-s{s}") == [f"sales-s{s}-m{s + LENGTH}"]


def test_the_wrong_window_holds_numbers_on_both_sides_of_the_border():
    assert held("window-wrong") == ["wrong-s0-m5", "wrong-s1-m0"]
    assert held("target-wrong") == ["wrong-s1-m1"]
    (border, _), _ = shapes(NAME)["border"]
    assert all((box_of(NAME, f"wrong-s{s}-m{m}-box").left > border) == bool(s) for s, m in CHAINED)
    assert all(box_of(NAME, f"wrong-s{s}-m{m}-box").top > box_of(NAME, "wrong").top for s, m in CHAINED)


def test_wires_lead_along_the_axes_and_from_shape_to_shape():
    down = {
        f"{name}-wire": (name, f"windows-shape-{axis}-box") for axis, name in enumerate(("shops", "months", "sales"))
    }
    wires = {gid: points for gid, points in shapes(NAME).items() if "wire" in gid}
    along = {"timesteps-wire", "batch-wire", "features-wire"}
    assert wires.keys() == down.keys() | along
    (left, height), (right, end) = wires["timesteps-wire"]
    assert height == end < box_of(NAME, "month-0").top + 8
    assert left < right and abs(right - box_of(NAME, "sales-s0-m5-box").right) < 5
    (place, top), (same, bottom) = wires["batch-wire"]
    assert place == same < box_of(NAME, "sales-s0-m0-box").left
    assert top < box_of(NAME, "sales-s0-m0").top + 8 and bottom > box_of(NAME, "sales-s2-m0").bottom - 8
    assert box_of(NAME, "sales-s0-m5-box").holds(wires["features-wire"][-1], slack=5)
    assert_rows(NAME, {"whole rows": ["rows-shape-0"], "windows": ["windows-shape-0"], "each": ["at-a-time"]})


def test_the_words():
    assert words(NAME) == [
        *("batch", "timesteps", "month"),
        *("shop 1", "shop 2", "shop 3"),
        *("features:", "its target"),
        *("batch", "timesteps", "features"),
        *("whole rows", "(", ",", ",", ")", "windows", "(", ",", ",", ")"),
        *("shops", "months", "sales", "unchanged"),
        *("Wrong: rows chained, then cut", "month", "shop 1", "shop 2", "one sequence of", "two shops"),
    ]
    assert written(NAME)["each"] == "4 of each shop"
    assert written(NAME)["at-a-time"] == "2 at a time"
