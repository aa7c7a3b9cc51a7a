from itertools import pairwise

from diagrams.figures import parameter_count
from tests.diagrams.svg_numbers import assert_inside, assert_numbers, assert_wires, box_of, places, shapes, words

NAME, F, N = "parameter-count", 3, 4
UNITS, FEATURES = (4, 8, 16), (3, 6, 12)
PYTORCH = ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0")


def count(features, units):
    return 4 * (units * (features + units) + units)


def test_every_number_follows_from_the_formula():
    rows = {"N": [(n, count(F, n)) for n in UNITS], "F": [(f, count(f, N)) for f in FEATURES]}
    expected = {
        "large-N": [64, 128, count(F, 128) / count(F, 64)],
        "large-F": [64, 128, count(128, N) / count(64, N)],
    }
    for symbol, row in rows.items():
        expected[f"count-{symbol}-{row[0][0]}"] = row[0][1]
        for (_, before), (size, now) in pairwise(row):
            expected[f"count-{symbol}-{size}"] = [now, now / before, before]
    sizes = (F * 4 * N, N * 4 * N, 4 * N, 4 * N)
    expected |= {f"{name}-size": size for name, size in zip(PYTORCH, sizes, strict=True)}
    expected |= {
        f"{name}-size": size for name, size in zip(("kernel", "recurrent_kernel", "bias"), sizes, strict=False)
    }
    expected |= {"Keras-total": count(F, N), "PyTorch-total": count(F, N) + 4 * N, "more": [4, 4 * N]}
    assert_numbers(NAME, expected)


def test_areas_are_numbers_of_weights():
    layers = {f"N-{n}": (F, n) for n in UNITS} | {f"F-{f}": (f, N) for f in FEATURES}
    areas = {}
    for gid, (features, units) in layers.items():
        for k, size in enumerate((features * 4 * units, units * 4 * units, 4 * units)):
            areas[gid, k] = area(f"{gid}-array-{k}") / size
    assert max(areas.values()) / min(areas.values()) < 1.01
    both = [
        area(f"{name}-array-{k}") / (4 * N * rows) for name in ("Keras", "PyTorch") for k, rows in enumerate((F, N, 1))
    ]
    both.append(area("PyTorch-array-3") / (4 * N))
    assert max(both) / min(both) < 1.01
    assert "Keras-array-3" not in shapes(NAME)


def area(gid):
    box = box_of(NAME, gid)
    return (box.right - box.left) * (box.bottom - box.top)


def test_twice_the_units_is_twice_the_width_and_twice_the_features_only_height():
    def width(gid):
        box = box_of(NAME, gid)
        return round((box.right - box.left) / (box_of(NAME, "N-4-array-0").right - box_of(NAME, "N-4-array-0").left), 2)

    assert [width(f"N-{n}-array-0") for n in UNITS] == [1, 2, 4]
    assert [width(f"F-{f}-array-0") for f in FEATURES] == [1, 1, 1]


def test_names_and_sizes_stand_in_their_areas():
    keras = {name: f"Keras-array-{k}" for k, name in enumerate(("kernel", "recurrent_kernel", "bias"))}
    pytorch = {name: f"PyTorch-array-{k}" for k, name in enumerate(PYTORCH)}
    arrays = keras | pytorch
    assert_inside(NAME, arrays | {f"{name}-size": array for name, array in arrays.items()})
    assert_inside(NAME, {"recurrent_kernel: N × 4N": "N-16-array-1"})
    box = box_of(NAME, "F-12-array-0")
    assert box.top < places(NAME, "kernel: F × 4N")[0][1] < box.bottom


def test_sizes_stand_under_their_layers():
    for symbol, sizes in (("N", UNITS), ("F", FEATURES)):
        for size in sizes:
            box = box_of(NAME, f"{symbol}-{size}-array-2")
            x, y = places(NAME, f"count-{symbol}-{size}")[0]
            assert abs(x - box.left) < 1
            assert box.bottom < y < box.bottom + 36
            assert any(abs(px - x) < 1 and box.bottom < py < y for px, py in places(NAME, f"{symbol} = {size}"))


def test_the_arrow_leads_to_the_second_bias_of_pytorch():
    assert_wires(NAME, {"more-wire": ("more", "PyTorch-array-3")})


def test_the_words():
    grow = [
        "Twice the units: up to 4 times the weights",
        "F = 3",
        "N = 4",
        "N = 8",
        "N = 16",
        "recurrent_kernel: N × 4N",
    ]
    grow += ["Twice the features: up to twice the weights", "N = 4", "F = 3", "F = 6", "F = 12", "kernel: F × 4N"]
    keras = ["Keras", "kernel", "recurrent_kernel", "bias"]
    assert words(NAME) == [*grow, "N = 4, F = 3 in Keras and in PyTorch", *keras, "PyTorch", *PYTORCH]


def test_the_bounds_hold_and_are_reached_in_large_layers():
    for features in (1, 3, 50, 1000):
        for units in (1, 4, 64, 1000):
            assert 2 < count(features, 2 * units) / count(features, units) < 4
            assert 1 < count(2 * features, units) / count(features, units) < 2
    assert count(F, 2000) / count(F, 1000) > 3.9
    assert f"{4 * N} here" in parameter_count.CAPTION
