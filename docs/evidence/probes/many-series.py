"""The programs of the page many-series, with each table of months that it names, to choose units and all shops scaled alike by their changed lines."""

import contextlib
import io
import os
from pathlib import Path

from common import emit, on_backend

BACKENDS = ("tensorflow", "torch")  # the program for Keras, and the one for PyTorch
SNIPPETS = Path(__file__).parents[1] / "snippets/shapes"
LINE = "months, window, last_train = {}, {}, {}"
TABLES = {
    "12-months": (12, 6, 10),
    "24-months": (24, 6, 20),
    "36-months": (36, 12, 30),
    "24-months-in-windows-of-12": (24, 12, 20),
    "24-months-targets-from-13": (24, 6, 20),
}
FROM_13 = {"pieces[:, :split]": "pieces[:, 12 - window : split]"}
CHOOSING = {"12-months": (10, 6, 8), "24-months": (20, 6, 18), "36-months": (30, 12, 24)}
SEEDS = "[1, 2, 3]"
ALIKE = {f"known.{name}(axis=1, keepdims=True)": f"known.{name}()" for name in ("mean", "std")}


def ran(name, table, seeds, changed=None):
    """Return what a program's variables are at its end."""
    source = (SNIPPETS / f"{name}.py").read_text(encoding="utf-8")
    for line, other in {LINE.format(12, 6, 10): LINE.format(*table), SEEDS: f"{seeds}", **(changed or {})}.items():
        if source.count(line) != 1:
            raise ValueError(f"{name} has no line {line!r}")
        source = source.replace(line, other)
    variables = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, variables)
    return variables


def compared(simple, lstm, tolerance):
    """Return the errors of simple forecasts and of the LSTM's runs, and whether each run and all runs are clearly better."""
    least, most = min(lstm), max(lstm)
    repeated = {way: value for way, value in simple.items() if way != "linear"}  # the linear function is too near
    return {
        "simple-off": simple | {"tolerance": 1e-3},
        "lstm-off": {"least": least, "most": most, "tolerance": tolerance},
        "lstm-is-better-than": {way: [off < value for off in lstm] for way, value in repeated.items()},
        "lstm-is-clearly-better-than": {way: value - most > most - least for way, value in repeated.items()},
    }


def facts(name):
    found = {}
    for said, table in TABLES.items():
        changed = FROM_13 if said.endswith("from-13") else {}
        runs = [ran(name, table, [seed], changed) for seed in (1, 2, 3)]
        here = runs[0]
        found[said] = {
            "train": here["x"].shape[0],
            "test": here["test_x"].shape[0],
            "forecasts": list(here["forecast"].shape),
        }
        for place, tolerance in ((0, 1.0), (1, 0.05)):  # in sales, and in deviations
            simple = {
                way: float(here[f"{way}_off"][place]) for way in ("month", "year", "linear") if f"{way}_off" in here
            }
            told = compared(simple, [float(run["lstm_off"][place]) for run in runs], tolerance)
            found[said] |= {"in-deviations": told} if place else told
        if "model" in here:
            found[said]["batches-of-an-epoch"] = here["model"].history.params["steps"]
    return found


def changes(name):
    """Return what the programs do with the other changes that the page names."""
    alike = ran(name, TABLES["12-months"], [1], ALIKE)
    found = {
        "choosing-units": {},
        "scaled-alike": {
            "month-off": float(alike["month_off"][0]),
            "lstm-off": {"seed-1": float(alike["lstm_off"][0]), "tolerance": 1.0},
        },
    }
    for said, table in CHOOSING.items():
        choosing = ran(name, table, [1])
        found["choosing-units"][said] = {"train": choosing["x"].shape[0], "test": choosing["test_x"].shape[0]}
    return found


if os.environ["KERAS_BACKEND"] == "torch":
    import torch

    torch.set_num_threads(1)
    emit({"pytorch": {"ran": ["torch"], **facts("many-series-torch"), "changed": changes("many-series-torch")}})
else:
    import keras

    ran_with = on_backend(keras)
    emit({"keras": {"ran": ran_with, **facts("many-series-keras"), "changed": changes("many-series-keras")}})
