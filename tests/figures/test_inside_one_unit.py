import math

from lstm_ref.examples import latch
from oracle import scalar_lstm
from svg_numbers import assert_numbers, written


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
    assert_numbers("inside-one-unit", expected)


def test_the_step_is_the_one_that_stores():
    found = {gid: float(text) for gid, text in written("inside-one-unit").items() if gid[0] in "cx"}
    assert found["x-t1-k1"] == 1
    assert found["c-t0-u0"] == 0 < found["c-t1-u0"]
