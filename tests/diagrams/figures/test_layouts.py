from itertools import pairwise

from matplotlib.colors import to_hex

from diagrams.figures.layouts import draw
from diagrams.palette import colour
from tests.diagrams.svg_numbers import assert_inside, assert_numbers, assert_rows, box_of, places, words

# Typed from each system's source: order, blocks, biases, its letter for g, states.
SYSTEMS = {
    "keras": ("Keras 2, 3", "kernel", "ifgo", "columns", 1, "c", "h, c"),  # keras/src/layers/rnn/lstm.py
    "pytorch": ("PyTorch", "weight_ih_l0", "ifgo", "rows", 2, "g", "h, c"),  # torch/nn/modules/rnn.py
    "flax": ("Flax linen", "ii if ig io", "ifgo", "arrays", 1, "g", "c, h"),  # flax/linen/recurrent.py
    "keras1": ("Keras 1", "W_i W_c W_f W_o", "igfo", "arrays", 1, "c", "h, c"),  # keras/layers/recurrent.py, 1.2.2
    "tf1": ("TensorFlow 1", "BasicLSTMCell", "igfo", "columns", 1, "j", "c, h"),  # legacy_cells.py of tf_keras
    "onnx": ("ONNX", "W", "iofg", "rows", 2, "c", "h, c"),  # onnx/defs/rnn/defs.cc
}


def letters(order, candidate):
    return [f"g ({candidate})" if gate == "g" != candidate else gate for gate in order]


def test_biases_are_those_of_each_system():
    assert_numbers("layouts", {f"{key}-biases": system[4] for key, system in SYSTEMS.items()})
    assert_rows("layouts", {system[0]: [f"{key}-biases"] for key, system in SYSTEMS.items()})


def test_blocks_have_the_colours_of_their_gates_in_the_order_of_the_system():
    blocks = {patch.get_gid(): patch for patch in draw().axes[0].patches if "-block-" in (patch.get_gid() or "")}
    expected = {
        f"{key}-block-{place}": colour(f"gate-{gate}-soft")
        for key, system in SYSTEMS.items()
        for place, gate in enumerate(system[2])
    }
    assert {gid: to_hex(block.get_facecolor()) for gid, block in blocks.items()} == expected
    for key in SYSTEMS:
        strip = [box_of("layouts", f"{key}-block-{place}") for place in range(4)]
        assert all(block.right <= after.left + 0.01 for block, after in pairwise(strip))


def test_letters_stand_in_their_blocks():
    inside = {}
    for key, (_, _, order, _, _, candidate, _) in SYSTEMS.items():
        for place, letter in enumerate(letters(order, candidate)):
            inside.setdefault(letter, []).append(f"{key}-block-{place}")
    assert_inside("layouts", inside)


def test_each_row_says_of_its_system_what_is_true_of_it():
    strips = {key: box_of("layouts", f"{key}-block-0") for key in SYSTEMS}
    assert all(strip.bottom < below.top for strip, below in pairwise(strips.values()))
    for column in (0, 1, 3, 6):
        for text in {system[column] for system in SYSTEMS.values()}:
            rows = [strips[key] for key, system in SYSTEMS.items() if system[column] == text]
            for (_, y), strip in zip(places("layouts", text), rows, strict=True):
                assert strip.top <= y <= strip.bottom, f"{text!r} stands in another row"


def test_the_words_row_by_row():
    rows = []
    for name, where, order, kind, _, candidate, states in SYSTEMS.values():
        rows += [name, where, *letters(order, candidate), kind, states]
    legend = ["i input", "f forget", "g candidate", "o output", "in brackets: what the system itself calls g"]
    assert words("layouts") == ["order of the blocks", "blocks", "biases", "states", *rows, *legend]
