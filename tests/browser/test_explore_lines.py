"""What the explorer says of a layer, docs/assets/widgets/explore/words.js, is what the frameworks did with its lines of code."""

import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import BrowserContext

from docs.sitebuild.records import Records
from lstm_ref import diagonal_blocks
from tests.browser.scripts import call
from tests.built import Site
from tests.project import ROOT

RECORDS = Records(ROOT / "docs/evidence")
RUNS = {  # of each framework, as its lines are named
    "Keras": [RECORDS.facts("explore_keras", backend) for backend in ("tensorflow", "jax", "torch")],
    "PyTorch": [RECORDS.facts("explore_others", "pytorch")],
    "Flax": [RECORDS.facts("explore_others", "flax")],
}
ALL = [run for runs in RUNS.values() for run in runs]
CHOICES = [
    {"units": units, "timesteps": timesteps, "features": features, "sequences": sequences, "state": state}
    for units, timesteps, features, sequences, state in product(
        range(1, 7), range(1, 7), range(1, 5), (False, True), (False, True)
    )
]
RUN_AT = (1, 6)  # timesteps


@pytest.fixture(scope="module")
def given(desk: BrowserContext, site: Site) -> Any:
    """The lines and facts for each choice, with dense and with diagonal blocks."""
    choices = [choice | {"diagonal": diagonal} for diagonal in (False, True) for choice in CHOICES]
    each = [[choice] for choice in choices]
    lines, facts = (call(desk.new_page(), site, "explore/words", name, each) for name in ("lines", "facts"))
    return list(zip(choices, lines, map(dict, facts), strict=True))


def group(run: Any, choice: dict[str, Any]) -> Any:
    flags = f"return_sequences={choice['sequences']}, return_state={choice['state']}"
    return run[flags][f"units={choice['units']}"]


def weights(run: Any, choice: dict[str, Any]) -> dict[str, Any]:
    return run["weights"][f"units={choice['units']}"][f"features={choice['features']}"]


def shapes(words: str) -> dict[str, list[int | str]]:
    """The shapes in "y (batch, 5, 4), h (batch, 4)", of a batch of 2 as it was run."""
    named = re.findall(r"(\w+) \((.*?)\)", words)
    return {name: [2 if axis == "batch" else int(axis) for axis in shape.split(", ")] for name, shape in named}


def numbers(words: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", words)]


def test_each_line_is_one_that_was_run_for_the_choice(given: Any) -> None:
    for choice, lines, _ in given:
        assert lines.keys() == RUNS.keys()
        for framework, code in lines.items():
            assert max(map(len, code.splitlines())) <= 80
            for run in RUNS[framework]:
                assert choice["features"] in group(run, choice)["code"][code]


def test_h_of_every_line_is_the_last_output_and_c_another() -> None:
    assert {(str(run["last-y-is-h"]), str(run["c-is-h"])) for run in ALL} == {("[True]", "[False]")}


def test_the_shapes_of_input_and_output_are_those_of_every_framework(given: Any) -> None:
    for choice, _, facts in given:
        assert shapes(facts["Input"]) == {"x": [2, choice["timesteps"], choice["features"]]}
        for run, timesteps in product(ALL, RUN_AT):
            recorded = group(run, choice)[f"timesteps={timesteps}"]
            if choice["sequences"]:  # y alone depends on the timesteps, and they are its second axis
                assert recorded["y"][1] == timesteps
                recorded = recorded | {"y": [2, choice["timesteps"], *recorded["y"][2:]]}
            assert shapes(facts["Output"]) == recorded


def test_the_weights_are_those_of_keras(given: Any) -> None:
    for choice, _, facts in given:
        for run in RUNS["Keras"]:
            recorded = dict(weights(run, choice))
            total = recorded.pop("parameters")
            sizes = {name: int(np.prod(shape)) for name, shape in recorded.items()}
            for name, shape in recorded.items():
                told, product_of_it = facts[name].split(": ")
                assert numbers(told) == shape
                factors, _, size = product_of_it.split(",")[0].partition(" = ")
                assert np.prod(numbers(factors)) == int(size) == sizes[name]
            summands, _, sum_of_them = facts["Parameters"].partition(" = ")
            assert numbers(summands) == [*sizes.values()]
            assert int(sum_of_them) == total == sum(sizes.values())


def test_diagonal_blocks_have_as_many_zeros_as_it_says(given: Any) -> None:
    for choice, _, facts in given:
        units = choice["units"]
        told = re.findall(r"= \d+(.*)", facts["recurrent_kernel"])
        zeros = np.sum(diagonal_blocks(np.ones((units, 4 * units))) == 0) if choice["diagonal"] else 0
        assert told == [f", {zeros} of them 0" if zeros else ""]


def test_pytorch_alone_has_a_second_bias(given: Any) -> None:
    for choice, _, facts in given:
        biases = {
            name: [shape for of, shape in weights(runs[0], choice).items() if "bias" in of]
            for name, runs in RUNS.items()
        }
        units = [4 * choice["units"]]
        assert biases == {"Keras": [units], "PyTorch": [units, units], "Flax": [units]}
        counts = {name: weights(runs[0], choice)["parameters"] for name, runs in RUNS.items()}
        assert counts["Flax"] == counts["Keras"]
        assert facts["PyTorch"] == f"has a second bias: {counts['PyTorch'] - counts['Keras']} more"
