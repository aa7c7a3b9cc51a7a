"""The programs of the page many-series, with 12 months as they stand and with 36 by their one changed line."""

import contextlib
import io
from pathlib import Path

import keras
import torch
from common import emit, on_backend

BACKENDS = ("tensorflow", "jax", "torch")
SNIPPETS = Path(__file__).parents[1] / "snippets/shapes"
LINE = "months, window, last_train = {}, {}, {}"
TABLES = (12, 6, 10), (36, 12, 30)


def ran(name, table):
    """Return what a program's variables are at its end."""
    source = (SNIPPETS / f"{name}.py").read_text(encoding="utf-8")
    line = LINE.format(*TABLES[0])
    if source.count(line) != 1:
        raise ValueError(f"{name} has no line {line!r}")
    keras.utils.set_random_seed(1)
    torch.manual_seed(1)
    variables = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source.replace(line, LINE.format(*table)), variables)
    return variables


def facts(name, packages):
    found = {"ran": packages}
    for table in TABLES:
        here = ran(name, table)
        simple = {way: float(here[f"{way}_off"]) for way in ("month", "year") if f"{way}_off" in here}
        lstm = float(here["lstm_off"])
        found[f"{table[0]}-months"] = {
            "train": here["x"].shape[0],
            "test": here["test_x"].shape[0],
            "forecasts": list(here["forecast"].shape),
            "simple-off": simple | {"tolerance": 1e-3},
            "lstm-off": {"one-run": lstm, "tolerance": 1.0},
            "lstm-is-better-than": {way: lstm < value for way, value in simple.items()},
        }
        if "model" in here:
            found[f"{table[0]}-months"]["batches-of-an-epoch"] = here["model"].history.params["steps"]
    return found


given = {"keras": facts("many-series-keras", on_backend(keras))}
if keras.config.backend() == "torch":
    given["pytorch"] = facts("many-series-torch", ["torch"])
emit(given)
