"""What a stateful LSTM keeps, by way of calling it: four chunks in a row against one pass over the whole."""

import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
from common import FLOAT32, attempt, difference, emit, on_backend, rng

from lstm_ref.examples import BATCH, FEATURES, UNITS, worked_layer

BACKENDS = ("tensorflow", "jax", "torch")

CHUNKS, STEPS = 4, 3
WEIGHTS = worked_layer().get_weights()
NUMPY = keras.ops.convert_to_numpy


def sequences(seed):
    return rng(seed).normal(size=(BATCH, CHUNKS * STEPS, FEATURES)).astype("float32")


def chunks(sequence):
    return np.split(sequence, CHUNKS, axis=1)


def as_batches(sequence):
    """Put the chunks one after the other along the batch axis, so that batch k of size BATCH is chunk k."""
    return np.concatenate(chunks(sequence))


def one_pass(sequence, state=None):
    layer = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)
    layer.build(sequence.shape)
    layer.set_weights(WEIGHTS)
    y, *state = layer(sequence, initial_state=state)
    return NUMPY(y), [NUMPY(array) for array in state]


X = sequences(seed=0)
Y, STATE = one_pass(X)


def stateful_model(batch=BATCH, run_eagerly=False, **arguments):
    """Make a model whose training runs in full but moves no weight, so that its states can be compared with one pass."""
    layer = keras.layers.LSTM(UNITS, return_sequences=True, stateful=True, **arguments)
    model = keras.Sequential([keras.Input(batch_shape=(batch, STEPS, FEATURES)), layer])
    layer.set_weights(WEIGHTS)
    model.compile(optimizer=keras.optimizers.SGD(0.0), loss="mse", run_eagerly=run_eagerly)
    return model, layer


def state_of(layer):
    return [NUMPY(state) for state in layer.states]


def state_error(layer, expected):
    return max(difference(a, b) for a, b in zip(state_of(layer), expected, strict=True))


def is_zero(layer):
    return not any(state.any() for state in state_of(layer))


def entry(run, **arguments):
    """Feed the chunks by `run(model, layer)`, which returns the outputs, or the loss against the outputs of one pass."""
    model, layer = stateful_model(**arguments)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        facts = attempt(lambda: run(model, layer))
    facts["warns-of-state"] = any("state" in str(warning.message) for warning in caught)
    if "raises" not in facts:
        facts["state-error"] = state_error(layer, STATE)
        facts["state-kept"] = facts["state-error"] <= FLOAT32
    facts["state-is-zero"] = is_zero(layer)
    return facts


def chunkwise(function):
    def run(model, layer):
        outputs = [NUMPY(function(model, layer, chunk)) for chunk in chunks(X)]
        return {"error": difference(np.concatenate(outputs, axis=1), Y)}

    return run


def predict_as_batches(model, _):
    outputs = model.predict(as_batches(X), batch_size=BATCH, verbose=0)
    return {"error": difference(outputs, as_batches(Y))}


def fit(model, _):
    history = model.fit(as_batches(X), as_batches(Y), batch_size=BATCH, shuffle=False, verbose=0)
    return {"loss": history.history["loss"][0]}


def evaluate(model, _):
    return {"loss": float(model.evaluate(as_batches(X), as_batches(Y), batch_size=BATCH, verbose=0))}


def on_batch(method):
    def run(model, _):
        losses = [getattr(model, method)(x, y) for x, y in zip(chunks(X), chunks(Y), strict=True)]
        return {"loss": max(float(loss) for loss in losses)}

    return run


def entry_points():
    return {
        "call": entry(chunkwise(lambda _, layer, chunk: layer(chunk))),
        "model-call": entry(chunkwise(lambda model, _, chunk: model(chunk))),
        "predict": entry(chunkwise(lambda model, _, chunk: model.predict(chunk, batch_size=BATCH, verbose=0))),
        "predict-batches": entry(predict_as_batches),
        "predict-run-eagerly": entry(predict_as_batches, run_eagerly=True),
        "predict-on-batch": entry(chunkwise(lambda model, _, chunk: model.predict_on_batch(chunk))),
        "evaluate": entry(evaluate),
        "test-on-batch": entry(on_batch("test_on_batch")),
        "fit": entry(fit),
        "fit-run-eagerly": entry(fit, run_eagerly=True),
        "fit-use-cudnn-false": entry(fit, use_cudnn=False),
        "fit-recurrent-dropout": entry(fit, recurrent_dropout=1e-9),  # takes the other code path and drops nothing
        "train-on-batch": entry(on_batch("train_on_batch")),
        "train-on-batch-use-cudnn-false": entry(on_batch("train_on_batch"), use_cudnn=False),
    }


