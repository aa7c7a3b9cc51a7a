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

# The blocks, the states and the names of the arrays in their order, typed from each system's source.
ARRAYS = {
    "keras": ("ifgo", "hc", "kernel recurrent_kernel bias"),
    "keras1": ("igfo", "hc", "W_i U_i b_i W_c U_c b_c W_f U_f b_f W_o U_o b_o"),
    "cudnn": ("ifgo", "hc", "kernel recurrent_kernel bias"),
    "pytorch": ("ifgo", "hc", "weight_ih weight_hh bias_ih bias_hh"),
    "flax": (
        "ifgo",
        "ch",
        "ii.kernel hi.kernel hi.bias if.kernel hf.kernel hf.bias ig.kernel hg.kernel hg.bias io.kernel ho.kernel ho.bias",
    ),
    "flax_nnx": ("ifgo", "ch", "dense_i.kernel dense_h.kernel dense_h.bias"),
    "flax_nnx_lstmcell": (
        "ifgo",
        "ch",
        "ii.kernel hi.kernel hi.bias if_.kernel hf.kernel hf.bias ig.kernel hg.kernel hg.bias io.kernel ho.kernel ho.bias",
    ),
    "onnx": ("iofg", "hc", "W R B"),
    "tf1": ("igfo", "ch", "kernel bias"),
    "tinygrad": ("ifgo", "hc", "weight_ih weight_hh bias_ih bias_hh"),
    "paddle": ("ifgo", "hc", "weight_ih weight_hh bias_ih bias_hh"),
    "equinox": ("ifgo", "hc", "weight_ih weight_hh bias"),
    "mlx": ("ifgo", "hc", "Wx Wh bias"),
    "haiku": ("igfo", "hc", "w b"),
    "openvino": ("figo", "hc", "W R B"),
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


def test_each_system_has_its_names_and_orders():
    told = {name: (of.gates, of.states, " ".join(of.arrays)) for name, of in layouts.LAYOUTS.items()}
    assert told == ARRAYS


def test_two_systems_add_one_to_the_forget_gates_when_they_run():
    assert {name: of.forget_bias for name, of in layouts.LAYOUTS.items() if of.forget_bias} == {
        "tf1": 1.0,
        "haiku": 1.0,
    }


def test_tinygrad_and_paddle_keep_what_pytorch_keeps():
    assert layouts.LAYOUTS["tinygrad"] == layouts.LAYOUTS["paddle"] == layouts.LAYOUTS["pytorch"]


def test_all_conversions_are_exported():
    conversions = {name for name in vars(layouts) if name.startswith(("from_", "to_"))}
    assert {*layouts.__all__} == conversions | {"LAYOUTS", "Layout"}


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
        ("cudnn", 2, lambda a: a[:8], ["bias has shape (8,)", "(16,)", "(8 * units,)", "two biases"]),
        ("pytorch", 0, np.transpose, ["weight_ih has shape (3, 8)", "(8, features)", "Transposed?"]),
        ("pytorch", 1, np.transpose, ["weight_hh has shape (2, 8)", "(8, 2)", "Transposed?"]),
        ("pytorch", 1, lambda a: a[:, :1], ["weight_hh has shape (8, 1)", "(4, 1)", "proj_size"]),
        ("pytorch", 3, lambda a: a[1:], ["bias_hh has shape (7,)", "(8,)"]),
        ("flax_nnx", 0, np.transpose, ["dense_i.kernel has shape (8, 3)", "(features, 8)", "Transposed?"]),
        ("onnx", 0, np.squeeze, ["W has shape (8, 3)", "(1, 8, features)"]),
        ("onnx", 1, lambda a: np.tile(a, (2, 1, 1)), ["R has shape (2, 8, 2)", "(1, 8, 2)", "each array has two"]),
        ("onnx", 2, lambda a: a[:, :8], ["B has shape (1, 8)", "(1, 16)"]),
        ("tf1", 0, lambda a: a[:N], ["kernel has shape (2, 8)", "(features + units, 8)", "x and h, in this order"]),
        ("tf1", 0, lambda a: a[:, 1:], ["kernel has shape (5, 7)", "(features + units, 4 * units)"]),
        ("tf1", 1, lambda a: a[1:], ["bias has shape (7,)", "expected (8,)"]),
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
    refused(lambda: layouts.from_flax({"params": params}), "ii.kernel", "there are params", "Pass what is inside")
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


def named(name, *arrays):
    return dict(zip(layouts.LAYOUTS[name].arrays, arrays, strict=True))


X, H, B = 1.0 + np.arange(4.0), 5.0 + np.arange(4.0), 9.0 + np.arange(4.0)  # i f g o, one unit, one feature


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        (layouts.LAYOUTS["equinox"], [[[1], [2], [3], [4]], [[5], [6], [7], [8]], [9, 10, 11, 12]]),
        (layouts.LAYOUTS["mlx"], [[[1], [2], [3], [4]], [[5], [6], [7], [8]], [9, 10, 11, 12]]),
        (layouts.LAYOUTS["haiku"], [[[1, 3, 2, 4], [5, 7, 6, 8]], [9, 11, 9, 12]]),
        (layouts.LAYOUTS["openvino"], [[[2], [1], [3], [4]], [[6], [5], [7], [8]], [10, 9, 11, 12]]),
        (layouts.Layout({"b": "b", "W": "hx"}, "gifo", rows=True), [[11, 9, 10, 12], [[7, 3], [5, 1], [6, 2], [8, 4]]]),
    ],
)
def test_layouts_without_functions_of_their_own_by_eye(layout, expected):
    theirs = layouts.to_layout(layout, X[np.newaxis], H[np.newaxis], B)
    assert [array.tolist() for array in theirs.values()] == expected
    same(layouts.from_layout(layout, theirs), [X[np.newaxis], H[np.newaxis], B])
    same(layouts.from_layout(layout, list(theirs.values())), [X[np.newaxis], H[np.newaxis], B])


