"""Whatever is passed: the right answer, or an error that names it; no warning, nothing changed, nothing half done.

`make test` draws a few examples, `make fuzz` as many as it is told to.
"""

import os
import pickle
import traceback
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import lstm_ref
from lstm_ref import LSTM, activations, diagonal_blocks, initializers, one_unit, run, step, step_jacobian, unit_columns
from lstm_ref.examples import worked_layer

HERE = Path(lstm_ref.__file__).parent
EXAMPLES = int(os.environ.get("FUZZ", "10"))
AGAIN = EXAMPLES <= 10 and settings.default.derandomize  # a long run draws others each time
fuzz = settings(max_examples=EXAMPLES, derandomize=AGAIN, suppress_health_check=list(HealthCheck))

B, T, F, N = 2, 5, 3, 4
RNG = np.random.default_rng(5)
X, H, C = (RNG.normal(size=size) for size in [(B, T, F), (B, N), (B, N)])
KERNEL, RECURRENT_KERNEL, BIAS = WEIGHTS = [RNG.normal(size=size) for size in [(F, 4 * N), (N, 4 * N), (4 * N,)]]
MASK = np.array([[True, True, False, True, False], [False, True, True, True, True]])
DROPPED = np.array([[2.0, 0.0, 2.0, 0.0], [0.0, 0.0, 2.0, 2.0]])


def layer(**arguments):
    made = LSTM(N, **{"return_sequences": True, "return_state": True, "stateful": True, "seed": 0, **arguments})
    made.set_weights(WEIGHTS if made.use_bias else WEIGHTS[:2])
    return made


def at(position, values, value):
    return [*values[:position], value, *values[position + 1 :]]


def built(shape):
    made = LSTM(N)
    made.build(shape)
    return made.get_weights()


def from_set_weights(position, value):
    made = layer()
    made.set_weights(at(position, WEIGHTS, value))
    return made.get_weights()


SAMPLE = [X[0, 0], H[0], C[0], *WEIGHTS]
STEP, RUN = [X[:, 0], H, C, *WEIGHTS], [X, H, C, *WEIGHTS]
NAMES = ["x", "h", "c", "kernel", "recurrent_kernel", "bias"]

# Every argument that is an array: what an error calls it, one that fits, and what is computed of it.
ARRAYS = {
    "call x": ("x", X, lambda v: layer()(v)),
    "call of a layer without weights x": ("x", X, lambda v: LSTM(N, seed=0)(v)),
    "trace x": ("x", X, lambda v: layer().trace(v)),
    "call mask": ("mask", MASK, lambda v: layer()(X, mask=v)),
    "trace mask": ("mask", MASK, lambda v: layer().trace(X, v)),
    "call h": ("initial_state", H, lambda v: layer()(X, initial_state=[v, C])),
    "call c": ("initial_state", C, lambda v: layer()(X, initial_state=(H, v))),
    **{f"set_weights {NAMES[3 + k]}": (NAMES[3 + k], WEIGHTS[k], partial(from_set_weights, k)) for k in range(3)},
    **{f"step {NAMES[k]}": (NAMES[k], STEP[k], lambda v, k=k: step(*at(k, STEP, v))) for k in range(6)},
    **{f"run {NAMES[k]}": (NAMES[k], RUN[k], lambda v, k=k: run(*at(k, RUN, v))) for k in range(6)},
    "run mask": ("mask", MASK, lambda v: run(*RUN, mask=v)),
    "run recurrent_dropout_mask": ("recurrent_dropout_mask", DROPPED, lambda v: run(*RUN, recurrent_dropout_mask=v)),
    **{f"jacobian {NAMES[k]}": (NAMES[k], SAMPLE[k], lambda v, k=k: step_jacobian(*at(k, SAMPLE, v))) for k in range(6)},
    **{f"one_unit {NAMES[3 + k]}": (NAMES[3 + k], WEIGHTS[k], lambda v, k=k: one_unit(at(k, WEIGHTS, v), 1)) for k in range(3)},
    "diagonal_blocks": ("recurrent_kernel", RECURRENT_KERNEL, diagonal_blocks),
    **{name: ("x", X, function) for name, function in activations.NAMES.items()},
}  # fmt: skip