def epochs():
    """Two epochs of the same sequence: does the second start from zeros, or where the first ended?"""
    model, layer = stateful_model(use_cudnn=False)
    model.fit(as_batches(X), as_batches(Y), batch_size=BATCH, shuffle=False, epochs=2, verbose=0)
    return {
        "difference-from-state-of-one-epoch": state_error(layer, STATE),
        "difference-from-state-of-two-in-a-row": state_error(layer, one_pass(X, STATE)[1]),
        "state-is-zero": is_zero(layer),
    }


def training_with_weights_that_move():
    model, layer = stateful_model(use_cudnn=False)
    model.compile(optimizer="adam", loss="mse")
    model.fit(as_batches(X), as_batches(-Y), batch_size=BATCH, shuffle=False, verbose=0)
    return {"weights-moved": difference(layer.get_weights()[0], WEIGHTS[0]) > 0, "state-is-zero": is_zero(layer)}


def validation():
    """Validation inside `fit`: where does it start, and which state does it leave behind?"""
    other = sequences(seed=1)
    y_after_training, after_both = one_pass(other, STATE)
    y_from_zeros, from_zeros = one_pass(other)
    facts = {}
    for name, expected in {"from-training-state": y_after_training, "from-zeros": y_from_zeros}.items():
        model, layer = stateful_model(use_cudnn=False)
        history = model.fit(
            as_batches(X),
            as_batches(Y),
            batch_size=BATCH,
            shuffle=False,
            validation_data=(as_batches(other), as_batches(expected)),
            verbose=0,
        )
        facts[f"val-loss-against-outputs-{name}"] = history.history["val_loss"][0]
    return facts | {
        "difference-from-state-after-training": state_error(layer, STATE),
        "difference-from-state-after-training-then-validation": state_error(layer, after_both),
        "difference-from-state-of-validation-from-zeros": state_error(layer, from_zeros),
        "state-is-zero": is_zero(layer),
        "overwrites-training-state": state_error(layer, after_both) <= FLOAT32,
    }


def save():
    model, layer = stateful_model()
    for chunk in chunks(X)[:-1]:
        layer(chunk)
    zero_before = is_zero(layer)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        loaded = keras.saving.load_model(path)
    last = chunks(X)[-1]
    owned = {id(variable) for variable in model.variables}
    return {
        "state-is-zero-before": zero_before,
        "state-is-zero-after-load": is_zero(loaded.layers[0]),
        "error-of-last-chunk": difference(NUMPY(layer(last)), chunks(Y)[-1]),
        "error-of-last-chunk-after-load": difference(NUMPY(loaded.layers[0](last)), chunks(Y)[-1]),
        "weights": [variable.name for variable in layer.weights],
        "variables": [variable.name for variable in layer.variables],
        "state-in-variables": any(id(state) in owned for state in layer.states),
    }


def short_last_batch(samples, batch, names):
    x = rng(2).normal(size=(samples, STEPS, FEATURES)).astype("float32")
    y = np.zeros((samples, STEPS, UNITS), "float32")

    def predict():
        model, layer = stateful_model(batch)
        outputs = model.predict(x, batch_size=batch, verbose=0)
        kept = None
        for start in range(0, samples - batch + 1, batch):
            _, kept = one_pass(x[start : start + batch], kept)
        last_for_each_kept_row, _ = one_pass(np.repeat(x[-1:], batch, axis=0), kept)
        return {
            "rows": len(outputs),
            "state-rows": len(state_of(layer)[0]),
            "difference-from-last-sample-after-each-kept-row": difference(outputs[-batch:], last_for_each_kept_row),
        }

    def evaluate():
        return {"loss": stateful_model(batch)[0].evaluate(x, y, batch_size=batch, verbose=0)}

    def fit():
        history = stateful_model(batch, use_cudnn=False)[0].fit(x, y, batch_size=batch, shuffle=False, verbose=0)
        return {"loss": history.history["loss"][0]}

    ways = {"predict": predict, "evaluate": evaluate, "fit": fit}
    return {"samples": samples, "batch": batch} | {name: attempt(ways[name]) for name in names}


def other_batch_size():
    def call():
        _, layer = stateful_model()
        layer(chunks(X)[0])
        return {"rows": len(layer(np.zeros((BATCH + 1, STEPS, FEATURES), "float32")))}

    def build_with_unknown_batch_size():
        layer = keras.layers.LSTM(UNITS, stateful=True)
        return {"built": keras.Sequential([keras.Input((STEPS, FEATURES)), layer]).built}

    return {"call": attempt(call), "unknown": attempt(build_with_unknown_batch_size)}


def predict_after_call():
    """Does `predict` see the state that calls and `reset_state` leave in the layer?"""
    model, layer = stateful_model()
    for chunk in chunks(X)[:-1]:
        layer(chunk)
    facts = {"error-of-last-chunk": difference(model.predict(chunks(X)[-1], verbose=0), chunks(Y)[-1])}
    layer.reset_state()
    facts["error-of-first-chunk-after-reset-state"] = difference(model.predict(chunks(X)[0], verbose=0), chunks(Y)[0])
    return facts