def test_interleaved_rows_lie_together_by_unit():
    """Two units: the rows of unit 0 in the order g i f o, then those of unit 1."""
    layout = layouts.Layout({"W": "x", "U": "h", "b": "b"}, gates="gifo", rows=True, interleaved=True)
    theirs = layouts.to_layout(layout, *telling())
    assert theirs["b"].tolist() == [3200, 3000, 3100, 3300, 3201, 3001, 3101, 3301]
    assert theirs["W"][:, 2].tolist() == [1220, 1020, 1120, 1320, 1221, 1021, 1121, 1321]
    same(layouts.from_layout(layout, theirs), telling())


@st.composite
def any_layout(draw):
    """Any order, any parts in any arrays, any of the flags."""
    gates = "".join(draw(st.permutations("ifgo")))
    kinds = [
        draw(st.sampled_from([["x", "h"], ["xh"], ["hx"]])),
        draw(st.sampled_from([[], ["b"], ["b", "r"], ["br"]])),
    ]
    holds = draw(st.permutations([part for kind in kinds for part in kind]))
    if draw(st.booleans()):
        holds = [f"{part}:{gate}" for part in holds for gate in gates]
    flags = {flag: draw(st.booleans()) for flag in ("rows", "interleaved", "scrambled", "directions")}
    return layouts.Layout({f"a{k}": part for k, part in enumerate(holds)}, gates, **flags)


@given(any_layout(), problems())
def test_any_layout_there_and_back(layout, problem):
    weights = problem.weights
    if not any("b" in holds for holds in layout.arrays.values()):
        weights = [*weights[:2], np.zeros_like(weights[2])]
    theirs = layouts.to_layout(layout, *weights)
    assert list(theirs) == list(layout.arrays) and all(array.flags.c_contiguous for array in theirs.values())
    assert not any(np.shares_memory(a, b) for a in theirs.values() for b in weights)
    ours = layouts.from_layout(layout, theirs)
    same(ours, weights)
    assert not any(np.shares_memory(a, b) for a in theirs.values() for b in ours)


@pytest.mark.parametrize(
    ("layout", "error", "part"),
    [
        (None, TypeError, "layout is None"),
        (layouts.Layout(None), TypeError, "expected a Layout"),
        (layouts.LAYOUTS["keras"]._replace(gates=None), TypeError, "expected a Layout"),
        (layouts.LAYOUTS["keras"]._replace(gates="ifg"), ValueError, "expected each gate"),
        (layouts.Layout({"a": "x"}), ValueError, "expected each gate"),
        (layouts.Layout({"a": "xb", "c": "h"}), ValueError, "expected each gate"),
        (layouts.Layout({"a": "x", "b": "h", "c": "h"}), ValueError, "expected each gate"),
        (layouts.Layout({"a": "x", "b": "h", "c": "b:i"}), ValueError, "expected each gate"),
        (layouts.Layout({"a": "x", "b": "h", "c": "r"}), ValueError, "expected each gate"),
    ],
)
def test_a_layout_that_says_too_little_or_too_much(layout, error, part):
    with pytest.raises(error, match=part):
        layouts.from_layout(layout, telling())
    with pytest.raises(error, match=part):
        layouts.to_layout(layout, *telling())


