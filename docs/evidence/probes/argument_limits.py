"""Where sentences about arguments of LSTM end: frozen weights, a kept state, zeros at masked steps, mixed precision."""

import keras
import numpy as np
from common import difference, emit, on_backend, quick_to_compile

BACKENDS = ("tensorflow", "jax", "torch")
LSTM, NUMPY = keras.layers.LSTM, keras.ops.convert_to_numpy
BACKEND = keras.config.backend()
X = np.random.default_rng(0).normal(size=(2, 5, 3)).astype("float32")


def penalties(trainable, **arguments):
    layer = LSTM(4, **arguments)
    layer.build(X.shape)
    layer.trainable = trainable
    return len(layer.losses)


def penalty_in_evaluate():
    """How much more than the error evaluate returns, of what the regularizer adds."""
    layer = LSTM(4, kernel_regularizer=keras.regularizers.L2(1.0))
    model = keras.Sequential([keras.Input((5, 3)), layer])
    model.compile(loss="mse")
    y = np.zeros((2, 4), "float32")
    error = float((model.predict(X, verbose=0) ** 2).mean())
    added = float((layer.get_weights()[0] ** 2).sum())
    return abs(model.evaluate(X, y, verbose=0) - error - added) < 1e-3 * added


def first_step_moves(stateful):
    """Whether recurrent_dropout acts on the first timestep of a second call."""
    layer = LSTM(4, recurrent_dropout=0.5, stateful=stateful, seed=0)
    layer(X)
    kept = [NUMPY(variable) for variable in layer.states] if stateful else []
    plain = NUMPY(layer(X[:, :1]))
    for variable, value in zip(layer.states or [], kept, strict=False):
        variable.assign(value)
    return difference(NUMPY(layer(X[:, :1], training=True)), plain) > 1e-6


def y_is_h(mask, initial=False, **arguments):
    layer = LSTM(4, return_state=True, **arguments)
    states = [keras.ops.full((2, 4), 0.5) for _ in "hc"] if initial else None
    y, h, _ = layer(X, mask=keras.ops.convert_to_tensor(np.array([mask] * 2)), initial_state=states)
    return difference(NUMPY(y), NUMPY(h)) == 0


def same_masks(stateless):
    """Whether two calls draw the same dropout masks."""
    layer = LSTM(4, dropout=0.5, seed=0)
    layer.build(X.shape)
    trained = [variable.value for variable in layer.trainable_variables]
    others = [variable.value for variable in layer.non_trainable_variables]
    calls = [
        layer.stateless_call(trained, others, X, training=True)[0] if stateless else layer(X, training=True)
        for _ in range(2)
    ]
    return bool((NUMPY(calls[0]) == NUMPY(calls[1])).all())


def predict_goes_on(policy):
    layer = LSTM(4, stateful=True, dtype=policy)
    model = keras.Sequential([keras.Input(batch_shape=(2, 5, 3)), layer])
    first, second = (model.predict(X, verbose=0).astype("float32") for _ in range(2))
    return not np.array_equal(first, second)


FEW, NONE = [True] * 3 + [False] * 2, [False] * 5
REGULARIZERS = ("kernel_regularizer", "recurrent_regularizer", "bias_regularizer")
with quick_to_compile():
    emit(
        {
            "ran": on_backend(keras),
            "penalties": {
                name: {
                    "trainable": penalties(True, **{name: "l2"}),
                    "frozen": penalties(False, **{name: "l2"}),
                }
                for name in REGULARIZERS
            },
            "evaluate-adds-the-penalty": penalty_in_evaluate(),
            "recurrent-dropout-at-the-first-timestep": {
                "stateful": first_step_moves(True),
                "not-stateful": first_step_moves(False),
            },
            "y-is-h": {
                "masked-at-the-end": y_is_h(FEW),
                "zero_output_for_mask": y_is_h(FEW, zero_output_for_mask=True),
                "all-masked-with-a-state": y_is_h(NONE, initial=True),
            },
            "two-calls-draw-the-same-masks": {
                "calls": same_masks(False),
                **({} if BACKEND == "torch" else {"stateless-calls": same_masks(True)}),
            },
            "predict-goes-on": {policy: predict_goes_on(policy) for policy in ("float32", "mixed_bfloat16")},
        }
    )
