"""Records are read as they are written, and a stamp names what ran, as the record says it."""

import json
from pathlib import Path

import pytest

from docs.sitebuild.records import Records, imports

VERSIONS = {"keras": "3.15.1", "tensorflow": "2.21.0", "jax": "0.10.2", "torch": "2.13.0", "numpy": "2.4.6"}
FACTS = {
    "shape": [2, 5],
    "keras": {"ran": ["tensorflow", "keras"], "error": 3e-8, "of.dots": {"deep": ["a", "b"]}},
    "others": {"on-jax": {"ran": ["jax"], "error": 0.5}, "on-torch": {"ran": ["torch"], "order": "ifgo"}},
    "nested": {"ran": ["keras", "jax"], "value": 1, "below": {"ran": ["torch"], "value": 2}},
}
SNIPPET = "import keras\nimport torch\nimport json\nfrom lstm_ref import LSTM\nprint(1)\n"


def written(folder: Path, topic: str, facts: object) -> Records:
    recorded = {"date": "2026-11-23", "versions": VERSIONS}
    (folder / f"{topic}.json").write_text(json.dumps({"topic": topic, "recorded": recorded, "facts": facts}))
    return Records(folder)


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return written(tmp_path, "some", FACTS)


def test_facts_lie_at_paths(records: Records) -> None:
    found = {path: records.facts("some", path) for path in ("-", "shape.1", "keras.of.dots.deep.0", "others.on-jax")}
    assert found == {
        "-": FACTS,
        "shape.1": 5,
        "keras.of.dots.deep.0": "a",
        "others.on-jax": {"ran": ["jax"], "error": 0.5},
    }


def test_a_file_is_read_once_and_noted(records: Records, tmp_path: Path) -> None:
    assert not records.loaded
    records.facts("some")
    (tmp_path / "some.json").unlink()
    assert records.facts("some", "shape") == [2, 5]
    assert records.loaded.keys() == {"some"}


@pytest.mark.parametrize(
    ("path", "ran"),
    [
        ("keras", "Keras 3.15.1, TensorFlow 2.21.0"),
        ("keras.error", "Keras 3.15.1, TensorFlow 2.21.0"),
        ("keras.of.dots.deep.0", "Keras 3.15.1, TensorFlow 2.21.0"),
        ("others.on-jax.error", "JAX 0.10.2"),
        ("others", "JAX 0.10.2, PyTorch 2.13.0"),
        ("nested.value", "Keras 3.15.1, JAX 0.10.2"),
        ("nested.below.value", "PyTorch 2.13.0"),
        ("nested", "Keras 3.15.1, JAX 0.10.2, PyTorch 2.13.0"),
        ("-", "Keras 3.15.1, TensorFlow 2.21.0, JAX 0.10.2, PyTorch 2.13.0"),
    ],
)
def test_a_stamp_is_the_nearest_list_and_those_below_in_the_order_of_the_table(
    path: str, ran: str, records: Records
) -> None:
    stamp = records.stamp("some", path)
    assert (stamp.words, stamp.month) == (ran, "2026-11")
    assert ", ".join(stamp.names) == ran


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"a": {"error": 1}}, "some.a does not say what it ran with"),
        ({"a": {"ran": ["jax"]}, "b": {"error": 1}}, "some.b does not say what it ran with"),
        ({"a": {"ran": [], "error": 1}}, "some.a does not say what it ran with"),
        ({"error": 1}, "some does not say what it ran with"),
    ],
)
def test_a_group_that_does_not_say_what_it_ran_with_cannot_be_read(facts: object, said: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=said):
        written(tmp_path, "some", facts).facts("some")


@pytest.mark.parametrize(
    ("topic", "path", "said"),
    [
        ("no-such", "-", "there is no evidence 'no-such'. Known: some."),
        ("some", "no.such", "some.json has no 'no.such'. Its facts begin with shape, keras, others, nested."),
        ("some", "shape", "some shape does not say what it ran with"),
    ],
)
def test_a_stamp_of_nothing_is_refused(topic: str, path: str, said: str, records: Records) -> None:
    with pytest.raises(LookupError, match=said):
        records.stamp(topic, path)


@pytest.mark.parametrize("package", ["kersa", "scipy", "flax"])
def test_what_ran_is_a_system_whose_version_is_recorded(package: str, tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=f"ran with {package}, of which there is no version"):
        written(tmp_path, "some", {"ran": ["jax", package], "error": 1}).stamp("some")


def test_a_snippet_comes_with_what_it_printed_what_ran_and_what_it_needs(tmp_path: Path) -> None:
    run = {"tensorflow": {"one": {"ran": ["keras", "tensorflow"], "printed": ["1"]}}}
    run |= {"jax": {"one": {"ran": ["keras", "jax"], "printed": ["2"]}}, "torch": {}}
    records = written(tmp_path, "tried", run)
    with pytest.raises(LookupError, match="there is no snippet tried/one"):
        records.snippet("tried", "one")
    (tmp_path / "snippets/tried").mkdir(parents=True)
    (tmp_path / "snippets/tried/one.py").write_text(SNIPPET)
    (tmp_path / "snippets/tried/other.py").write_text(SNIPPET)
    with pytest.raises(LookupError, match="nothing is recorded of it: make evidence"):
        records.snippet("tried", "other")
    snippet = records.snippet("tried", "one")
    assert snippet.source == SNIPPET
    assert snippet.printed == {"tensorflow": ["1"], "jax": ["2"]}
    assert snippet.stamp.words == "Keras 3.15.1 on TensorFlow 2.21.0, JAX 0.10.2"
    assert snippet.needs == {
        "keras": "3.15.1",
        "lstm_ref": "",
        "numpy": "2.4.6",
        "tensorflow": "2.21.0",
        "torch": "2.13.0",
    }


def test_a_snippet_without_keras_names_what_it_imports(tmp_path: Path) -> None:
    records = written(tmp_path, "tried", {"jax": {"one": {"ran": ["jax", "torch"], "printed": []}}})
    (tmp_path / "snippets/tried").mkdir(parents=True)
    (tmp_path / "snippets/tried/one.py").write_text("import jax.numpy as jnp\nfrom torch.nn import LSTM\n")
    snippet = records.snippet("tried", "one")
    assert snippet.stamp.words == "JAX 0.10.2, PyTorch 2.13.0"
    assert snippet.needs == {"jax": "0.10.2", "numpy": "2.4.6", "torch": "2.13.0"}


def test_imports_are_found_wherever_they_stand() -> None:
    assert imports("import a.b, c as d\ndef f():\n    from e.f import g\nfrom . import h\n") == {"a", "c", "e"}
