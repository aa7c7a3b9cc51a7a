"""The arithmetic of the widgets, docs/assets/widgets/lstm.js, is that of lstm_ref, numbers held by the reader included."""

import json
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from lstm_ref import LSTM, diagonal_blocks
from lstm_ref.examples import worked_input, worked_layer
from tests.browser.scripts import call
from tests.built import Site

SETTINGS = 500


def case(rng: np.random.Generator) -> dict[str, Any]:
    """A layer of up to 6 units with random weights, dense or diagonal, a run of it, and what is held, or nothing."""
    units, timesteps, features = (int(rng.integers(1, most + 1)) for most in (6, 6, 4))
    kernel, recurrent, bias = (
        rng.normal(size=shape) for shape in ((features, 4 * units), (units, 4 * units), (4 * units,))
    )
    if rng.random() < 0.3:
        recurrent = diagonal_blocks(recurrent)
    name = str(rng.choice(["x", "h", "c", "nothing"]))
    hold = {
        "name": name,
        "t": int(rng.integers(name == "x", timesteps + 1)),
        "j": int(rng.integers(features if name == "x" else units)),
        "value": float(rng.normal(scale=2)),
    }
    return {
        "weights": {"kernel": kernel, "recurrent_kernel": recurrent, "bias": bias},
        "x": rng.normal(scale=2, size=(timesteps, features)),
        "h": rng.normal(size=units) * (rng.random() < 0.5),
        "c": rng.normal(size=units) * (rng.random() < 0.5),
        "hold": None if name == "nothing" else hold,
    }


def states(case: dict[str, Any]) -> dict[str, np.ndarray]:
    """h and c at each t by lstm_ref, which cannot hold anything: step by step, each from states that were changed by hand."""
    layer = LSTM(len(case["h"]), return_state=True)
    layer.set_weights([*case["weights"].values()])
    x, hold = case["x"].copy(), case["hold"] or {"name": ""}
    if hold["name"] == "x":
        x[hold["t"] - 1, hold["j"]] = hold["value"]
    now = {"h": case["h"].copy(), "c": case["c"].copy()}
    kept = {"h": [], "c": []}
    for t in range(len(x) + 1):
        if t:
            trace = layer.trace(x[np.newaxis, t - 1 : t], initial_state=[now["h"][np.newaxis], now["c"][np.newaxis]])
            now = {"h": trace.h[0, 0].copy(), "c": trace.c[0, 0].copy()}
        if hold["name"] in now and hold["t"] == t:
            now[hold["name"]][hold["j"]] = hold["value"]
            if hold["name"] == "c" and t:
                now["h"][hold["j"]] = trace.o[0, 0, hold["j"]] * np.tanh(hold["value"])
        for name, values in now.items():
            kept[name].append(values.copy())
    return {name: np.array(values) for name, values in kept.items()}


def run(tab: Page, site: Site, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    arguments = [[each[name] for name in ("weights", "x", "h", "c", "hold")] for each in cases]
    return call(tab, site, "lstm", "run", json.loads(json.dumps(arguments, default=np.ndarray.tolist)))


def test_it_computes_what_lstm_ref_computes(tab: Page, site: Site) -> None:
    rng = np.random.default_rng(11)
    cases = [case(rng) for _ in range(SETTINGS)]
    assert {(each["hold"] or {"name": ""})["name"] for each in cases} == {"x", "h", "c", ""}
    worst = 0.0
    for each, found in zip(cases, run(tab, site, cases), strict=True):
        expected = states(each)
        for name, values in expected.items():
            worst = max(worst, abs(np.array(found[name]) - values).max())
    assert 0 < worst < 1e-12


def test_gates_are_those_of_lstm_ref_too(tab: Page, site: Site) -> None:
    rng = np.random.default_rng(12)
    cases = [case(rng) | {"hold": None} for _ in range(50)]
    for each, found in zip(cases, run(tab, site, cases), strict=True):
        layer = LSTM(len(each["h"]))
        layer.set_weights([*each["weights"].values()])
        trace = layer.trace(each["x"][np.newaxis], initial_state=[each["h"][np.newaxis], each["c"][np.newaxis]])
        for name in "ifgo":
            assert abs(np.array(found[name][1:]) - getattr(trace, name)[0]).max() < 1e-12


@pytest.mark.parametrize("dense", [True, False])
def test_the_difference_is_exactly_zero_where_no_path_leads(dense: bool, tab: Page, site: Site) -> None:
    """c of a unit reaches the others through its h one step later; with diagonal blocks never."""
    rng = np.random.default_rng(13)
    before, after = [], []
    while len(after) < 100:
        each = case(rng)
        if (each["hold"] or {"name": "x"})["name"] != "x":
            recurrent = rng.normal(size=(len(each["h"]), 4 * len(each["h"])))
            each["weights"]["recurrent_kernel"] = recurrent if dense else diagonal_blocks(recurrent)
            before.append(each | {"hold": None})
            after.append(each)
    moved_later = 0
    for each, one, other in zip(after, run(tab, site, before), run(tab, site, after), strict=True):
        t, j = each["hold"]["t"], each["hold"]["j"]
        moved = [np.array(one[name]) != np.array(other[name]) for name in "hc"]
        other_units = np.arange(len(each["h"])) != j
        for units in moved:
            assert not units[:t].any(), "before it is held"
            assert not units[t, other_units].any(), "other units at that step"
            assert dense or not units[:, other_units].any(), "other units, which do not read it"
            moved_later += units[t + 1 :, other_units].sum()
    assert bool(moved_later) == dense


def test_parts_of_a_layer_are_smaller_layers(tab: Page, site: Site) -> None:
    data = json.loads((site.root / "figures/every-number.json").read_text())
    (part,) = call(tab, site, "lstm", "part", [[data, 4, 3, 5]])
    kernel, recurrent, bias = worked_layer().get_weights()
    expected = {"kernel": kernel, "recurrent_kernel": recurrent, "bias": bias, "x": worked_input()[0]}
    assert part == {name: values.tolist() for name, values in expected.items()}
