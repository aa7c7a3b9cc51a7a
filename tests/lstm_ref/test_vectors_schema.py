"""The schema of the test vectors refuses what is none."""

import copy
from collections.abc import Iterator
from typing import Any

import jsonschema

from tests.lstm_ref.vectors import CASES, SCHEMA, VECTORS

SPOILS = [
    lambda case: case.pop("dtype"),
    lambda case: case["weights"].pop("bias"),
    lambda case: case["settings"].update(use_bias=False),
    lambda case: case["settings"].update(units=0),
    lambda case: case["settings"].update(activation="Tanh"),
    lambda case: case["calls"][0].update(mask=[[1, 0]]),
    lambda case: case["calls"][0]["steps"].pop("g"),
    lambda case: case["calls"][0]["expected"].update(h=[["0.5"]]),
    lambda case: case.update(initial_state=[[[0.0]], [[0.0]]]),
    lambda case: case.update(tolerance=0),
    lambda case: case.update(tolerance=1e-6),
    lambda case: case.update(name="one-unit-float32"),
    lambda case: case.update(name="one-unit"),
    lambda case: case.update(dtype="float16"),
    lambda case: case.update(name="One unit-float64"),
    lambda case: case.update(calls=[]),
    lambda case: case["settings"].update(features=1.5),
    lambda case: case["weights"].update(bias=[]),
    lambda case: case["weights"].update(kernel=[]),
    lambda case: case["weights"].update(bias=[None, *case["weights"]["bias"][1:]]),
    lambda case: case["weights"].update(bias=[True, *case["weights"]["bias"][1:]]),
    lambda case: case["calls"][0].update(x=[]),
    lambda case: case["settings"].update(recurrent_activation="tanh"),
]


def test_the_schema_is_one_and_the_vectors_keep_to_it():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(VECTORS)


def test_the_schema_refuses_what_is_spoilt():
    validator, one = jsonschema.Draft202012Validator(SCHEMA), VECTORS | {"cases": VECTORS["cases"][:1]}
    validator.validate(one)
    for number, spoil in enumerate(SPOILS):
        spoilt = copy.deepcopy(one)
        spoil(spoilt["cases"][0])
        assert not validator.is_valid(spoilt), f"spoil {number}"


def test_the_schema_refuses_another_format_and_a_file_without_cases():
    for spoil in ({"version": 2}, {"cases": []}):
        assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(VECTORS | spoil)


def objects(part: Any) -> Iterator[dict[str, Any]]:
    """The dictionaries, the outer ones first."""
    inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    yield from [part] if isinstance(part, dict) else []
    for each in inner:
        yield from objects(each)


def test_the_schema_refuses_a_key_that_is_gone_or_empty_or_new():
    validator = jsonschema.Draft202012Validator(SCHEMA)
    few = VECTORS | {"conventions": {}, "cases": [CASES["initial-state-float64"], CASES["mask-holes-float64"]]}
    optional = {"initial_state", "mask"}
    assert optional < {key for each in objects(few) for key in each}
    for number, each in enumerate(objects(few)):
        if each == {}:
            continue
        changes = [lambda it: it.update(new=1)]
        changes += [lambda it, key=key: it.update({key: None}) for key in each]
        changes += [lambda it, key=key: it.pop(key) for key in each if key not in optional]
        for change in changes:
            spoilt = copy.deepcopy(few)
            change([*objects(spoilt)][number])
            assert not validator.is_valid(spoilt), f"{spoilt.keys()}: {[*each]}"
