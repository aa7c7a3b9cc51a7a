from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, texts, words, written
from tests.oracle import scalar_lstm

SAMPLE, STEP, NUDGE = 1, 3, 1e-5


def derivative(new, old, j, k):
    """Central difference of `new` of unit j by `old` of unit k, over one step of the oracle."""
    x, weights = worked_input()[SAMPLE], worked_layer().get_weights()
    run = scalar_lstm(x[:STEP], *weights)
    results = []
    for nudge in (NUDGE, -NUDGE):
        before = {name: list(run[name][-1]) for name in "hc"}
        before[old][k] += nudge
        after = scalar_lstm(x[STEP : STEP + 1], *weights, **before)
        results.append(after[new][0][j])
    return (results[0] - results[1]) / (2 * NUDGE)


def table(new, old):
    return {(j, k): derivative(new, old, j, k) for j in range(4) for k in range(4)}


def test_every_number_is_a_derivative_and_every_zero_is_left_out():
    expected = {}
    for name in ("dc_dc", "dh_dc", "dc_dh"):
        values = table(name[1], name[4])
        expected |= {f"{name}-r{j}-c{k}-b1": value for (j, k), value in values.items() if value != 0}
    assert_numbers("jacobian", expected)
    assert [text for _, text in texts("jacobian")].count("·") == 3 * 16 - len(expected) == 24
    assert "0.00" not in written("jacobian").values()


def test_the_caption_holds():
    forget = scalar_lstm(worked_input()[SAMPLE], *worked_layer().get_weights())["f"][STEP]
    for (j, k), value in table("c", "c").items():
        assert abs(value - (forget[j] if j == k else 0)) < 1e-9
    assert all((value != 0) == (j == k) for (j, k), value in table("h", "c").items())
    for new in "ch":
        assert all(abs(value) > 1e-6 for value in table(new, "h").values())


def test_rows_are_units_that_change_and_columns_those_that_are_nudged():
    for name, (new, old) in {"dc_dc": "cc", "dh_dc": "hc", "dc_dh": "ch"}.items():
        cells = [(j, k, f"{name}-r{j}-c{k}-b1") for (j, k), value in table(new, old).items() if value != 0]
        assert_rows("jacobian", {f"unit {unit}": [gid for j, _, gid in cells if j == unit] for unit in range(4)})
        assert_columns("jacobian", {str(unit): [gid for _, k, gid in cells if k == unit] for unit in range(4)})
    both = {"private along c": "c", "shared through h": "h"}
    assert_columns("jacobian", {head: [f"dc_d{old}-r0-c0-b1"] for head, old in both.items()})


def test_the_words():
    columns, zeros = ["0", "1", "2", "3"], ["·"] * 12
    by_c = ["∂c₄ / ∂c₃ = forget gates", *columns, *zeros, "∂h₄ / ∂c₃", *columns, *zeros]
    rows = ["unit 0", "unit 1", "unit 2", "unit 3"]
    guide = ["row: unit that changes", "column: unit that is nudged", "dot: exactly 0", "sample 1, t = 3 to t = 4"]
    head = ["private along c", "shared through h"]
    assert words("jacobian") == [*head, *by_c, "∂c₄ / ∂h₃", *columns, *rows, *rows, *guide]
