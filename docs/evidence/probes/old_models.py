"""What Keras 3 makes of files that tf_keras 2 saved: load_model raises or not, load_weights is how far off."""

import tempfile
import warnings
from pathlib import Path

import keras
import tf_keras
from common import attempt, difference, emit, rng

BACKENDS = ("tensorflow",)

X = rng().standard_normal((2, 5, 3)).astype("float32")


def models(package):
    layers, x = package.layers, package.Input((5, 3))
    each = {
        "LSTM": layers.LSTM(4),
        "GRU": layers.GRU(4),
        "SimpleRNN": layers.SimpleRNN(4),
        "RNN": layers.RNN(layers.LSTMCell(4)),
        "Bidirectional": layers.Bidirectional(layers.LSTM(4)),
        "Dense": layers.Dense(4),
        "hard_sigmoid": layers.LSTM(4, recurrent_activation="hard_sigmoid"),
    }
    sequential = {name: package.Sequential([package.Input((5, 3)), layer]) for name, layer in each.items()}
    return sequential | {"functional": package.Model(x, layers.LSTM(4)(x))}


def old_hard_sigmoid(x):
    return keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)


def off(old, new):
    return difference(old(X), keras.ops.convert_to_numpy(new(X)))


def loaded(file, old):
    return {"off-by": off(old, keras.saving.load_model(file, compile=False))}


def with_weights(file, old, new):
    new.load_weights(file)
    return off(old, new)


warnings.simplefilter("ignore")
tf_keras.utils.set_random_seed(0)
facts = {"ran": ["keras", "tensorflow", "tf_keras"], "tolerance": 1e-6}
for ending in ("h5", "keras"):
    olds, news = models(tf_keras), models(keras)
    for name, old in olds.items():
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, f"model.{ending}")
            old.save(file)
            fact = facts.setdefault(ending, {})[name] = {"load-model": attempt(lambda f=file, o=old: loaded(f, o))}
            fact["load-weights"] = with_weights(file, old, news[name])
            if name == "hard_sigmoid":
                layer = keras.layers.LSTM(4, recurrent_activation=old_hard_sigmoid)
                same = keras.Sequential([keras.Input((5, 3)), layer])
                fact["with-the-old-function"] = with_weights(file, old, same)
for fact in (facts["h5"], facts["keras"]):
    fact["functional"]["load-model"].pop("message")  # it lists the whole configuration
emit(facts)
