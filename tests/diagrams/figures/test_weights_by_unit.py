from matplotlib.colors import to_hex

from diagrams.figures.weights_by_unit import draw
from diagrams.palette import colour
from tests.diagrams.svg_numbers import assert_numbers, box_of, places, words

F, N = 3, 4
COLUMNS = range(4 * N)
MINE = {2: "i", 6: "f", 10: "g", 14: "o"}  # unit 2: the third column of each block
ROWS = {"kernel": F, "recurrent_kernel": N, "bias": 1}


def test_every_number_follows_from_3_features_and_4_units():
    shapes = {"kernel": [F, 4 * N], "recurrent_kernel": [N, 4 * N], "bias": [4 * N]}
    assert_numbers(
        "weights-by-unit",
        {
            **{f"column-{column}": column for column in COLUMNS},
            **{f"{name}-shape": shape for name, shape in shapes.items()},
            **{f"{name}-size": rows * 4 * N for name, rows in ROWS.items()},
            "layer-size": [4 * N * F, 4 * N * N, 4 * N, 4 * N * (F + N + 1)],
            "unit-size": [4, F, N, 1, 4 * (F + N + 1)],
        },
    )


def test_one_cell_for_each_weight_in_the_colour_of_its_gate_and_strong_in_unit_2():
    cells = {patch.get_gid(): patch for patch in draw().axes[0].patches if "-r" in (patch.get_gid() or "")}
    expected = {
        f"{name}-r{row}-c{column}": colour(f"gate-{'ifgo'[column // N]}" + ("" if column in MINE else "-soft"))
        for name, rows in ROWS.items()
        for row in range(rows)
        for column in COLUMNS
    }
    assert {gid: to_hex(cell.get_facecolor()) for gid, cell in cells.items()} == expected
    assert len(cells) == 128


def test_unit_2_is_outlined_in_each_block():
    outlines = [patch for patch in draw().axes[0].patches if (patch.get_gid() or "").startswith("outline")]
    assert [outline.get_gid() for outline in outlines] == [f"outline-c{column}" for column in MINE]


def test_the_words_of_the_gates_stand_over_their_blocks():
    heads = {("i", "input"): 0, ("f", "forget"): 4, ("g (Keras: c)", "candidate"): 8, ("o", "output"): 12}
    for said, column in heads.items():
        left, right = (box_of("weights-by-unit", f"kernel-r0-c{c}") for c in (column, column + 3))
        assert all(left.left < places("weights-by-unit", word)[0][0] < right.right for word in said)


def test_the_words():
    gates = ["i", "input", "f", "forget", "g (Keras: c)", "candidate", "o", "output"]
    rows = ["kernel", "x0", "x1", "x2", "recurrent_kernel", "h0", "h1", "h2", "h3", "bias"]
    head = ["LSTM(4)", "one layer, 3 arrays"]
    assert words("weights-by-unit") == [*head, *gates, *rows, "unit 2: one column for each gate"]
