"""The test vectors that the site publishes, and what they say of themselves."""

import json
import re
from typing import Any

import numpy as np

from tests.project import ROOT

FOLDER = ROOT / "docs/vectors"
FILE = FOLDER / "lstm-vectors.json"
VECTORS = json.loads(FILE.read_text(encoding="utf-8"))
SCHEMA = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
CONVENTIONS = VECTORS["conventions"]
CASES = {case["name"]: case for case in VECTORS["cases"]}
TOLERANCE = {"float64": 1e-12, "float32": 1e-6}


def value(formula: str, **names: Any) -> Any:
    """The value of a formula as the file writes it: f c is a product."""
    functions = {"exp": np.exp, "tanh": np.tanh, "max": np.maximum, "min": np.minimum}
    with np.errstate(over="ignore"):
        return eval(re.sub(r"(?<=\w) (?=\w)", " * ", formula), functions | names)


def blocks(sentence: str, units: int) -> dict[str, list[int]]:
    """The columns of each gate, from 'blocks i, f, g, o: unit j has the columns j, units + j, …'."""
    order, _, terms = sentence.partition(" has the columns ")
    gates = re.findall(r"\b[ifgo]\b", order)
    terms = re.split(", | and ", terms.replace(" ·", ""))
    return {
        gate: [value(term, units=units, j=j) for j in range(units)] for gate, term in zip(gates, terms, strict=True)
    }
