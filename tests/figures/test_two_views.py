from lstm_ref.examples import worked_input, worked_layer
from oracle import scalar_lstm
from svg_numbers import assert_numbers, written

UNITS, FEATURES = range(4), range(3)


def test_every_number_is_that_of_the_run():
    x = worked_input()[0].tolist()
    run = scalar_lstm(x, *worked_layer().get_weights())
    expected = {f"{view}-{s}-t{t}-u{j}": run[s][t][j] for view in "ab" for s in "hc" for t in (1, 2) for j in UNITS}
    expected |= {f"{view}-x-t2-k{k}": x[2][k] for view in "ab" for k in FEATURES}
    expected |= {f"width-{s}-t{t}": 4 for s in "hc" for t in (1, 2)}
    expected |= {"width-x-t2": 3, "units-a": 4, "units-b": 4}
    assert_numbers("two-views", expected)


def test_both_views_write_the_same_digits():
    found = written("two-views")
    vector = {gid.removeprefix("a-"): text for gid, text in found.items() if gid.startswith("a-")}
    single = {gid.removeprefix("b-"): text for gid, text in found.items() if gid.startswith("b-")}
    assert len(vector) == 2 * 2 * len(UNITS) + len(FEATURES)
    assert vector == single
