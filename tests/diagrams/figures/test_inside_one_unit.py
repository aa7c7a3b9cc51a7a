import math

from diagrams.figures.inside_one_unit import CAPTION, data
from lstm_ref.examples import latch
from tests.diagrams.svg_numbers import (
    assert_columns,
    assert_numbers,
    assert_wires,
    box_of,
    places,
    shapes,
    words,
    written,
)
from tests.oracle import scalar_lstm


def test_every_number_is_that_of_the_run():
    layer, x = latch()
    run = {name: [row[0] for row in rows] for name, rows in scalar_lstm(x[0], *layer.get_weights()).items()}
    i, f, g, o, c, h = (run[name][1] for name in "ifgoch")
    expected = {"c-t0-u0": run["c"][0], "h-t0-u0": run["h"][0], "c-t1-u0": c, "h-t1-u0": h}
    expected |= {"i-t1-u0": i, "f-t1-u0": f, "g-t1-u0": g, "o-t1-u0": o}
    # The squashing functions turned round give back what went into them.
    expected |= {f"z-{name}-t1-u0": math.log(gate / (1 - gate)) for name, gate in (("i", i), ("f", f), ("o", o))}
    expected |= {"z-g-t1-u0": math.atanh(g)}
    expected |= {"kept-t1-u0": f * run["c"][0], "written-t1-u0": c - f * run["c"][0], "sum-t1-u0": c}
    expected |= {"tanh-c-t1-u0": h / o}
    expected |= {f"x-t1-k{k}": x[0, 1, k] for k in range(3)}
    expected |= {"step": 2} | {f"name-{name}": [] for name in ("x", "h-t0", "h-t1", "c-t0", "c-t1")}
    assert_numbers("inside-one-unit", expected)


def test_the_step_is_the_one_that_stores():
    found = {gid: float(text) for gid, text in written("inside-one-unit").items() if gid[0] in "cx"}
    assert found["x-t1-k1"] == 1
    assert found["c-t0-u0"] == 0 < found["c-t1-u0"]


def test_every_wire_leads_where_the_equations_say():
    """c = f * c + i * g and h = o * tanh(c); each of the four gates reads x and h from one bus."""
    wires = {"x-wire": ("x-t1-k1-box", "h-wire-bus"), "h-wire-bus": ("h-t0-u0-box", "bus-wire-o")}
    wires |= {f"bus-wire-{gate}": ("h-wire-bus", f"gate-{gate}") for gate in "ifgo"}
    wires |= {f"{gate}-wire": (f"gate-{gate}", f"times-{to}") for gate, to in zip("figo", "fiio", strict=True)}
    wires |= {"old-c-wire": ("c-t0-u0-box", "times-f"), "kept-wire": ("times-f", "plus")}
    wires |= {"written-wire": ("times-i", "plus"), "new-c-wire": ("plus", "c-t1-u0-box")}
    wires |= {"tanh-wire-in": ("new-c-wire", "tanh"), "tanh-wire-out": ("tanh", "times-o")}
    wires |= {"shown-wire": ("times-o", "h-t1-u0-box")}
    assert_wires("inside-one-unit", wires)


def test_the_signs_in_the_nodes():
    """The arms of a plus are upright, those of a times are not."""
    drawn = shapes("inside-one-unit")
    for node in ("times-f", "times-i", "times-o", "plus"):
        arms = [drawn[f"{node}-arm-{k}"] for k in (0, 1)]
        assert all((a == c or b == d) == (node == "plus") for (a, b), (c, d) in arms), node


def test_each_gate_is_called_by_its_duty():
    duties = {"keep f": "f", "write i": "i", "candidate g": "g", "show o": "o"}
    heads = {duty: [f"z-{gate}-t1-u0", f"{gate}-t1-u0"] for duty, gate in duties.items()}
    assert_columns("inside-one-unit", heads)
    assert_columns("inside-one-unit", {word: [f"x-t1-k{k}"] for k, word in enumerate(("value", "write", "erase"))})
    named = written("inside-one-unit")
    assert [named[f"z-{gate}-t1-u0"].partition("(")[0] for gate in "ifgo"] == ["σ", "σ", "tanh", "σ"]
    assert [named[f"{gate}-t1-u0"].partition(" = ")[0] for gate in "ifgo"] == ["i", "f", "g", "o"]


def test_the_words():
    read = ["value", "write", "erase"]
    gates = ["keep f", "write i", "candidate g", "show o"]
    assert words("inside-one-unit") == [*read, *gates, "kept", "written", "tanh", "shown"]
    named = written("inside-one-unit")
    assert named["step"] == "one unit at t = 2"
    names = {"x": "x₂", "h-t0": "h₁", "c-t0": "c₁", "c-t1": "c₂", "h-t1": "h₂"}
    assert {name: named[f"name-{name}"] for name in names} == names
    for name in names:
        ((x, y),), box = (
            places("inside-one-unit", f"name-{name}"),
            box_of("inside-one-unit", f"{name}-u0-box" if "-" in name else "x-t1-k0-box"),
        )
        assert box.holds((x, y), slack=20), name


def test_what_the_widget_reads_is_the_run():
    layer, x = latch()
    arrays = dict(zip(("kernel", "recurrent_kernel", "bias", "x"), (*layer.get_weights(), x[0]), strict=True))
    assert data() == {name: array.tolist() for name, array in arrays.items()} | {"step": 2}


def test_the_caption_holds():
    """It says nothing of one step, so that it is true below the widget too."""
    assert not latch()[0].recurrent_kernel.any()
    assert "t =" not in CAPTION and not set(CAPTION) & set("123456789")