def test_a_bias_has_no_place_in_a_layout_without():
    refused(lambda: layouts.to_layout(layouts.Layout({"W": "x", "U": "h"}), *telling()), "bias is", "expected None")


@pytest.mark.parametrize("forget_bias", ["1", b"1", None, 1j, "a", [1.0], {}, True, np.array([1.0])])
def test_a_forget_bias_is_a_number(forget_bias):
    for attempt in (
        lambda: layouts.from_tf1(np.ones((5, 8)), np.ones(8), forget_bias),
        lambda: to("tf1", telling(), forget_bias=forget_bias),
    ):
        with pytest.raises(TypeError, match=r"forget_bias is .*; expected a number"):
            attempt()


@pytest.mark.parametrize("forget_bias", [np.nan, np.inf, 10**400])
def test_a_forget_bias_is_finite(forget_bias):
    refused(lambda: layouts.from_tf1(np.ones((5, 8)), np.ones(8), forget_bias), "forget_bias is", "expected a")


def test_biases_that_add_up_to_more_than_their_type_holds():
    kernels, large = [np.ones((8, 3), np.float32), np.ones((8, 2), np.float32)], np.full(8, 3e38, np.float32)
    with pytest.raises(ValueError, match="more than float32 holds"):
        layouts.from_pytorch(*kernels, large, large)
    with pytest.raises(ValueError, match="more than float32 holds"):
        layouts.from_tf1(np.ones((5, 8), np.float32), large, 1e300)


@pytest.mark.parametrize("system", ["cudnn", "pytorch", "flax_nnx", "onnx"])
def test_no_bias_is_a_bias_of_zeros(system):
    kernel, recurrent_kernel, bias = telling()
    theirs = to(system, [kernel, recurrent_kernel, None])
    ours = [kernel, recurrent_kernel, np.zeros_like(bias)]
    same(theirs, to(system, ours))
    if system in ("pytorch", "onnx"):
        same(back(system, theirs[:2]), ours)


def test_one_bias_of_two_is_not_enough():
    refused(lambda: layouts.from_pytorch(*to("pytorch", telling())[:3]), "bias_hh missing")


def test_lists_are_arrays():
    theirs = to("tf1", telling())
    same(layouts.from_tf1(*(array.tolist() for array in theirs)), back("tf1", theirs))


@pytest.mark.parametrize("params", [None, [1], "x", 5])
def test_flax_parameters_are_a_mapping(params):
    with pytest.raises((TypeError, ValueError), match=r"expected 12: ii\.kernel"):
        layouts.from_flax(params)


@pytest.mark.parametrize("params", [{"ii": None}, {3: {}}, {"ii": {"kernel": None}}, {}])
def test_flax_parameters_that_are_missing(params):
    refused(lambda: layouts.from_flax(params), "ii.kernel", "missing; there are")


def test_the_cell_of_nnx_has_an_underscore_more():
    params = to("flax", telling())
    params["if_"] = params.pop("if")
    same(layouts.from_flax(params), telling())
    flat = layouts.to_layout(layouts.LAYOUTS["flax_nnx_lstmcell"], *telling())
    assert [*flat] == [f"{gate}.{leaf}" for gate, leaf in (name.split(".") for name in flat)] and "if_.kernel" in flat


def stack(layers, directions):
    """The arrays of a stack: those of layer l in direction d are 100 * l + 10 * d more than `telling`."""
    result, features = [], F
    for layer in range(layers):
        result.append([])
        for direction in range(directions):
            kernel, *others = telling()
            kernel = np.resize(kernel, (features, 4 * N))
            result[-1] += [array + 1e5 * layer + 1e4 * direction for array in (kernel, *others)]
        features = directions * N
    return result


