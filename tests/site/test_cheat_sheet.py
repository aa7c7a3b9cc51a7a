"""The sheet to print says what was recorded, and readers find it."""

import json
import re
from collections import Counter
from typing import Any

import yaml

from diagrams.figures.cheat_sheet import ERRORS
from tests.built import Site
from tests.diagrams.svg_numbers import texts
from tests.project import ROOT

SNIPPETS = {  # the id of an error: the program that raises it
    "hidden-size": "hidden-size",
    "expected-ndim-3": "keras-ndim",
    "same-batch": "same-batch",
    "stacked-ndim-2": "stacked",
    "static-batch": "static-batch",
}


def facts(topic: str) -> dict[str, Any]:
    return json.loads((ROOT / f"docs/evidence/{topic}.json").read_text())["facts"]


def shape(text: str) -> list[list[int]]:
    return [[int(side) for side in re.findall(r"\d+", each)] for each in re.findall(r"\(([\d, ]+)\)", text)]


def said() -> dict[str, str]:
    return {gid: text for gid, text in texts("cheat-sheet") if gid}


def test_each_message_was_raised_word_for_word() -> None:
    recorded = facts("errors")
    for (_, message, _), snippet in zip(ERRORS, SNIPPETS.values(), strict=True):
        runs = [backend[snippet]["printed"] for backend in recorded.values() if snippet in backend]
        assert runs and all(message in printed[-1] for printed in runs), message


def test_each_fix_is_what_the_program_that_ran_does() -> None:
    words = {"hidden-size": ["zeros(1, 2, 4)", "batch_first=True"], "keras-ndim": ["x[:, :, np.newaxis]"]}
    words["keras-ndim"] += ["x[:, np.newaxis, :]"]
    words |= {"same-batch": ["set_weights"], "stacked": ["return_sequences=True"]}
    words["static-batch"] = ["keras.Input(batch_shape=(2, 5, 3))"]
    for name, parts in words.items():
        source = (ROOT / f"docs/evidence/snippets/errors/{name}-fixed.py").read_text()
        assert all(part in source for part in parts), name
    for (_, _, fix), snippet in zip(ERRORS, SNIPPETS.values(), strict=True):
        assert all(part in fix for part in words[snippet] if "=True" in part or "newaxis" in part or "Input" in part)


def test_the_five_are_those_that_most_phrasings_of_readers_ask_for() -> None:
    asked = yaml.safe_load((ROOT / "docs/search/asked.yml").read_text())
    answers = (set(entry.get("answer", [])) for entry in asked)
    count = Counter(it.partition("#")[2] for each in answers for it in each if it.startswith("errors/"))
    items = re.findall(r"\{ #([\w-]+) \.error \}", "".join(file.read_text() for file in (ROOT / "docs").rglob("*.md")))
    least = min(count[name] for name in SNIPPETS)
    assert not {name: count[name] for name in {*items} - SNIPPETS.keys() if count[name] > least}


def test_shapes_are_those_that_keras_and_pytorch_returned() -> None:
    written = said()
    for backend in facts("sequences").values():
        returns, both = backend["returns"], backend["bidirectional"]
        expected = {
            "shapes-sequences-false-state-false": [returns["shape"]],
            "shapes-sequences-true-state-false": [returns["shape-return_sequences"]],
            "shapes-sequences-false-state-true": returns["shapes-return_state"],
            "shapes-sequences-true-state-true": returns["shapes-return_sequences-return_state"],
            "both-sequences-false": [both["shape"]],
            "both-sequences-true": [both["shape-return_sequences"]],
        }
        for gid, shapes in expected.items():
            assert shape(written[gid]) == shapes, gid
    torch = facts("questions-direction-and-masks")["torch"]
    (printed,) = (it for it in torch["pytorch-batch-first"]["printed"] if it.startswith("True"))
    assert shape(written["torch-shapes"])[:2] == shape(printed)
    assert torch["pytorch-output-and-h-n"]["printed"][0] == "(2, 5, 8) (2, 2, 4)"


def test_weights_have_the_recorded_names_and_shapes() -> None:
    written, systems = said(), facts("layouts")["systems"]
    for column, system in (("keras", "keras3"), ("torch", "pytorch")):
        recorded = systems[system]
        lines = [written[f"name-{k}-{column}"] for k in (3, 4, 5)]
        for name, size in zip(recorded["weights"], recorded["shapes"], strict=True):
            (line,) = (it for it in lines if re.search(rf"\b{name}\b", it))
            assert shape(line) == [size]
        assert written[f"name-9-{column}"].startswith(str(recorded["parameters"]))
        assert recorded["gate-order"] == "ifgo"


def test_readers_find_the_three_files(site: Site) -> None:
    section = site.page("figures/").soup.find(id="cheat-sheet").find_next("p")
    links = {link.text: link["href"] for link in section.find_all("a")}
    assert links == {kind: f"cheat-sheet.{kind.lower()}" for kind in ("PDF", "PNG", "SVG")}
    for name in links.values():
        assert (site.root / "figures" / name).stat().st_size > 10_000
    assert site.page("cite/").soup.select("article a[href$='figures/#cheat-sheet']")
    pdf = (site.root / "figures/cheat-sheet.pdf").stat().st_size
    assert pdf < 100_000
