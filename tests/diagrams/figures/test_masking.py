import re

import numpy as np

from lstm_ref.examples import worked_input, worked_layer
from tests.diagrams.svg_numbers import assert_columns, assert_numbers, assert_rows, assert_wires, words
from tests.oracle import scalar_lstm

T, N = 5, 4
PANELS = "holes", "masked", "unmasked"
X = worked_input()[0].tolist()
ZERO = [0.0] * 3
ZEROS = [0.0] * N


def run(*steps):
    """h of one run, [position][unit], on nothing but these timesteps."""
    return scalar_lstm(steps, *worked_layer().get_weights())["h"]


def test_every_number_is_that_of_a_run_on_the_timesteps_that_count():
    second, third, fifth = run(X[1], X[2], X[4])
    real = run(*X[:3])
    padded = run(*X[:3], ZERO, ZERO)
    panels = {
        "holes": [ZEROS, second, third, third, fifth],
        "masked": [*real, real[2], real[2]],
        "unmasked": padded,
    }
    expected = {f"{name}-t{t}-u{j}": h[t][j] for name, h in panels.items() for t in range(T) for j in range(N)}
    expected["holes-difference"] = expected["masked-difference"] = 0
    expected["unmasked-difference"] = max(abs(padded[4][j] - real[2][j]) for j in range(N))
    assert_numbers("masking", expected)


def test_every_number_stands_at_its_timestep_and_unit():
    cells = [(t, j, f"{name}-t{t}-u{j}") for name in PANELS for t in range(T) for j in range(N)]
    assert_columns("masking", {f"t = {t + 1}": [gid for at, _, gid in cells if at == t] for t in range(T)})
    assert_rows("masking", {f"unit {j}": [gid for _, at, gid in cells if at == j] for j in range(N)})


def test_x_and_mask_are_written_as_they_are_given():
    said = words("masking")
    assert [word for word in said if word in ("True", "False", "none")] == [
        *("False", "True", "True", "False", "True"),
        *("True", "True", "True", "False", "False"),
        *["none"] * T,
    ]
    inputs = [word for word in said if word == "0" or re.fullmatch("x[₁₂₃₄₅]", word)]
    assert inputs == [*("x₁", "x₂", "x₃", "x₄", "x₅"), *("x₁", "x₂", "x₃", "0", "0") * 2]


def test_arrows_repeat_an_output_into_the_masked_timesteps_that_have_one_before_them():
    repeats = {("holes", 3), ("masked", 3), ("masked", 4)}
    wires = {f"{name}-t{t}-u{j}": f"{name}-t{t - 1}-u{j}" for name, t in repeats for j in range(N)}
    assert_wires("masking", {f"{to}-wire": (f"{of}-box", f"{to}-box") for to, of in wires.items()})


def test_the_caption_holds_a_mask_keeps_h_and_c_and_zeros_change_both():
    state = worked_layer(return_state=True)
    x = np.array([[*X[:3], ZERO, ZERO]])
    _, *alone = state(x[:, :3])
    _, *masked = state(x, mask=np.array([[True, True, True, False, False]]))
    _, *unmasked = state(x)
    for expected, kept, changed in zip(alone, masked, unmasked, strict=True):
        assert (kept == expected).all()
        assert (abs(changed - expected) > 0.001).all()
