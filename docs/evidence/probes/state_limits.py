"""Where sentences about stateful layers and masks end: without a declared input, eagerly, compiled again, saved in other ways."""

import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
from common import attempt, difference, emit, on_backend
from state import BATCH, FEATURES, NUMPY, STEPS, WEIGHTS, state_of, stateful_model

from lstm_ref.examples import UNITS, worked_input

BACKENDS = ("tensorflow", "jax", "torch")
OPEN = "enters the loop with shape (1, 4), but has shape (None, 4) after one iteration"
X = np.random.default_rng(1).normal(size=(BATCH, STEPS, FEATURES)).astype("float32")


def on_an_array():
    """A stateful layer that no Input comes before: its first call sees a concrete batch."""
    layer = keras.layers.LSTM(UNITS, stateful=True)
    first, second = NUMPY(layer(X)), NUMPY(layer(X))
    return {"state-rows": len(state_of(layer)[0]), "goes-on": difference(first, second) > 1e-3}


def open_batch():
    keras.Sequential([keras.Input((STEPS, FEATURES)), keras.layers.LSTM(UNITS, stateful=True)])
    return "built"


def fit(trainable=True, behind_a_dense=False, **arguments):
    model, layer = stateful_model(**arguments)
    if behind_a_dense:
        model = keras.Sequential([keras.Input(batch_shape=X.shape), keras.layers.Dense(FEATURES), layer])
    layer.trainable = trainable
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    y = np.zeros((BATCH, STEPS, UNITS), "float32")
    return attempt(lambda: "ran" if model.fit(X, y, batch_size=BATCH, verbose=0, shuffle=False) else "")


def one_row(way, **arguments):
    """Fit a stateful model of batch size 1 on an array, or on a generator, which does not say how long its batches are."""
    layer = keras.layers.LSTM(UNITS, stateful=True, use_cudnn=False)
    model = keras.Sequential([keras.Input(batch_shape=(1, STEPS, FEATURES)), layer])
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    x, y = X[:1], np.zeros((1, UNITS), "float32")
    data = (x, y) if way == "array" else (((x, y) for _ in range(2)),)
    came = attempt(lambda: "ran" if model.fit(*data, verbose=0, shuffle=False, **arguments) else "")
    return came if came == "ran" else {"raises": came["raises"], "same-message": OPEN in came["message"]}


def short_batch(eagerly):
    model, _ = stateful_model(run_eagerly=eagerly)
    model.predict(X, batch_size=BATCH, verbose=0)
    return attempt(lambda: {"rows": len(model.predict(X[:1], batch_size=BATCH, verbose=0))})


def short_call():
    model, _ = stateful_model()
    model(X)
    return attempt(lambda: {"rows": len(NUMPY(model(X[:1])))})


def after_reset(again):
    """Predict, set the states, build the function of predict again or not, predict: does it start from what was set?"""
    model, layer = stateful_model()
    first = model.predict(X, verbose=0)
    for variable in layer.states:
        variable.assign(np.full((BATCH, UNITS), 0.5))
    if again == "compile":
        model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse")
    elif again == "make_predict_function":
        model.make_predict_function(force=True)
    return {"starts-from-what-was-set": difference(first, model.predict(X, verbose=0)) > 1e-3}


def another_shape():
    """Predict, set the states, predict another number of timesteps: from zeros or from what was set?"""
    layer = keras.layers.LSTM(UNITS, stateful=True)
    model = keras.Sequential([keras.Input(batch_shape=(BATCH, None, FEATURES)), layer])
    layer.set_weights(WEIGHTS)
    fresh = keras.layers.LSTM(UNITS)
    fresh.build(X.shape)
    fresh.set_weights(WEIGHTS)
    model.predict(X, verbose=0)
    for variable in layer.states:
        variable.assign(np.full((BATCH, UNITS), 0.5))
    return {"starts-from-what-was-set": difference(NUMPY(fresh(X[:, :2])), model.predict(X[:, :2], verbose=0)) > 1e-3}


