import re

from diagrams import export
from diagrams.figures import independent_or_not as figure
from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, texts, words, written
from tests.oracle import scalar_lstm

KERNEL, RECURRENT, BIAS = (array.tolist() for array in worked_layer().get_weights())
DIAGONAL = [
    [weight if column % 4 == j else 0.0 for column, weight in enumerate(row)] for j, row in enumerate(RECURRENT)
]
X = worked_input().tolist()


def together(recurrent_kernel):
    """h[sample][t][unit] of the whole layer."""
    return [scalar_lstm(x, KERNEL, recurrent_kernel, BIAS)["h"] for x in X]


def alone():
    """h[sample][t][unit] where every unit has only its own weights."""
    weights = [([row[j::4] for row in KERNEL], [RECURRENT[j][j::4]], BIAS[j::4]) for j in range(4)]
    runs = [[scalar_lstm(x, *own)["h"] for own in weights] for x in X]
    return [[[runs[b][j][t][0] for j in range(4)] for t in range(5)] for b in range(2)]


def largest_difference(a, b):
    return max(abs(a[s][t][j] - b[s][t][j]) for s in range(2) for t in range(5) for j in range(4))


def test_every_number_is_that_of_the_run():
    expected = {"dense-between": 4 * 4 * 3, "diagonal-between": 0}
    for name, recurrent_kernel in (("dense", RECURRENT), ("diagonal", DIAGONAL)):
        runs = {"together": together(recurrent_kernel), "alone": alone()}
        expected[f"{name}-difference"] = largest_difference(runs["together"], runs["alone"])
        for source, h in runs.items():
            expected |= {f"{name}-{source}-t4-u{j}": h[0][4][j] for j in range(4)}
    assert_numbers("independent-or-not", expected)


def test_the_verdict_is_written_everywhere():
    numbers = written("independent-or-not")
    assert numbers["diagonal-difference"] == "0.0"
    assert largest_difference(together(DIAGONAL), alone()) == 0
    for said in (figure.CAPTION, figure.ALT):
        assert re.findall(r"\d\.\d+", said) == [numbers["dense-difference"], "0.0"]
    assert re.findall(r"\b\d\d\b", figure.CAPTION) == ["48", "64", "48"]
    signs = [text for _, text in texts("independent-or-not") if text in "=≠"]
    assert signs == ["≠"] * 4 + ["="] * 4


def test_cells_and_lines_show_who_reads_whom():
    svg = export.svg_file(figure.draw(), "independent-or-not", figure.TITLE, figure.ALT)
    found = re.findall(r'id="independent-or-not-(dense|diagonal)-(weight|zero|h-wire)-([^"]+)"', svg)
    cells = {(row, column): f"r{row}-c{column}" for row in range(4) for column in range(16)}
    own = {gid for (row, column), gid in cells.items() if column % 4 == row}
    lines = {f"u{j}-to-u{k}" for j in range(4) for k in range(4)}
    expected = {
        ("dense", "weight"): set(cells.values()),
        ("dense", "zero"): set(),
        ("dense", "h-wire"): lines,
        ("diagonal", "weight"): own,
        ("diagonal", "zero"): set(cells.values()) - own,
        ("diagonal", "h-wire"): {f"u{j}-to-u{j}" for j in range(4)},
    }
    for (half, kind), gids in expected.items():
        assert {gid for *which, gid in found if which == [half, kind]} == gids, (half, kind)


def test_lines_lead_from_unit_to_unit():
    pairs = [("dense", j, k) for j in range(4) for k in range(4)] + [("diagonal", j, j) for j in range(4)]
    ends = {(half, j, k): (f"{half}-unit-u{j}", f"{half}-together-t4-u{k}-box") for half, j, k in pairs}
    assert_wires("independent-or-not", {f"{half}-h-wire-u{j}-to-u{k}": ends[half, j, k] for half, j, k in pairs})
    numbers = {
        j: [f"{half}-{run}-t4-u{j}" for half in ("dense", "diagonal") for run in ("together", "alone")]
        for j in range(4)
    }
    assert_rows("independent-or-not", {f"unit {j}": gids for j, gids in numbers.items()})


def test_the_words():
    dense, diagonal = (
        ["as Keras makes it:", "units read one another"],
        ["with diagonal blocks:", "four separate LSTM(1)"],
    )
    matrix = ["recurrent_kernel", "i", "f", "g", "o", "weights between units"]
    chain = ["t = 4", "h at t = 5", "h", "LSTM(4)", "LSTM(1)"]
    verdict = ["largest difference of h,", "all timesteps, both samples"]
    unequal, equal = ([text for j in range(4) for text in (f"unit {j}", sign)] for sign in "≠=")
    left, right = [*dense, *matrix, *chain, *unequal, *verdict], [*diagonal, *matrix, *chain, *equal, *verdict]
    assert words("independent-or-not") == left + right
    headings = {"units read one another": "dense-difference", "four separate LSTM(1)": "diagonal-difference"}
    assert_columns("independent-or-not", {heading: [gid] for heading, gid in headings.items()})