def reset():
    model, layer = stateful_model()
    first = chunks(X)[0]
    start = [rng(3).uniform(-1, 1, size=(BATCH, UNITS)).astype("float32") for _ in "hc"]
    layer(X[:, STEPS:])
    layer(first, initial_state=start)
    facts = {
        "initial-state-wins-and-its-end-is-kept": state_error(layer, one_pass(first, start)[1]) <= FLOAT32,
    }
    layer.reset_state()
    facts["zeros-after-reset-state"] = is_zero(layer)
    facts["error-after-reset-state"] = difference(NUMPY(layer(first)), chunks(Y)[0])
    for state, array in zip(layer.states, start, strict=True):
        state.assign(array)
    facts["error-after-assign"] = difference(NUMPY(layer(first)), one_pass(first, start)[0])
    facts["layer-has-reset_states"] = hasattr(layer, "reset_states")
    facts["reset_states-with-states"] = attempt(lambda: layer.reset_states(states=start))
    for name, owner in {"sequential": model, "model": keras.Model(model.inputs, model.outputs)}.items():
        for method in ("reset_state", "reset_states"):
            facts[f"{name}-{method}"] = attempt(lambda owner=owner, method=method: getattr(owner, method)())
    return facts


def gradient_of_second_call(two_calls):
    """Return max |d sum(second output) / d first input|, or `None` where the first input is out of reach."""
    first, second = (keras.ops.convert_to_tensor(chunk) for chunk in chunks(X)[:2])
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        with tf.GradientTape() as tape:
            tape.watch(first)
            y = tf.reduce_sum(two_calls(first, second))
        gradient = tape.gradient(y, first)
    elif keras.backend.backend() == "torch":
        import torch

        first.requires_grad_()
        (gradient,) = torch.autograd.grad(two_calls(first, second).sum(), first, allow_unused=True)
    else:
        import jax

        gradient = jax.grad(lambda first: two_calls(first, second).sum())(first)
    return None if gradient is None else float(abs(NUMPY(gradient)).max())


def gradient():
    _, layer = stateful_model()
    carried = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)
    carried.build((BATCH, STEPS, FEATURES))
    carried.set_weights(WEIGHTS)

    def stateful(first, second):
        layer(first)
        return layer(second)

    def stateless_calls(first, second):
        trainable, others = layer.trainable_variables, layer.non_trainable_variables
        _, others = layer.stateless_call(trainable, others, first)
        return layer.stateless_call(trainable, others, second)[0]

    def by_hand(first, second):
        _, *state = carried(first)
        return carried(second, initial_state=state)[0]

    return {
        "by-hand": gradient_of_second_call(by_hand),
        "stateless-calls": gradient_of_second_call(stateless_calls),
        "calls": gradient_of_second_call(stateful),
        "call-afterwards": attempt(lambda: {"rows": len(layer(chunks(X)[0]))}),
    }


def recipe():
    """`return_state=True`, and the state fed back as `initial_state`: no hidden state in the layer."""
    layer = keras.layers.LSTM(UNITS, return_sequences=True, return_state=True)
    x = keras.Input((STEPS, FEATURES))
    h, c = keras.Input((UNITS,)), keras.Input((UNITS,))
    model = keras.Model([x, h, c], layer(x, initial_state=[h, c]))
    layer.set_weights(WEIGHTS)

    def call(chunk, state):
        return layer(chunk, initial_state=state)

    def predict(chunk, state):
        return model.predict([chunk, *state], verbose=0)

    facts = {}
    for name, function in {"call": call, "predict": predict}.items():
        outputs, state = [], [np.zeros((BATCH, UNITS), "float32")] * 2
        for chunk in chunks(X):
            y, *state = function(chunk, state)
            outputs.append(NUMPY(y))
        facts[name] = {
            "error": difference(np.concatenate(outputs, axis=1), Y),
            "state-error": max(difference(NUMPY(a), b) for a, b in zip(state, STATE, strict=True)),
        }
    return facts


if __name__ == "__main__":
    emit(
        {
            "ran": on_backend(keras),
            "tolerance": FLOAT32,
            "chunks": CHUNKS,
            "largest-output": float(abs(Y).max()),
            **entry_points(),
            "epochs": epochs(),
            "weights-that-move": training_with_weights_that_move(),
            "validation": validation(),
            "save": save(),
            "short-last-batch": {
                "1-of-2": short_last_batch(samples=5, batch=2, names=("predict", "evaluate", "fit")),
                "2-of-4": short_last_batch(samples=6, batch=4, names=("predict",)),
            },
            "other-batch-size": other_batch_size(),
            "predict-after-call": predict_after_call(),
            "reset": reset(),
            "gradient": gradient(),
            "recipe": recipe(),
        }
    )