def kept_by(way):
    """Whether h and c come back: after model(X), is the next output that of a model which ran on?"""
    model, layer = stateful_model()
    model(X)
    state, expected = [array.copy() for array in state_of(layer)], None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"model{'.keras' if way == 'keras' else '.weights.h5' if way == 'weights' else ''}"
        if way == "keras":
            model.save(path)
            back = state_of(keras.saving.load_model(path).layers[-1])
        elif way == "weights":
            model.save_weights(path)
            other, layer = stateful_model()
            other.load_weights(path)
            back = state_of(layer)
        elif way == "checkpoint":
            import tensorflow as tf

            saved = tf.train.Checkpoint(model).save(path)
            other, layer = stateful_model()
            tf.train.Checkpoint(other).restore(saved).expect_partial()
            back = state_of(layer)
        else:
            import tensorflow as tf

            expected = NUMPY(stateful_after(model))
            for variable, value in zip(layer.states, state, strict=True):
                variable.assign(value)
            model.export(path, verbose=False)
            loaded = tf.saved_model.load(path)
            return {"kept": difference(loaded.serve(X), expected) < 1e-5}
    return {"kept": all(difference(a, b) < 1e-6 for a, b in zip(back, state, strict=True))}


def stateful_after(model):
    return model(X)


def zeros_before(activation):
    """How far zeros before the data move the last output, with a candidate's bias of 0."""
    x, padding = worked_input()[:, :3].astype("float32"), np.zeros((2, 2, 3), "float32")
    layer = keras.layers.LSTM(UNITS, activation=activation)
    layer.build(x.shape)
    kernel, recurrent_kernel, bias = (array.copy() for array in WEIGHTS)
    bias[2 * UNITS : 3 * UNITS] = 0
    layer.set_weights([kernel, recurrent_kernel, bias])
    return difference(NUMPY(layer(np.concatenate([padding, x], axis=1))), NUMPY(layer(x)))


def unroll():
    """With the first steps masked and an initial state, with and without unroll."""
    x, mask = worked_input().astype("float32"), np.array([[False, False, True, True, True]] * 2)
    states = [keras.ops.full((2, UNITS), 0.5) for _ in "hc"]
    outputs = []
    for unrolled in (False, True):
        layer = keras.layers.LSTM(UNITS, return_sequences=True, unroll=unrolled)
        layer.build(x.shape)
        layer.set_weights(WEIGHTS)
        outputs.append(NUMPY(layer(x, mask=keras.ops.convert_to_tensor(mask), initial_state=states)))
    return difference(*outputs)


warnings.simplefilter("ignore")
backend = keras.config.backend()
emit(
    {
        "ran": on_backend(keras),
        "tolerance": 1e-5,
        "on-an-array": attempt(on_an_array),
        "open-batch": attempt(open_batch),
        "fit": {
            "default": fit(),
            "use_cudnn-false": fit(use_cudnn=False),
            "recurrent_dropout": fit(recurrent_dropout=0.1),
            "not-trainable": fit(trainable=False),
            "not-trainable-behind-a-dense": fit(trainable=False, behind_a_dense=True),
        },
        "fit-of-one-row": {
            "array": one_row("array"),
            "array-with-batch_size-1": one_row("array", batch_size=1),
            "generator": one_row("generator", steps_per_epoch=2),
        },
        "short-batch": {
            "predict": short_batch(eagerly=False),
            "predict-run-eagerly": short_batch(eagerly=True),
            "call": short_call(),
        },
        "state-set-after-a-predict": {
            **{way: after_reset(way) for way in ("nothing", "compile", "make_predict_function")},
            "another-shape": another_shape(),
        },
        "kept-by": {
            way: attempt(lambda way=way: kept_by(way))
            for way in ("keras", "weights", *(("checkpoint", "export") if backend == "tensorflow" else ()))
        },
        "zeros-before-the-data": {name: zeros_before(name) for name in ("tanh", "relu", "sigmoid", "softplus")},
        "unroll-with-first-steps-masked-and-a-state": unroll(),
    }
)
