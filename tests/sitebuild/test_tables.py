"""Tables show what the records hold, and refuse a record that says another system ran."""

import json
import re
import shutil
from pathlib import Path

import pytest

from docs.sitebuild.records import Records, short
from docs.sitebuild.systems import PACKAGES, SYSTEMS
from docs.sitebuild.tables import FOLDER, files, table
from tests.project import ROOT
from tests.sitebuild.small import FIGURE

EVIDENCE = ROOT / "docs/evidence"
TABLES = sorted(file.name.removesuffix(".md.jinja") for file in FOLDER.glob("*.md.jinja"))


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_cell_for_each_heading_and_names_the_systems_of_its_rows(name: str) -> None:
    shown = table(
        name, Records(EVIDENCE), {"every-number": FIGURE._replace(table=[["of", "t = 1"], *[["h", "0.25"]] * 3])}
    )
    heading, rule, *rows = (line.count(" | ") for line in shown.splitlines() if line.startswith("| "))
    assert {rule, *rows} == {heading}
    assert len(rows) > 2
    assert all(f"| {system['name']} " in shown for system in SYSTEMS if name in system["in"])


def test_systems_are_of_known_packages_and_stand_in_known_tables() -> None:
    for system in SYSTEMS:
        assert system.keys() == {"name", "ran", "in"}
        assert {*system["ran"]} <= PACKAGES.keys() and system["ran"]
        assert system["in"] and system["in"].keys() <= {*TABLES}
    assert len({system["name"] for system in SYSTEMS}) == len(SYSTEMS)


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(LookupError, match=r"there is no table 'no-such'\. Known: agreement_keras, "):
        table("no-such", Records(EVIDENCE), {})


@pytest.mark.parametrize(
    ("name", "topic", "path"),
    [("layouts", "layouts", ["systems", "pytorch"]), ("counts", "counts", ["keras-3"]), ("hard_sigmoid", "defaults", ["hard-sigmoid", "jax"])],
)  # fmt: skip
def test_a_record_that_says_that_something_else_ran_makes_no_table(
    name: str, topic: str, path: list[str], tmp_path: Path
) -> None:
    shutil.copy(EVIDENCE / f"{topic}.json", tmp_path)
    record = json.loads((tmp_path / f"{topic}.json").read_text())
    group = record["facts"]
    for key in path:
        group = group[key]
    stamp = Records(tmp_path).stamp(topic, ".".join(path)).words
    group["ran"] = ["flax"]
    (tmp_path / f"{topic}.json").write_text(json.dumps(record))
    records = Records(tmp_path)
    assert records.stamp(topic, ".".join(path)).words == "Flax 0.12.8" != stamp
    with pytest.raises(LookupError, match="ran with flax, which is not"):
        table(name, records, {})


def test_agreement_shows_both_precisions_gaps_failures_and_each_reason_once(tmp_path: Path) -> None:
    fact = {"float32": 1e-7, "float64": 0, "within-bar": True}
    told = {
        "pytorch": {"no-bias": fact, "packed": fact | {"float64": 0.5, "reason": "a < b"}},
        "flax-linen": {"no-bias": fact | {"float32": None, "reason": "a < b"}, "packed": "not supported"},
    }
    columns = [system for system in SYSTEMS if "agreement_others" in system["in"]]
    facts = {
        it["in"]["agreement_others"]: {"ran": it["ran"]} | told.get(it["in"]["agreement_others"], {}) for it in columns
    }
    record = {"recorded": {"date": "2026-11-27", "versions": dict.fromkeys(PACKAGES, "1.0")}, "facts": facts}
    (tmp_path / "agreement_others.json").write_text(json.dumps(record))
    gaps = " — |" * (len(columns) - 2)
    assert [system["name"] for system in columns[:2]] == ["PyTorch", "Flax linen"]
    heading, rule, *rows = table("agreement_others", Records(tmp_path), {}).splitlines()
    assert heading == "| Largest difference in float32, below it in float64 |" + "".join(
        f" {it['name']} |" for it in columns
    )
    assert rule == "| --- |" + " :-: |" * len(columns)
    assert rows == [
        f"| no bias | 1.0e-07<br>0 | raises<br>0 <sup>1</sup> |{gaps}",
        f"| packed | 1.0e-07<br>0.5 <sup>1</sup> | — |{gaps}",
        "",
        "<sup>1</sup> a &lt; b.",
    ]