class Subclass(np.ndarray):
    """Adds up in a way of its own, as np.matrix multiplies."""

    def __add__(self, other):
        return "no sum"

    __matmul__ = __mul__ = __getitem__ = __add__


class WithArray:
    """Has the protocol, and nothing else."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None, copy=None):
        return np.array(self.values, dtype)


class Attached(WithArray):
    """As a tensor of PyTorch that requires a gradient."""

    def __array__(self, dtype=None, copy=None):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")

    def detach(self):
        return WithArray(self.values)


class Symbol:
    """As a tensor that has no values yet."""

    def __array__(self, dtype=None, copy=None):
        raise ValueError("A KerasTensor is symbolic")


class Mute:
    """Cannot even say what it is."""

    def __repr__(self):
        raise KeyError("mute")

    def __array__(self, dtype=None, copy=None):
        raise OverflowError


def frozen(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def mapped(array, folder):
    kept = np.memmap(folder / "array", array.dtype, "w+", shape=array.shape)
    kept[...] = array
    return kept


def endless(_):
    values = []
    values.append(values)
    return values


THE_SAME = {
    "list": lambda a, _: a.tolist(),
    "tuples": lambda a, _: tuple(map(tuple, a.tolist())) if a.ndim == 2 else tuple(a.tolist()),
    "list of arrays": lambda a, _: list(a),
    "Fortran": lambda a, _: np.asfortranarray(a),
    "every second": lambda a, _: np.repeat(a, 2, axis=-1)[..., ::2],
    "backwards": lambda a, _: a[::-1].copy()[::-1],
    "read-only": lambda a, _: frozen(a),
    "memory-mapped": mapped,
    "subclass": lambda a, _: a.view(Subclass),
    "record": lambda a, _: a.view(np.recarray),
    "__array__": lambda a, _: WithArray(a),
    "requires a gradient": lambda a, _: Attached(a),
    "objects of the numbers": lambda a, _: a.astype(object).tolist(),
}
OTHERS = {
    "None": lambda a: None,
    "text": lambda a: "array",
    "bytes": lambda a: b"array",
    "empty": lambda a: [],
    "dict": lambda a: {"x": a},
    "set": lambda a: {1.0},
    "generator": lambda a: (row for row in a),
    "object": lambda a: object(),
    "complex": lambda a: a + 0j,
    "text in an array": lambda a: a.astype(str),
    "objects": lambda a: a.astype(object),
    "dates": lambda a: np.zeros(a.shape, "M8[s]"),
    "spans of time": lambda a: np.zeros(a.shape, "m8[s]"),
    "structured": lambda a: np.zeros(a.shape, [("a", float), ("b", float)]),
    "void": lambda a: np.zeros(a.shape, "V8"),
    "bytes of the other order": lambda a: a.astype(float).astype(">f8"),
    "half": lambda a: a.astype("float16"),
    "integers": lambda a: np.ones(a.shape, int),
    "the other kind": lambda a: np.ones(a.shape, float if a.dtype == bool else bool),
    "masked": lambda a: np.ma.masked_array(a, mask=np.ones(a.shape, bool)),
    "masked parts": lambda a: [np.ma.masked_array(part, mask=True) for part in a],
    "masked number": lambda a: np.ma.masked,
    "ragged": lambda a: [[1.0, 2.0], [1.0]],
    "ragged arrays": lambda a: [np.zeros(2), np.zeros((3, 3))],
    "holds itself": endless,
    "deep": lambda a: [[[[[[1.0]]]]]],
    "symbol": lambda a: Symbol(),
    "mute": lambda a: Mute(),
    "one of them mute": lambda a: [Mute(), Mute()],
    "type": lambda a: np.ndarray,
    "function": lambda a: np.zeros,
    "no rows": lambda a: np.zeros((0,) * a.ndim, a.dtype),
    "an axis more": lambda a: a[None, None],
    "one more": lambda a: np.concatenate([a, a[..., :1]], axis=-1),
}
ANY_SHAPE = {"empty", "no rows", "an axis more", "one more", "deep"}  # an activation takes them
NO_MASK = {"None"}
FITS = {
    "call of a layer without weights x": {"one more"},
    "call mask": NO_MASK,
    "trace mask": NO_MASK,
    "run mask": NO_MASK,
    "run recurrent_dropout_mask": NO_MASK,
}


def outcome(attempt, *names):
    """Return what came of it: a value, or `None` after an error of the library that names one of these."""
    try:
        return attempt()
    except (TypeError, ValueError, IndexError) as caught:
        error = caught
    last = traceback.extract_tb(error.__traceback__)[-1]
    assert Path(last.filename).parent == HERE and last.line.startswith("raise"), f"bare: {error!r} in {last.line}"
    assert any(name in str(error) for name in names), f"{names} not in: {error}"
    assert len(str(error)) < 1000
    return None


def parts(result):
    """Return the arrays of a result."""
    if isinstance(result, (list, tuple)):
        return [array for part in result for array in parts(part)]
    return [result]


def same(ours, theirs):
    for a, b in zip(parts(ours), parts(theirs), strict=True):
        assert a.dtype == b.dtype
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-12)  # a BLAS adds up in the order of the memory


@pytest.mark.parametrize("kind", THE_SAME)
@pytest.mark.parametrize("place", ARRAYS)
def test_array_likes_are_taken_for_what_they_hold(place, kind, tmp_path):
    _, good, function = ARRAYS[place]
    before = good.copy()
    value = THE_SAME[kind](good, tmp_path)
    result = function(value)
    assert all(type(part) in (np.ndarray, np.float64) for part in parts(result))
    same(result, function(before))
    np.testing.assert_array_equal(good, before)


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("place", ARRAYS)
def test_what_is_no_such_array_is_refused_by_name(place, kind):
    name, good, function = ARRAYS[place]
    if kind in FITS.get(place, ANY_SHAPE if place in activations.NAMES else ()):
        return
    before = good.copy()
    assert outcome(lambda: function(OTHERS[kind](good)), f"{name} ", f"{name}[", "the h of", "the c of") is None
    np.testing.assert_array_equal(good, before)


ANYTHING = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.fractions()
    | st.decimals()
    | st.text(max_size=5)
    | st.binary(max_size=5)
    | st.sampled_from([10**400, -(10**400), np.float32(1), np.int8(1), np.bool_(True), np.array(1.0), np.array(2)])
    | st.sampled_from([float, len, np.tanh, object(), Symbol(), ..., NotImplemented, range(3), {}, set(), np.ma.masked])
)
DTYPES = hnp.scalar_dtypes() | st.sampled_from([np.dtype("f4"), np.dtype("f8"), np.dtype("?"), np.dtype(object)])
SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)


@st.composite
def near(draw, good):
    """Draw an array that nearly fits: its shape with one axis changed, or its numbers made strange."""
    shape = list(good.shape)
    if draw(st.booleans()):
        shape[draw(st.integers(0, len(shape) - 1))] = draw(st.integers(0, 5))
    dtype = draw(st.sampled_from(["f4", "f8"]))
    strange = draw(st.sampled_from([0.0, 1.0, -1e3, 1e30, 1e300, np.inf, -np.inf, np.nan]))
    array = np.random.default_rng(draw(st.integers(0, 9))).normal(size=shape)
    array[draw(st.sampled_from([..., slice(0, 1)]))] = strange
    with np.errstate(all="ignore"):
        array = array.astype(dtype)
    return np.ma.masked_array(array) if draw(st.integers(0, 9)) == 0 else array


def things(good):
    arrays = hnp.arrays(DTYPES, SHAPES)
    return near(good) | arrays | st.recursive(ANYTHING | arrays, lambda part: st.lists(part, max_size=4), max_leaves=6)


@pytest.mark.parametrize("place", ARRAYS)
@fuzz
@given(data=st.data())
def test_anything_as_an_array(place, data):
    name, good, function = ARRAYS[place]
    value = data.draw(things(good))
    before = [array.tobytes() for array in (X, H, C, *WEIGHTS, MASK, DROPPED)]
    content = value.tobytes() if type(value) is np.ndarray and value.dtype != object else None
    others = [*NAMES, "initial_state", "input_shape"]  # what does not fit may be said of the other one
    result = outcome(lambda: function(value), name, *others)
    if result is not None:
        assert (value is None and "mask" in place) or np.asarray(value).dtype.kind in "fb"
        assert all(array.dtype.kind == "f" for array in parts(result))
        same(result, function(value if value is None else np.array(value)))
    assert before == [array.tobytes() for array in (X, H, C, *WEIGHTS, MASK, DROPPED)]
    assert content is None or content == value.tobytes()


FLAGS = ["use_bias", "unit_forget_bias", "return_sequences", "return_state", "go_backwards", "stateful"]
RATES, INITIALIZERS = (
    ["dropout", "recurrent_dropout"],
    ["kernel_initializer", "recurrent_initializer", "bias_initializer"],
)
SCALARS = {
    "units": ("units", LSTM),
    **{name: (name, lambda v, name=name: LSTM(N, **{name: v})(X)) for name in [*FLAGS, *RATES, "seed"]},
    **{name: ("initializer", lambda v, name=name: LSTM(N, **{name: v})(X)) for name in INITIALIZERS},
    "activation": ("activation", lambda v: LSTM(N, v)(X)),
    "recurrent_activation": ("activation", lambda v: LSTM(N, recurrent_activation=v)(X)),
    "step activation": ("activation", lambda v: step(*STEP, activation=v)),
    "run recurrent_activation": ("activation", lambda v: run(*RUN, recurrent_activation=v)),
    "activations.get": ("activation", lambda v: activations.get(v)(X)),
    "initializers.get": ("initializer", lambda v: initializers.get(v, RNG)((2, 8))),
    "initializers.get rng": ("rng", lambda v: initializers.get("zeros", v)((2, 8))),
    "glorot_uniform rng": ("rng", lambda v: initializers.glorot_uniform((2, 8), v)),
    "orthogonal rng": ("rng", lambda v: initializers.orthogonal((2, 8), v)),
    "glorot_uniform shape": ("shape", lambda v: initializers.glorot_uniform(v, RNG)),
    "orthogonal shape": ("shape", lambda v: initializers.orthogonal(v, RNG)),
    "training": ("training", lambda v: layer(dropout=0.5)(X, training=v)),
    "build": ("input_shape", lambda v: built(v)),
    "build features": ("input_shape", lambda v: built((None, None, v))),
    "build batch": ("input_shape", lambda v: built((v, None, 3))),
    "build timesteps": ("input_shape", lambda v: built((None, v, 3))),
    "set_weights": ("weights", lambda v: layer().set_weights(v)),
    "initial_state": ("initial_state", lambda v: layer()(X, initial_state=v)),
    "one_unit": ("weights", lambda v: one_unit(v, 0)),
    "one_unit j": ("", lambda v: one_unit(WEIGHTS, v)),
    "unit_columns units": ("units", lambda v: unit_columns(v, 0)),
    "unit_columns j": ("", lambda v: unit_columns(4, v)),
    "worked_layer units": ("units", worked_layer),
}
NOT_TAKEN = [
    "nothing like it", b"x", 1j, 10**400, -(10**5000), -1, -0.5, Decimal("0.5"), [0.5], {}, object(), Mute(), Symbol(),
    np.array([True, False]), np.array("x"), np.ma.masked, np.array(None), np.datetime64(0, "s"), endless(None),
]  # fmt: skip
TAKEN = {  # the few of these that fit the place
    **dict.fromkeys([*INITIALIZERS, "initializers.get"], (-1, -0.5)),
    "seed": (10**400,),
    "build batch": (10**400,),
    "build timesteps": (10**400,),
}


@pytest.mark.parametrize("place", SCALARS)
@pytest.mark.parametrize("value", NOT_TAKEN, ids=lambda value: type(value).__name__)
def test_what_is_no_such_argument_is_refused_by_name(place, value):
    name, function = SCALARS[place]
    if isinstance(value, (int, float)) and value in TAKEN.get(place, ()):
        assert outcome(lambda: function(value), name) is not None
        return
    with pytest.raises((TypeError, ValueError, IndexError)):
        function(value)
    assert outcome(lambda: function(value), name) is None


@pytest.mark.parametrize("place", SCALARS)
@fuzz
@given(data=st.data())
def test_anything_as_an_argument(place, data):
    name, function = SCALARS[place]
    lists = st.lists(ANYTHING, max_size=4)
    value = data.draw((ANYTHING | lists | lists.map(tuple) | hnp.arrays(DTYPES, SHAPES)).filter(modest))
    outcome(lambda: function(value), name, *NAMES)


def modest(value):
    """What is large and allowed needs memory."""
    if isinstance(value, (list, tuple)):
        return all(map(modest, value))
    return not isinstance(value, (int, np.integer)) or not 99 < value <= 2**28


SCALARS_TAKEN = [
    (lambda v: LSTM(N, dropout=v, seed=0)(X, training=True), 0.5, [np.float32(0.5), Fraction(1, 2), np.float64(0.5)]),
    (lambda v: LSTM(N, kernel_initializer=v, seed=0)(X), 0.5, [np.float32(0.5), Fraction(1, 2), np.float16(0.5)]),
    (lambda v: LSTM(v, seed=0)(X), N, [np.int8(N), np.uint64(N)]),
    (lambda v: LSTM(N, seed=v)(X), 3, [np.int8(3), np.uint64(3)]),
    (lambda v: layer(dropout=0.5)(X, training=v), True, [np.True_]),
    (lambda v: layer(dropout=0.5)(X, training=v), False, [np.False_, None]),
    (lambda v: one_unit(WEIGHTS, v), 2, [np.int8(2)]),
]


@pytest.mark.parametrize(("function", "plain", "others"), SCALARS_TAKEN)
def test_numbers_of_other_types_are_numbers(function, plain, others):
    for value in others:
        same(function(value), function(plain))


def test_a_fraction_that_rounds_to_one_drops_all_and_is_refused():
    with pytest.raises(ValueError, match="dropout is Fraction"):
        LSTM(N, dropout=Fraction(10**20 - 1, 10**20))


@pytest.mark.parametrize("place", ["units", "build features", "glorot_uniform shape"])
def test_what_no_memory_holds_is_refused(place):
    name, function = SCALARS[place]
    many = 2**28 + 1
    value = [many, many] if "shape" in place else many
    assert outcome(lambda: function(value), name) is None


# Callables


class Buffer:
    """Computes into one array, again and again."""

    def __init__(self, function):
        self.function, self.arrays = function, {}

    def __call__(self, z):
        out = self.arrays.setdefault((z.shape, z.dtype), np.empty_like(z))
        out[...] = self.function(z)
        return out


class Late:
    """Changes at each call what it was given and what it returned at the call before."""

    def __init__(self, function):
        self.function, self.seen = function, []

    def __call__(self, z):
        result = self.function(z)
        for array in self.seen:
            array[...] = 7
        self.seen = [z, result]
        return result


RIGHT = {
    "reuses its buffer": Buffer,
    "changes arrays later": Late,
    "in place": lambda f: lambda z: np.copyto(z, f(z)) or z,
    "changes what it was given": lambda f: lambda z: (f(z), z.fill(9))[0],
    "returns a list": lambda f: lambda z: f(z).tolist() if z.dtype == "f8" else f(z),
    "other dtype": lambda f: lambda z: f(z).astype(np.longdouble),
    "Fortran": lambda f: lambda z: np.asfortranarray(f(z)),
    "read-only": lambda f: lambda z: frozen(f(z)),
    "subclass": lambda f: lambda z: f(z).view(Subclass),
    "tensor": lambda f: lambda z: Attached(f(z)),
    "warns": lambda f: lambda z: (np.exp(np.full(1, 1e9)), np.log(np.zeros(1)), f(z))[-1],
}
WRONG = {
    "raises": lambda a: 1 / 0,
    "raises what has no words": lambda a: (_ for _ in ()).throw(KeyError()),
    "another shape": lambda a: np.zeros((3, 3)),
    "fewer": lambda a: np.zeros(1),
    "complex": lambda a: np.zeros(shape(a), complex),
    "bool": lambda a: np.zeros(shape(a), bool),
    "text": lambda a: np.zeros(shape(a), str),
    "dates": lambda a: np.zeros(shape(a), "M8[s]"),
    "objects": lambda a: np.zeros(shape(a), object),
    "structured": lambda a: np.zeros(shape(a), "f8,f8"),
    "masked": lambda a: np.ma.zeros(shape(a)),
    "None": lambda a: None,
    "ragged": lambda a: [[1.0], [1.0, 2.0]],
    "generator": lambda a: (k for k in range(3)),
    "symbol": lambda a: Symbol(),
    "no argument": lambda: 1.0,
    "two arguments": lambda a, b: a,
}


def shape(given):
    return getattr(given, "shape", given)


@pytest.mark.parametrize("kind", RIGHT)
@pytest.mark.parametrize("dtype", ["f4", "f8"])
def test_an_activation_with_odd_ways_computes_what_it_does(kind, dtype):
    x = X.astype(dtype)
    arguments = {"activation": np.tanh, "recurrent_activation": activations.sigmoid}
    odd = {name: RIGHT[kind](function) for name, function in arguments.items()}
    first, second = layer(**odd), layer(**arguments)
    for _ in range(2):
        same(first(x, mask=MASK), second(x, mask=MASK))
    same(first.states, second.states)
    same(first.trace(x), second.trace(x))
    same(run(x, H, C, *WEIGHTS, **odd), run(x, H, C, *WEIGHTS, **arguments))


@pytest.mark.parametrize("kind", [kind for kind in RIGHT if kind not in ("in place", "changes what it was given")])
@pytest.mark.parametrize("argument", INITIALIZERS)
def test_an_initializer_with_odd_ways_too(kind, argument):
    """It is given a shape; what is said of z above is said of the array here."""

    def plain(size):
        return np.arange(np.prod(size), dtype=float).reshape(size) / 8

    def odd(size):
        function = RIGHT[kind](lambda z: plain(z.shape))
        return function(np.zeros(size))

    same(LSTM(N, seed=0, **{argument: odd})(X), LSTM(N, seed=0, **{argument: plain})(X))


def test_an_initializer_may_return_integers():
    made = LSTM(N, kernel_initializer=lambda size: np.ones(size, int))
    made.build((None, None, F))
    assert made.kernel.dtype == np.float64
    assert (made.kernel == 1).all()


def state_of(made):
    return pickle.dumps([made._weights, made._states, made._rng.bit_generator.state])


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("argument", ["activation", "recurrent_activation"])
@pytest.mark.parametrize("has_weights", [True, False])
def test_a_wrong_activation_is_named_and_leaves_the_layer_as_it_was(kind, argument, has_weights):
    failing = False

    def activation(z):
        return WRONG[kind](z) if failing else np.tanh(z)

    arguments = {"dropout": 0.5, "recurrent_dropout": 0.5, "stateful": True, "seed": 0, argument: activation}
    made = LSTM(N, **arguments)
    if has_weights:
        made(X, training=True)
    before, failing = state_of(made), True
    for attempt in (lambda: made(X, training=True), lambda: made.trace(X)):
        assert outcome(attempt, "the activation") is None
        assert state_of(made) == before
    assert outcome(lambda: step(*STEP, **{argument: activation}), "the activation") is None


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("argument", INITIALIZERS)
def test_a_wrong_initializer_is_named_and_the_next_try_is_as_the_first(kind, argument):
    failing = True

    def initializer(size):
        return WRONG[kind](size) if failing else np.ones(size)

    made = LSTM(N, seed=0, **{argument: initializer})
    before = state_of(made)
    for attempt in (lambda: made(X), lambda: made.trace(X), lambda: made.build(X.shape)):
        assert outcome(attempt, "the initializer") is None
        assert state_of(made) == before
    failing = False
    same(made(X), LSTM(N, seed=0, **{argument: "ones"})(X))


def test_a_layer_with_a_callable_of_a_module_can_be_pickled():
    made = LSTM(N, activation=np.tanh, kernel_initializer=np.ones, seed=0)
    same(pickle.loads(pickle.dumps(made))(X), made(X))
    assert LSTM(N, activation=made.activation).activation is made.activation


# Numbers


@pytest.mark.parametrize("name", ["kernel", "recurrent_kernel", "bias", "h", "c", "kept state"])
def test_numbers_that_the_dtype_of_x_does_not_hold_are_refused(name):
    made, states = layer(activation=None), None
    if name in ("h", "c"):
        states = [np.full_like(state, 1e300) if name == k else state for k, state in (("h", H), ("c", C))]
    elif name == "kept state":
        made(X, initial_state=[H, np.full_like(C, 1e300)])
    else:
        made.set_weights([array * 1e300 if name == k else array for k, array in zip(NAMES[3:], WEIGHTS, strict=True)])
    before = state_of(made)
    assert outcome(lambda: made(X.astype("f4"), initial_state=states), name) is None
    assert state_of(made) == before
    assert made(X, initial_state=states) is not None


@pytest.mark.parametrize("dtype", ["f4", "f8"])
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_what_is_not_finite_goes_through_without_a_warning(dtype, value):
    x = X.astype(dtype)
    x[0, 1, 0] = value
    with np.errstate(all="raise"):
        y, _, _ = layer(dropout=0.5, recurrent_dropout=0.5)(x, training=True)
        trace = layer(activation=None)(x)[0]
        made = layer()
        made.set_weights([array * value for array in WEIGHTS])
        made(x)
        step_jacobian(x[0, 1], H[0], C[0], *WEIGHTS)
        step_jacobian(X[0, 1], H[0] * value, C[0] * value, *WEIGHTS)
    assert np.isfinite(y[1]).all()
    assert np.isfinite(trace[1]).all()
    assert np.isfinite(trace[0, 0]).all()
    assert not np.isfinite(trace[0, 1:]).all()


def test_dropping_what_is_not_finite_is_no_warning():
    """0 times inf is nan, as in Keras."""
    with np.errstate(all="raise"):
        y = layer(dropout=0.5, activation=None)(np.full_like(X, np.inf), training=True)[0]
    assert np.isnan(y).any()


# Whole lives of a layer

CALLS = st.sampled_from(
    ["call", "train", "trace", "reset", "set", "build", "bad x", "bad mask", "bad state", "bad weights"]
)


@pytest.mark.parametrize("backwards", [False, True])
@settings(fuzz, max_examples=2 * EXAMPLES)
@given(st.lists(CALLS, max_size=8), st.data())
def test_a_layer_after_any_calls_is_what_those_that_succeeded_made_of_it(backwards, calls, data):
    """A second layer gets only the calls that did not fail; `run` says what a call should have returned."""
    arguments = {"go_backwards": backwards, "stateful": True, "return_sequences": True, "return_state": True}
    made, twin = (LSTM(N, dropout=0.5, seed=0, **arguments) for _ in "ab")
    kept = [np.zeros((B, N)), np.zeros((B, N))]
    for call in calls:
        before = state_of(made)
        if call in ("call", "train"):
            masked = data.draw(st.booleans())
            given_mask = MASK if masked else None
            y, h, c = made(X, mask=given_mask, training=call == "train")
            same((y, h, c), twin(X, mask=given_mask, training=call == "train"))
            if call == "call":
                order = slice(None, None, -1 if backwards else 1)
                trace = run(X[:, order], *kept, *made.get_weights(), mask=MASK[:, order] if masked else None)
                same([h, c], [trace.h[:, -1], trace.c[:, -1]])
            kept = [h, c]
        elif call == "trace":
            same(made.trace(X), twin.trace(X))
        elif call == "reset":
            made.reset_state(), twin.reset_state()
            kept = [np.zeros((B, N)), np.zeros((B, N))]
        elif call == "set":
            made.set_weights(WEIGHTS), twin.set_weights(WEIGHTS)
        elif call == "build":
            made.build(X.shape), twin.build(X.shape)
        else:
            bad = data.draw(st.sampled_from(sorted(OTHERS)))
            attempts = {
                "bad x": lambda bad=bad: made(OTHERS[bad](X), training=True) if bad != "one more" else made(X[0]),
                "bad mask": lambda bad=bad: made(X, mask=OTHERS[bad](MASK) if bad != "None" else 0, training=True),
                "bad state": lambda bad=bad: made(X, initial_state=[H, OTHERS[bad](C)]),
                "bad weights": lambda bad=bad: made.set_weights([KERNEL, RECURRENT_KERNEL, OTHERS[bad](BIAS)]),
            }
            assert outcome(attempts[call], "x ", "mask", "initial_state", "bias") is None
            assert state_of(made) == before
        assert state_of(made) == state_of(twin)
