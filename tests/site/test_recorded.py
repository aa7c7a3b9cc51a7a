"""The records are whole and say what ran, and what the figures draw is what the frameworks did then. Needs no framework."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from diagrams.figures.layouts import SYSTEMS, landed
from docs.sitebuild.records import Records, imports
from docs.sitebuild.systems import INSTALLED_AS, PACKAGES
from lstm_ref import LSTM
from lstm_ref.activations import hard_sigmoid, hard_sigmoid_keras2
from lstm_ref.examples import worked_input, worked_layer
from lstm_ref.layouts import to_pytorch
from tests.built import Site
from tests.evidence.files import as_text, digests
from tests.evidence.portable import portable
from tests.evidence.processes import jobs, topics
from tests.project import ROOT
from tests.site.sources import PAGES, marks

EVIDENCE = ROOT / "docs/evidence"
RECORDS = Records(EVIDENCE)
facts = RECORDS.facts
BACKENDS = ("tensorflow", "jax", "torch")
X = worked_input()
HOLES = np.array([[False, True, True, False, True], [True, True, True, False, False]])


# The pages


def test_the_site_shows_each_claim_and_links_to_what_it_rests_on(site: Site) -> None:
    marked = {}
    for uri, page in PAGES.items():
        for mark in marks(page.blocks, "checked"):
            topic, _, name = mark.split()
            marked[name.removeprefix("#")] = (uri, topic)
    shown = {tag["id"]: (page, tag) for page in site.pages for tag in page.soup.select(".evidence[id]")}
    assert shown.keys() == marked.keys()
    for name, (uri, topic) in marked.items():
        page, tag = shown[name]
        assert page.url == site.page_of(ROOT / "docs" / uri).url
        assert tag.text.startswith("checked with ")
        targets = [(page.path.parent / link["href"]).resolve().relative_to(site.root) for link in tag.select("a")]
        assert targets == [
            Path(f"evidence/{topic}.json"),
            Path(f"evidence/{topic if '/' in topic else f'probes/{topic}'}.py"),
        ]
    for page in site.pages:
        text = "".join(text for text in page.soup.body.find_all(string=True) if not text.find_parent(["pre", "script"]))
        assert "{{" not in text, page.url


# The records


def test_every_probe_and_every_snippet_is_recorded_and_nothing_else():
    experiments = {
        file.relative_to(EVIDENCE).with_suffix("").as_posix() for file in EVIDENCE.glob("experiments/*.json")
    }
    assert set(RECORDS.topics()) - experiments == {*topics(EVIDENCE)}
    recorded = {
        (topic, name) for topic in RECORDS.topics() for name in RECORDS.record(topic)["recorded"].get("sources", ())
    }
    assert recorded == {(file.parent.name, file.stem) for file in EVIDENCE.glob("snippets/*/*.py")}
    assert len(recorded) > 200


def test_evidence_holds_only_what_is_published():
    kinds = {file.relative_to(EVIDENCE).parts[0] for file in EVIDENCE.rglob("*") if "__pycache__" not in file.parts}
    kinds -= {f"{topic}.json" for topic in RECORDS.topics()}
    assert kinds == {"experiments", "probes", "snippets", "requirements.txt"}


@pytest.mark.parametrize("topic", RECORDS.topics())
def test_a_record_is_small_and_says_what_ran_and_where(topic):
    text = (EVIDENCE / f"{topic}.json").read_text(encoding="utf-8")
    record = RECORDS.record(topic)
    assert record.keys() == {"topic", "recorded", "facts"}
    assert record["topic"] == topic
    assert record["facts"]
    assert len(text.encode()) < 60_000
    assert text == as_text(record)
    recorded = record["recorded"]
    assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", recorded["date"])
    assert recorded["platform"]
    pins = dict(re.findall(r"^([\w-]+)(?:\[\w+\])?==(\S+)", (EVIDENCE / "requirements.txt").read_text(), re.MULTILINE))
    assert {INSTALLED_AS.get(name, name): found for name, found in recorded["versions"].items()}.items() <= pins.items()
    assert recorded["versions"].keys() == RECORDS.ran(topic) | {"numpy"}
    assert recorded.get("sources", {}) == digests(EVIDENCE, topic), f"make evidence: {topic}"


@pytest.mark.parametrize("topic", RECORDS.topics())
def test_a_record_holds_nothing_of_the_machine(topic):
    text = (EVIDENCE / f"{topic}.json").read_text(encoding="utf-8")
    assert not re.findall(
        r"/(?:home|root|tmp|usr|work|opt|Users|var)/\S*|site-packages|\w+\.py\b|://|0x[0-9a-f]{6,}|__Mkl", text
    )
    assert portable(json.loads(text)) == json.loads(text)


def test_what_ran_is_what_the_probe_imports_and_the_backend_of_keras():
    """A probe names in its facts every framework that it imports; Keras runs on the backend that it was given."""
    for probe in (file for file in (EVIDENCE / "probes").glob("*.py") if file.stem != "common"):
        source = probe.read_text(encoding="utf-8")
        runs = {job.backend for job in jobs(EVIDENCE, probe.stem)} - {""} or {"tensorflow"}
        imported = (imports(source) | (runs if "keras" in imports(source) else set())) & PACKAGES.keys()
        by_common = {"onnx"} if "onnx_run" in source else set()
        assert RECORDS.ran(probe.stem) == (imported | by_common) - {"numpy"}, probe.name


def test_what_a_snippet_ran_with_is_what_it_imports_and_the_backend_of_keras():
    for file in EVIDENCE.glob("snippets/*/*.py"):
        imported = imports(file.read_text(encoding="utf-8"))
        for backend in RECORDS.snippet(file.parent.name, file.stem).printed:
            ran = facts(file.parent.name, f"{backend}.{file.stem}.ran")
            assert set(ran) == (imported | ({backend} if "keras" in imported else set())) & PACKAGES.keys() - {
                "numpy"
            }, file


def test_what_a_probe_finds_below_a_backend_ran_on_it():
    probes = [
        topic for topic in RECORDS.topics() if facts(topic).keys() == {*BACKENDS} and not digests(EVIDENCE, topic)
    ]
    assert len(probes) > 3
    for topic in probes:
        for backend in BACKENDS:
            assert RECORDS.ran(topic, backend) - {"tf_keras"} == {"keras", backend}


# The figures


def both_directions():
    forward = worked_layer(return_sequences=True)(X)
    backward = worked_layer(seed=2, return_sequences=True, go_backwards=True)(X)[:, ::-1]
    return forward, backward


DRAWN = {
    "returns.y": lambda: worked_layer(return_sequences=True)(X),
    "go-backwards.y": lambda: worked_layer(return_sequences=True, go_backwards=True)(X),
    "bidirectional.y": lambda: np.concatenate(both_directions(), axis=-1),
    "bidirectional.y-last": lambda: np.concatenate([both_directions()[0][:, -1], both_directions()[1][:, 0]], axis=-1),
    "masks.y": lambda: worked_layer(return_sequences=True)(X, mask=HOLES),
    "zero-padding.y-without-mask": lambda: worked_layer(return_sequences=True)(np.where(HOLES[..., np.newaxis], X, 0)),
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("path", DRAWN)
def test_keras_gave_what_the_figure_draws(path, backend):
    recorded = np.array(facts("sequences", f"{backend}.{path}"))
    assert np.abs(DRAWN[path]() - recorded).max() < 1e-6


FIGURE_OF = {
    "keras3": "keras",
    "pytorch": "pytorch",
    "flax": "flax",
    "keras1": "keras1",
    "tf1": "tf1",
    "onnx-runtime": "onnx",
}


@pytest.mark.parametrize("system", FIGURE_OF)
def test_systems_order_gates_and_states_as_the_figure_says(system):
    recorded = facts("layouts", f"systems.{system}")
    drawn = SYSTEMS[FIGURE_OF[system]]
    order, _, biases = landed(drawn.convert)
    assert order == recorded["gate-order"]
    assert biases == recorded["biases"]
    assert drawn.states.split(", ") == recorded["state-order"]


def test_both_hard_sigmoids_are_those_of_the_frameworks():
    x = np.array(facts("defaults", "hard-sigmoid.x"))
    for function, system in ((hard_sigmoid, "keras-3"), (hard_sigmoid_keras2, "keras-2")):
        assert np.abs(function(x) - facts("defaults", f"hard-sigmoid.{system}.values")).max() < 1e-6


@pytest.mark.parametrize("size", facts("counts", "keras-3.LSTM"))
def test_counts_are_those_of_keras_and_pytorch(size):
    features, units = (int(part.split("=")[1]) for part in size.split(","))
    layer = LSTM(units)
    layer.build((None, None, features))
    assert layer.count_params() == facts("counts", "keras-3.LSTM")[size]
    pytorch = sum(array.size for array in to_pytorch(*layer.get_weights()))
    assert pytorch == facts("counts", "pytorch.LSTM")[size]


@pytest.mark.parametrize("unit_forget_bias", [True, False])
def test_the_bias_starts_as_in_keras(unit_forget_bias):
    layer = LSTM(2, unit_forget_bias=unit_forget_bias)
    layer.build((None, None, 3))
    recorded = facts("defaults", f"initial-bias.keras-3.unit_forget_bias={unit_forget_bias}.bias_initializer=zeros")
    assert layer.bias.tolist() == recorded