@pytest.mark.parametrize("directions", [1, 2])
@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("prefix", ["", "encoder.lstm", "lstm."])
def test_state_dicts_of_pytorch(layers, directions, prefix):
    weights = stack(layers, directions)
    state_dict = layouts.to_pytorch_state_dict(weights, prefix)
    start = f"{prefix.rstrip('.')}." if prefix else ""
    ends = [f"_l{layer}{reverse}" for layer in range(layers) for reverse in ["", "_reverse"][:directions]]
    names = [f"{start}{name}{end}" for end in ends for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    assert list(state_dict) == names
    state_dict = dict(reversed(state_dict.items())) | {"head.weight": np.ones((2, 2), np.int64), "head.bias": None}
    for found in (layouts.from_pytorch_state_dict(state_dict), layouts.from_pytorch_state_dict(state_dict, prefix)):
        assert len(found) == layers
        for ours, expected in zip(found, weights, strict=True):
            same(ours, expected)
    without = {name: array for name, array in state_dict.items() if "bias" not in name}
    for ours, expected in zip(layouts.from_pytorch_state_dict(without), weights, strict=True):
        same(ours, [array * (k % 3 < 2) for k, array in enumerate(expected)])


def test_the_state_dict_of_a_cell():
    cell = named("pytorch", *to("pytorch", telling()))
    same(layouts.from_pytorch_state_dict(cell)[0], telling())
    same(layouts.from_pytorch_state_dict({f"cells.0.{name}": array for name, array in cell.items()})[0], telling())


def test_state_dicts_that_are_refused():
    two = layouts.to_pytorch_state_dict(stack(2, 2))
    read = layouts.from_pytorch_state_dict
    refused(lambda: read({**two, "weight_hr_l0": np.ones((1, N))}), "proj_size", "expected none")
    refused(lambda: read({"a.weight_ih": 1, "b.weight_ih": 1}), "prefix is None", "'a', 'b'")
    refused(lambda: read(two, "lstm"), "prefix is 'lstm'", "expected", "''")
    refused(lambda: read(two, ["lstm"]), "prefix is ['lstm']", "expected")
    refused(lambda: read({3: 4}), "expected", "none")
    refused(
        lambda: read({name: a for name, a in two.items() if "hh_l1_r" not in name}),
        "layer 1_reverse",
        "weight_hh, bias_hh missing",
    )
    refused(lambda: read({name: a for name, a in two.items() if "_l0" not in name}), "layer 0 ", "weight_hh missing")
    refused(lambda: read({"weight_ih": np.ones((6, 3)), "weight_hh": np.ones((6, 2))}), "expected (8, 2)", "a GRU?")
    with pytest.raises(TypeError, match=r"layer 0 of '': weight_hh has dtype int64"):
        read({**two, "weight_hh_l0": np.ones((8, 2), int)})
    with pytest.raises(TypeError, match="state_dict is None"):
        read(None)


def test_layers_that_are_no_layers():
    for layers, prefix in ((None, ""), ([telling()], 3)):
        with pytest.raises(TypeError, match="expected a list of layers and a string"):
            layouts.to_pytorch_state_dict(layers, prefix)
    for layer, part in ((None, "a layer is None"), ([1, 2], "a layer is 2 arrays")):
        refused(lambda layer=layer: layouts.to_pytorch_state_dict([layer]), part, "expected kernel")
    refused(lambda: layouts.to_onnx(*telling(), *telling(), 1), "a layer is 7 arrays", "expected kernel")


def test_more_arrays_than_one_layer_has():
    with pytest.raises(TypeError, match=r"8 arrays; expected weight_ih.*from_pytorch_state_dict"):
        layouts.from_pytorch(*to("pytorch", telling()) * 2)
    with pytest.raises(TypeError, match=r"dict; expected weight_ih.*from_pytorch_state_dict"):
        layouts.from_pytorch(named("pytorch", *to("pytorch", telling())))


class Tensor:
    """It wants to be detached before it becomes an array, as one of PyTorch that requires a gradient."""

    def __init__(self, array):
        self.array = array

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    def detach(self):
        return self.array


def test_parameters_that_require_a_gradient():
    theirs = to("pytorch", telling())
    same(layouts.from_pytorch(*map(Tensor, theirs)), telling())


def test_onnx_in_two_directions():
    forwards, backwards = telling(), [array + 5 for array in telling()]
    both = layouts.to_onnx(*forwards, *backwards)
    assert [array.shape for array in both] == [(2, 8, 3), (2, 8, 2), (2, 16)]
    for array, one, other in zip(both, to("onnx", forwards), to("onnx", backwards), strict=True):
        same(array, [one[0], other[0]])
    same(layouts.from_onnx(*both), [*forwards, *backwards])
    zeros = np.zeros_like(BIAS)
    same(layouts.from_onnx(*both[:2]), [*forwards[:2], zeros, *backwards[:2], zeros])


def test_onnx_nodes_that_compute_something_else():
    theirs = to("onnx", telling())
    for attributes in (
        {"clip": 1.0},
        {"clip": 0.0},
        {"input_forget": 1},
        {"input_forget": np.ones(2)},
        {"P": np.ones((1, 6))},
    ):
        refused(lambda attributes=attributes: layouts.from_onnx(*theirs, **attributes), *attributes, "expected")
    same(layouts.from_onnx(*theirs, P=np.zeros((1, 6)), input_forget=0, clip=None), telling())


ONE = [np.ones((1, 4)), np.ones((1, 4)), np.array([1.0, 2.0, 3.0, 4.0])]
PLAIN = layouts.Layout({"W": "x", "U": "h", "b": "b"})
JOINED = layouts.Layout({"w": "xh", "b": "b"})
WORDS = [
    (lambda: layouts.to_layout(layouts.Layout({"W": "x", "U": "h"}), *ONE), ValueError, "bias is array([1., 2., 3., 4.]); expected None or zeros: the layout has no bias"),
    (lambda: layouts.from_layout(layouts.Layout({"a": "x"}), ONE), ValueError, "layout is Layout(arrays={'a': 'x'}, gates='ifgo', rows=False, interleaved=False, scrambled=False, directions=False, forget_bias=0.0, states='hc'); expected each gate of x and h, and of each bias, in one array"),
    (lambda: layouts.to_tf1(*ONE, forget_bias="1"), TypeError, "forget_bias is '1'; expected a number"),
    (lambda: layouts.to_tf1(*ONE, forget_bias=np.inf), ValueError, "forget_bias is inf; expected a finite number"),
    (lambda: layouts.from_layout(PLAIN, [1]), ValueError, "1 arrays; expected 3: W, U, b"),
    (lambda: layouts.from_layout(PLAIN, "WUb"), TypeError, "'WUb'; expected 3: W, U, b"),
    (lambda: layouts.from_layout(PLAIN, [None, *ONE[1:]]), ValueError, "W missing"),
    (lambda: layouts.from_layout(PLAIN, {}), ValueError, "W, U missing; there are none"),
    (lambda: layouts.from_layout(PLAIN, {"a": 1, "b": ONE[2]}), ValueError, "W, U missing; there are a, b"),
    (lambda: layouts.from_layout(PLAIN, {"layer": {}}), ValueError, "W, U missing; there are layer. Pass what is inside"),
    (lambda: layouts.from_layout(JOINED, [ONE[0][0], ONE[2]]), ValueError, "w has shape (4,); expected (features + units, 4 * units), a matrix that maps h to gates"),
    (lambda: layouts.from_layout(PLAIN, [ONE[0][0], *ONE[1:]]), ValueError, "W has shape (4,); expected (features, 4) = (features, 4 * units)"),
    (lambda: layouts.from_layout(PLAIN, [*ONE[:2], ONE[2][1:]]), ValueError, "b has shape (3,); expected (4,) = (4 * units,)"),
    (lambda: layouts.from_layout(PLAIN, [*ONE[:1], np.ones((2, 2, 8)), ONE[2]]), ValueError, "U has shape (2, 2, 8); expected (2, 8) = (units, 4 * units)"),
    (lambda: layouts.from_layout(PLAIN, [np.ones((1, 5)), *ONE[1:]]), ValueError, "W has shape (1, 5); expected (features, 4) = (features, 4 * units)"),
    (lambda: layouts.from_layout(layouts.LAYOUTS["keras"], [*ONE[:1], np.ones((3, 8)), ONE[2]]), ValueError, "recurrent_kernel has shape (3, 8); expected (3, 12) = (units, 4 * units). A projection, as of proj_size, is not converted"),
    (lambda: layouts.from_layout(PLAIN, [*ONE[:1], np.ones((2, 2)), ONE[2]]), ValueError, "U has shape (2, 2); expected (2, 8) = (units, 4 * units). Is it of a plain RNN?"),
    (lambda: layouts.from_layout(PLAIN, [*ONE[:1], np.ones((2, 6)), ONE[2]]), ValueError, "U has shape (2, 6); expected (2, 8) = (units, 4 * units). Is it of a GRU?"),
    (lambda: layouts.from_layout(layouts.LAYOUTS["keras1"], [np.ones(s) for s in [(3, 2), (2, 2), 2, (2, 2), *[(2, 2), 2, (3, 2)] * 2, (2, 2), 2]]), ValueError, "W_c has shape (2, 2); expected (3, 2) = (features, units)"),
    (lambda: layouts.from_layout(layouts.LAYOUTS["onnx"], [np.ones(s) for s in [(1, 4, 1), (1, 4, 1), (1, 4)]]), ValueError, "B has shape (1, 4); expected (1, 8) = (1, 8 * units). It holds two biases, one behind the other"),
    (lambda: layouts.from_onnx(np.ones((1, 6, 3)), np.ones((1, 6, 2))), ValueError, "R has shape (1, 6, 2); expected (1, 8, 2) = (1, 4 * units, units). Is it of a GRU?"),
    (lambda: layouts.from_onnx(np.ones((1, 3, 8)), np.ones((1, 8, 2))), ValueError, "W has shape (1, 3, 8); expected (1, 8, features) = (1, 4 * units, features). Transposed? Swap the last two axes"),
    (lambda: layouts.from_layout(layouts.LAYOUTS["onnx"], [np.ones(s) for s in [(2, 4, 1), (1, 4, 1), (1, 8)]]), ValueError, "W has shape (2, 4, 1); expected (1, 4, features) = (1, 4 * units, features). Two directions? Then each array has two"),
    (lambda: layouts.from_layout(JOINED, [np.ones((1, 4)), ONE[2]]), ValueError, "w has shape (1, 4); expected (features + units, 4) = (features + units, 4 * units). It holds x and h, in this order"),
    (lambda: layouts.from_pytorch(*[np.full((4, 1), 1.0)] * 2, *[np.full(4, 1e308)] * 2), ValueError, "the biases, or bias and forget_bias, add up to more than float64 holds; pass float64"),
    (lambda: layouts.to_pytorch_state_dict(None, 3), TypeError, "layers is None, prefix 3; expected a list of layers and a string"),
    (lambda: layouts.from_pytorch_state_dict({}, "lstm"), ValueError, "prefix is 'lstm'; expected one of those that have recurrent weights: none"),
    (lambda: layouts.from_pytorch_state_dict({"lstm.weight_hr_l0": 1}), ValueError, "weight_hr came, so there is a proj_size; expected none: Keras's LSTM has no projection"),
    (lambda: layouts.from_onnx(*ONE, clip=3.0, input_forget=1), ValueError, "the node has clip 3.0, input_forget 1, P None; expected None, 0, and None or zeros: Keras's LSTM has no such thing"),
    (lambda: layouts.from_onnx(*ONE, P=[1.0]), ValueError, "the node has clip None, input_forget 0, P [1.0]; expected None, 0, and None or zeros: Keras's LSTM has no such thing"),
    (lambda: layouts.from_onnx(*ONE, P=[1]), TypeError, 'P has dtype int64; expected float32 or float64. Convert it: np.asarray(P, dtype="float32")'),
]  # fmt: skip


@pytest.mark.parametrize(("attempt", "error", "message"), WORDS)
def test_the_words_of_an_error(attempt, error, message):
    with pytest.raises(error) as caught:
        attempt()
    assert (type(caught.value), str(caught.value)) == (error, message)


def test_a_bias_that_is_infinite_stays_it():
    kernels, bias = [np.ones((4, 1))] * 2, np.array([np.inf, -np.inf, 1.0, 2.0])
    assert layouts.from_pytorch(*kernels, bias, np.ones(4))[2].tolist() == [np.inf, -np.inf, 2.0, 3.0]
    assert layouts.from_pytorch(*kernels, np.ones(4), bias)[2].tolist() == [np.inf, -np.inf, 2.0, 3.0]


def test_a_direction_before_the_joined_kernel():
    layout = layouts.Layout({"w": "xh", "b": "b"}, directions=True)
    theirs = layouts.to_layout(layout, *telling())
    assert [array.shape for array in theirs.values()] == [(1, F + N, 4 * N), (1, 4 * N)]
    same(layouts.from_layout(layout, theirs), telling())
