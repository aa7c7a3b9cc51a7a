"""The programs of the page many-series, with 12 months as they stand and with 36, to choose units and all shops scaled alike by their changed lines."""

import contextlib
import io
import os
from pathlib import Path

from common import emit, on_backend

BACKENDS = ("tensorflow", "torch")  # the program for Keras, and the one for PyTorch
SNIPPETS = Path(__file__).parents[1] / "snippets/shapes"
LINE = "months, window, last_train = {}, {}, {}"
TABLES = (12, 6, 10), (36, 12, 30)
CHOOSING = 10, 6, 8
SEEDS = "[1, 2, 3]"
ALIKE = {f"known.{name}(axis=1, keepdims=True)": f"known.{name}()" for name in ("mean", "std")}
ON_ALL = "model.fit(np.concatenate([x, test_x]), np.concatenate([target, test_target]), epochs=5, verbose=0)"


def ran(name, table, seeds, changed=None):
    """Return what a program's variables are at its end."""
    source = (SNIPPETS / f"{name}.py").read_text(encoding="utf-8")
    for line, other in {LINE.format(*TABLES[0]): LINE.format(*table), SEEDS: f"{seeds}", **(changed or {})}.items():
        if source.count(line) != 1:
            raise ValueError(f"{name} has no line {line!r}")
        source = source.replace(line, other)
    variables = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, variables)
    return variables


def facts(name):
    found = {}
    for table in TABLES:
        runs = [ran(name, table, [seed]) for seed in (1, 2, 3)]
        here = runs[0]
        simple = {way: float(here[f"{way}_off"]) for way in ("month", "year") if f"{way}_off" in here}
        lstm = [float(run["lstm_off"]) for run in runs]
        found[f"{table[0]}-months"] = {
            "train": here["x"].shape[0],
            "test": here["test_x"].shape[0],
            "forecasts": list(here["forecast"].shape),
            "simple-off": simple | {"tolerance": 1e-3},
            "lstm-off": {"least": min(lstm), "most": max(lstm), "tolerance": 1.0},
            "lstm-is-better-than": {way: [off < value for off in lstm] for way, value in simple.items()},
        }
        if "model" in here:
            found[f"{table[0]}-months"]["batches-of-an-epoch"] = here["model"].history.params["steps"]
    return found


def changes(name):
    """Return what the programs do with the other changes that the page names."""
    choosing = ran(name, CHOOSING, [1])
    alike = ran(name, TABLES[0], [1], ALIKE)
    found = {
        "choosing-units": {"train": choosing["x"].shape[0], "test": choosing["test_x"].shape[0]},
        "scaled-alike": {
            "month-off": float(alike["month_off"]),
            "lstm-off": {"seed-1": float(alike["lstm_off"]), "tolerance": 1.0},
        },
    }
    if "model" in alike:
        exec(ON_ALL, alike)
        found["trained-on-all"] = {"batches-of-an-epoch": alike["model"].history.params["steps"]}
    return found


if os.environ["KERAS_BACKEND"] == "torch":
    import torch

    torch.set_num_threads(1)
    emit({"pytorch": {"ran": ["torch"], **facts("many-series-torch"), "changed": changes("many-series-torch")}})
else:
    import keras

    ran_with = on_backend(keras)
    emit({"keras": {"ran": ran_with, **facts("many-series-keras"), "changed": changes("many-series-keras")}})