def test_what_came_of_a_run_is_told_in_words(tmp_path: Path) -> None:
    ways = ("call", "predict", "evaluate", "fit", "fit-use-cudnn-false", "train-on-batch")
    kept = {"state-kept": True, "state-error": 0}
    outcomes = {
        "tensorflow": dict.fromkeys(ways, kept),
        "jax": dict.fromkeys(ways, kept | {"state-error": 3e-8})
        | {"predict": {"state-kept": False, "state-error": 0.456}},
        "torch": dict.fromkeys(ways, kept) | {"fit": {"raises": "RuntimeError"}},
    }
    record = {"recorded": {"date": "2026-11-27", "versions": {}}, "facts": {"ran": ["keras"], **outcomes}}
    (tmp_path / "state.json").write_text(json.dumps(record))
    rows = table("stateful", Records(tmp_path), {}).splitlines()
    assert rows[0] == "| Keras 3 on | TensorFlow | JAX | PyTorch |"
    assert rows[2] == "| `layer(x)` | carried, off by 0 | carried, off by 3.0e-08 | carried, off by 0 |"
    assert rows[3] == "| `model.predict` | carried, off by 0 | **lost**, off by 0.46 | carried, off by 0 |"
    assert rows[5] == "| `model.fit` | carried, off by 0 | carried, off by 3.0e-08 | raises `RuntimeError` |"


def test_a_table_is_made_from_its_templates_and_from_the_data_that_it_names() -> None:
    there = {name: [it for it in files(name) if (FOLDER.parent / it).exists()] for name in TABLES}
    assert there["read_systems"] == ["tables/read_systems.md.jinja", "read_systems.yml"]
    assert there["orders"] == ["tables/orders.md.jinja", "read_systems.yml", "systems.yml"]
    assert there["agreement_others"] == ["tables/agreement_others.md.jinja", "tables/agreement.jinja", "systems.yml"]
    assert there["peers"] == ["tables/peers.md.jinja"]
    made_from = {it for each in there.values() for it in each}
    assert {f"tables/{file.name}" for file in FOLDER.glob("*.jinja")} <= made_from


WAYS = {  # the rows of the table of masks: (what became of the mask, whether the layer warned)
    "makes a mask": ("made", False),
    "**keeps** it for the next layer": ("kept", False),
    "keeps it, and warns that it does not": ("kept", True),
    "gives another mask to the next layer": ("changed", False),
    "**drops** it, and warns": ("dropped", True),
    "**drops** it without a warning": ("dropped", False),
    "raises, with the shapes that we ran": ("raises", None),
}


def test_the_table_of_masks_has_each_layer_on_each_backend_in_the_row_of_what_it_did() -> None:
    records, found = Records(EVIDENCE), {}
    backends = {"TensorFlow": "tensorflow", "JAX": "jax", "PyTorch": "torch"}
    for row in table("masks", records, {}).splitlines()[2:]:
        label, cell = row.strip("| ").split(" | ")
        for name, said in re.findall(r"`([^`]+)`(?: \(([^)]*)\))?", cell):
            where = [it for it in backends if re.search(rf"\bon .*\b{it}\b", said)] or backends
            for each in [name, *(re.sub("[12]D", size, name) for size in ("2D", "3D") if size in said)]:
                for backend in where:
                    assert (backends[backend], each) not in found, f"{each} stands twice"
                    found[backends[backend], each] = WAYS[label]
    facts = {backend: records.facts("masks", f"{backend}.layers") for backend in backends.values()}
    assert found == {
        (backend, name): (fact.get("mask", "raises"), fact.get("warns"))
        for backend, layers in facts.items()
        for name, fact in layers.items()
    }


def test_numbers_are_short() -> None:
    assert [short(number) for number in (0, 0.5, 12.345, 3e-8, 1234.5)] == ["0", "0.5", "12.3", "3.0e-08", "1.2e+03"]


def test_a_record_of_another_order_than_the_conversion_has_makes_no_table(tmp_path: Path) -> None:
    shutil.copytree(EVIDENCE, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("probes", "snippets"))
    record = json.loads((tmp_path / "systems.json").read_text())
    record["facts"]["systems"]["openvino-sequence"]["gate-order"] = "ifgo"
    (tmp_path / "systems.json").write_text(json.dumps(record))
    for name in ("orders", "read_systems"):
        with pytest.raises(LookupError, match=r"OpenVINO `LSTMSequence` ran with the gates ifgo, and .* has figo"):
            table(name, Records(tmp_path), {})
