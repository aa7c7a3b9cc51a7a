"""Layouts: which number of Keras's arrays lies where in another system's, and back without loss."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lstm_ref import layouts
from tests.lstm_ref.problems import problems

F, N = 3, 2
GATES = "ifgo"
SYSTEMS = ["keras1", "cudnn", "pytorch", "flax", "flax_nnx", "onnx", "tf1"]


def to(system, weights, **options):
    return getattr(layouts, f"to_{system}")(*weights, **options)


def back(system, theirs, **options):
    convert = getattr(layouts, f"from_{system}")
    return convert(theirs) if system == "flax" else convert(*theirs, **options)


def leaves(theirs):
    """The arrays of a system, in order."""
    return [a for part in theirs.values() for a in part.values()] if isinstance(theirs, dict) else list(theirs)


def same(ours, theirs):
    assert len(ours) == len(theirs)
    for a, b in zip(ours, theirs, strict=True):
        assert a.shape == b.shape and a.dtype == b.dtype
        assert (a == b).all()


def telling():
    """Weights that say who they are: 1ikj in the kernel, 2ikj in the recurrent kernel, 3i0j in the bias, for gate i."""
    columns = [100 * gate + j for gate in range(4) for j in range(N)]
    kernel = [[1000 + 10 * k + column for column in columns] for k in range(F)]
    recurrent_kernel = [[2000 + 10 * k + column for column in columns] for k in range(N)]
    return [np.array(array, float) for array in (kernel, recurrent_kernel, [3000 + column for column in columns])]


# Where a system keeps the weight of a gate from feature k, or unit k, to unit j, and the bias of unit j.
# The orders are typed from each system's source.
PLACES = {
    "keras1": (
        lambda a, gate, k, j: a[3 * "icfo".index(gate.replace("g", "c"))][k, j],
        lambda a, gate, k, j: a[3 * "icfo".index(gate.replace("g", "c")) + 1][k, j],
        lambda a, gate, j: a[3 * "icfo".index(gate.replace("g", "c")) + 2][j],
    ),
    "cudnn": (
        lambda a, gate, k, j: a[0][:, "ifgo".index(gate) * N :][:, :N].flat[j * F + k],
        lambda a, gate, k, j: a[1][:, "ifgo".index(gate) * N :][:, :N].flat[j * N + k],
        lambda a, gate, j: a[2]["ifgo".index(gate) * N + j] + a[2][4 * N + "ifgo".index(gate) * N + j],
    ),
    "pytorch": (
        lambda a, gate, k, j: a[0]["ifgo".index(gate) * N + j, k],
        lambda a, gate, k, j: a[1]["ifgo".index(gate) * N + j, k],
        lambda a, gate, j: a[2]["ifgo".index(gate) * N + j] + a[3]["ifgo".index(gate) * N + j],
    ),
    "flax": (
        lambda a, gate, k, j: a["i" + gate]["kernel"][k, j],
        lambda a, gate, k, j: a["h" + gate]["kernel"][k, j],
        lambda a, gate, j: a["h" + gate]["bias"][j],
    ),
    "flax_nnx": (
        lambda a, gate, k, j: a[0][k, "ifgo".index(gate) * N + j],
        lambda a, gate, k, j: a[1][k, "ifgo".index(gate) * N + j],
        lambda a, gate, j: a[2]["ifgo".index(gate) * N + j],
    ),
    "onnx": (
        lambda a, gate, k, j: a[0][0, "iofg".index(gate) * N + j, k],
        lambda a, gate, k, j: a[1][0, "iofg".index(gate) * N + j, k],
        lambda a, gate, j: a[2][0, "iofg".index(gate) * N + j] + a[2][0, ("iofg".index(gate) + 4) * N + j],
    ),
    "tf1": (
        lambda a, gate, k, j: a[0][k, "igfo".index(gate) * N + j],
        lambda a, gate, k, j: a[0][F + k, "igfo".index(gate) * N + j],
        lambda a, gate, j: a[1]["igfo".index(gate) * N + j] + (gate == "f"),
    ),
}

SHAPES = {
    "keras1": [(F, N), (N, N), (N,)] * 4,
    "cudnn": [(F, 4 * N), (N, 4 * N), (8 * N,)],
    "pytorch": [(4 * N, F), (4 * N, N), (4 * N,), (4 * N,)],
    "flax": [(F, N), (N, N), (N,)] * 4,
    "flax_nnx": [(F, 4 * N), (N, 4 * N), (4 * N,)],
    "onnx": [(1, 4 * N, F), (1, 4 * N, N), (1, 8 * N)],
    "tf1": [(F + N, 4 * N), (4 * N,)],
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_weight_lands_where_the_system_looks_for_it(system):
    theirs = to(system, telling())
    assert [a.shape for a in leaves(theirs)] == SHAPES[system]
    from_x, from_h, of_bias = PLACES[system]
    for index, gate in enumerate(GATES):
        for j in range(N):
            assert of_bias(theirs, gate, j) == 3000 + 100 * index + j
            for k in range(F):
                assert from_x(theirs, gate, k, j) == 1000 + 100 * index + 10 * k + j
            for k in range(N):
                assert from_h(theirs, gate, k, j) == 2000 + 100 * index + 10 * k + j


@pytest.mark.parametrize(
    ("system", "expected"),
    [
        (
            "keras1",
            [[[1], [2]], [[9]], [13], [[5], [6]], [[11]], [15], [[3], [4]], [[10]], [14], [[7], [8]], [[12]], [16]],
        ),
        ("cudnn", [[[1, 3, 5, 7], [2, 4, 6, 8]], [[9, 10, 11, 12]], [13, 14, 15, 16, 0, 0, 0, 0]]),
        ("pytorch", [[[1, 2], [3, 4], [5, 6], [7, 8]], [[9], [10], [11], [12]], [13, 14, 15, 16], [0, 0, 0, 0]]),
        (
            "flax",
            [[[1], [2]], [[9]], [13], [[3], [4]], [[10]], [14], [[5], [6]], [[11]], [15], [[7], [8]], [[12]], [16]],
        ),
        ("flax_nnx", [[[1, 3, 5, 7], [2, 4, 6, 8]], [[9, 10, 11, 12]], [13, 14, 15, 16]]),
        ("onnx", [[[[1, 2], [7, 8], [3, 4], [5, 6]]], [[[9], [12], [10], [11]]], [[13, 16, 14, 15, 0, 0, 0, 0]]]),
        ("tf1", [[[1, 5, 3, 7], [2, 6, 4, 8], [9, 11, 10, 12]], [13, 15, 13, 16]]),
    ],
)
def test_one_unit_by_eye(system, expected):
    """One unit of two features: i hears them with 1 2, f with 3 4, g with 5 6, o with 7 8."""
    weights = [np.array([[1.0, 3, 5, 7], [2, 4, 6, 8]]), np.array([[9.0, 10, 11, 12]]), np.array([13.0, 14, 15, 16])]
    theirs = to(system, weights)
    assert [a.tolist() for a in leaves(theirs)] == expected
    same(back(system, theirs), weights)


@pytest.mark.parametrize("system", SYSTEMS)
@given(problem=problems())
def test_there_and_back(system, problem):
    same(back(system, to(system, problem.weights)), problem.weights)


FLOATS = {"allow_nan": False, "allow_infinity": False}


@pytest.mark.parametrize("system", SYSTEMS)
@given(bias=arrays(np.float32, 4 * N, elements=st.floats(width=32, **FLOATS)))
def test_no_bit_of_a_bias_is_lost(system, bias):
    weights = [np.ones((F, 4 * N), np.float32), np.ones((N, 4 * N), np.float32), bias]
    options = {"forget_bias": 0.0} if system == "tf1" else {}
    same(back(system, to(system, weights, **options), **options), weights)


@given(arrays(np.float64, 4 * N, elements=st.floats(-1, 1)))
def test_a_forget_bias_added_at_run_time_costs_one_rounding(bias):
    weights = [np.ones((F, 4 * N)), np.ones((N, 4 * N)), bias]
    *kernels, after = back("tf1", to("tf1", weights))
    same(kernels, weights[:2])
    assert np.abs(after - bias).max() <= np.finfo(float).eps
    assert (np.delete(after, [2, 3]) == np.delete(bias, [2, 3])).all()


def test_the_forget_bias_goes_into_the_forget_gates_and_comes_out_again():
    kernel, bias = np.ones((F + N, 4 * N)), np.zeros(4 * N)
    assert layouts.from_tf1(kernel, bias)[2].tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    assert layouts.from_tf1(kernel, bias, forget_bias=0.5)[2].tolist() == [0, 0, 0.5, 0.5, 0, 0, 0, 0]
    stored = layouts.to_tf1(kernel[:F], kernel[F:], bias, forget_bias=0.25)[1]
    assert stored.tolist() == [0, 0, 0, 0, -0.25, -0.25, 0, 0]


@pytest.mark.parametrize("system", SYSTEMS)
@given(problem=problems(), seed=st.integers(0, 9))
def test_back_and_there_is_exact_but_for_two_biases(system, problem, seed):
    rng = np.random.default_rng(seed)
    theirs = to(system, problem.weights)
    for array in leaves(theirs):
        array[...] = rng.integers(-16, 17, array.shape) / 16
    after = to(system, back(system, theirs))
    if system in ("cudnn", "onnx"):
        halves = np.split(leaves(theirs)[-1], 2, axis=-1)
        same(leaves(after), [*leaves(theirs)[:-1], np.concatenate([sum(halves), 0 * halves[0]], axis=-1)])
    elif system == "pytorch":
        *kernels, first, second = theirs
        same(after, [*kernels, first + second, 0 * first])
    else:
        same(leaves(after), leaves(theirs))


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_is_shared_with_what_came_in(system):
    weights = telling()
    theirs = to(system, weights)
    ours = back(system, theirs)
    for a in [*leaves(theirs), *ours]:
        a[...] = -1
    same(weights, telling())
    assert all((a == -1).all() for a in leaves(theirs))


KERNEL, RECURRENT_KERNEL, BIAS = telling()


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("weights", "parts"),
    [
        ((KERNEL.T, RECURRENT_KERNEL, BIAS), ["kernel has shape (8, 3)", "(features, 8)", "Transposed?"]),
        ((KERNEL, RECURRENT_KERNEL.T, BIAS), ["has shape (8, 2)", "(2, 8)", "Transposed?"]),
        ((KERNEL, RECURRENT_KERNEL, BIAS[:-1]), ["bias has shape (7,)", "expected (8,)"]),
        ((KERNEL[:, :-1], RECURRENT_KERNEL, BIAS), ["kernel has shape (3, 7)", "(features, 8)"]),
        ((KERNEL[:0], RECURRENT_KERNEL, BIAS), ["kernel has shape (0, 8)", "(features, 8)"]),
        ((KERNEL, BIAS, RECURRENT_KERNEL), ["has shape (8,)", "a matrix that maps h to gates"]),
    ],
)
def test_keras_arrays_of_the_wrong_shape(system, weights, parts):
    refused(lambda: to(system, weights), *parts)


@pytest.mark.parametrize(
    ("system", "position", "change", "parts"),
    [
        ("keras1", 0, np.transpose, ["W_i has shape (2, 3)", "(features, 2)"]),
        ("keras1", 6, lambda a: a[1:], ["W_f has shape (2, 2)", "(3, 2)"]),
        ("keras1", 11, lambda a: a[1:], ["b_o has shape (1,)", "(2,)"]),
        ("cudnn", 2, lambda a: a[:8], ["bias has shape (8,)", "(16,)", "Keras's LSTM, not to CuDNNLSTM"]),
        ("pytorch", 0, np.transpose, ["weight_ih has shape (3, 8)", "(8, features)", "Transposed?"]),
        ("pytorch", 1, np.transpose, ["weight_hh has shape (2, 8)", "(8, 2)", "Transposed?"]),
        ("pytorch", 1, lambda a: a[:, :1], ["weight_hh has shape (8, 1)", "(4, 1)", "proj_size"]),
        ("pytorch", 3, lambda a: a[1:], ["bias_hh has shape (7,)", "(8,)"]),
        ("flax_nnx", 0, np.transpose, ["dense_i.kernel has shape (8, 3)", "(features, 8)", "Transposed?"]),
        ("onnx", 0, np.squeeze, ["W has shape (8, 3)", "(1, 8, features)"]),
        ("onnx", 1, lambda a: np.tile(a, (2, 1, 1)), ["R has shape (2, 8, 2)", "(1, 8, 2)", "R[:1]"]),
        ("onnx", 2, lambda a: a[:, :8], ["B has shape (1, 8)", "(1, 16)"]),
        ("tf1", 0, lambda a: a[:N], ["kernel has shape (2, 8)", "features + units"]),
        ("tf1", 0, lambda a: a[:, 1:], ["kernel has shape (5, 7)", "(features, 8)", "kernel above recurrent_kernel"]),
        ("tf1", 1, lambda a: a[1:], ["bias has shape (7,)", "(4,)"]),
    ],
)
def test_a_system_s_arrays_of_the_wrong_shape(system, position, change, parts):
    theirs = to(system, telling())
    theirs[position] = change(theirs[position])
    refused(lambda: back(system, theirs), *parts)


def test_three_arrays_are_not_keras_1_s_twelve():
    refused(lambda: layouts.from_keras1(*telling()), "3 arrays", "expected the 12", "consume_less='gpu'")


def test_flax_parameters_from_one_level_too_high_or_wrong_inside():
    params = to("flax", telling())
    refused(lambda: layouts.from_flax({"params": params}), "params has params", "ii.kernel", 'variables["params"]')
    del params["hg"]["bias"]
    refused(lambda: layouts.from_flax(params), "hg.bias missing")
    params = to("flax", telling())
    params["if"]["kernel"] = params["if"]["kernel"].T
    refused(lambda: layouts.from_flax(params), "if.kernel has shape (2, 3)", "(3, 2)", "Transposed?")


@pytest.mark.parametrize("system", SYSTEMS)
def test_integers_are_not_weights(system):
    with pytest.raises(TypeError, match="expected float32 or float64"):
        to(system, [array.astype(int) for array in telling()])


def refused(attempt, *parts):
    with pytest.raises(ValueError, match=r"expected|missing") as caught:
        attempt()
    missing = [part for part in parts if part not in str(caught.value)]
    assert not missing, f"{missing} not in: {caught.value}"
