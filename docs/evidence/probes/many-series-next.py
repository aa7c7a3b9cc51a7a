"""The PyTorch program of the page many-series, with 12 months: how far off its forecasts of month 13 are, which it has not seen."""

import contextlib
import io
from pathlib import Path

import numpy as np
import torch
from common import emit

BACKENDS = ("torch",)
PROGRAM = Path(__file__).parents[1] / "snippets/shapes/many-series-torch.py"
CUT = "sales = sales[:, :months]"

source = PROGRAM.read_text(encoding="utf-8")
if source.count(CUT) != 1:
    raise ValueError(f"the program has no line {CUT!r}")
torch.set_num_threads(1)
here = {}
with contextlib.redirect_stdout(io.StringIO()):
    exec(source.replace(CUT, f"longer = sales\n{CUT}"), here)
month_13 = here["longer"][:, 12]


def off(forecast):
    return float(np.sqrt(np.mean((forecast - month_13) ** 2)))


emit(
    {
        "ran": ["torch"],
        "months-11-and-12": {
            "last-month": float(here["month_off"][0]),
            "lstm": float(here["lstm_off"][0]),
            "tolerance": 2.0,
        },
        "month-13": {"last-month": off(here["sales"][:, -1]), "lstm": off(here["forecast"][:, 0]), "tolerance": 2.0},
    }
)
