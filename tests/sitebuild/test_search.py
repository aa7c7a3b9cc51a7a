"""What the search is given to read."""

import json
from pathlib import Path

import pytest
import yaml

from docs.sitebuild.search import asked, index, plain
from tests.project import ROOT

WORDS = "- {words: my shape is wrong, found: here, answer: [a/, a/#b]}\n- {words: kept back, found: here, answer: [a/], test: true}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "asked.yml").write_text(WORDS + "- {words: not answered, found: here, answer: [], missing: why}\n")
    (tmp_path / "threads.tsv").write_text("how many units\thttps://example.org/1\ta/#b a/\n")
    (tmp_path / "worded.tsv").write_text("what is a unit\ta/ a/#b\n")
    (tmp_path / "encoder.json").write_text('{"sections": ["a/"]}')
    return tmp_path


def test_questions_go_to_all_that_answers_them_but_for_those_of_the_test(folder: Path) -> None:
    found = ("my shape is wrong", ["a/", "a/#b"])
    thread = ("how many units", ["a/#b", "a/"])
    ours = ("what is a unit", ["a/", "a/#b"])
    assert asked(folder) == [found, thread, ours]


def test_what_the_test_keeps_back_is_not_in_the_index() -> None:
    judged = yaml.safe_load((ROOT / "docs/search/asked.yml").read_text())
    kept = {it["words"].lower(): it["found"] for it in judged if it.get("test")}
    words = {words.lower() for words, _ in asked(ROOT / "docs/search")}
    assert len(kept) > 150 and len(words) > 18_000 and not kept.keys() & words
    threads = {line.split("\t")[1] for line in (ROOT / "docs/search/threads.tsv").read_text().splitlines()}
    assert len(threads) > 1500 and not threads & {*kept.values()}


def test_the_encoder_has_a_number_for_each_weight_and_knows_the_sections() -> None:
    found = json.loads((ROOT / "docs/search/encoder.json").read_text())
    pieces, sections, units = found["pieces"].split(" "), found["sections"], 96
    assert len({*pieces}) == len(pieces) > 3000 and len({*sections}) == len(sections) > 600
    weights = {
        name: {"kernel": units * 4 * units, "recurrent_kernel": units * 4 * units, "bias": 4 * units}
        for name in ("forward", "backward")
    }
    weights |= {
        "answers": {"kernel": len(sections) * 2 * units, "bias": len(sections)},
        "": {"embedding": len(pieces) * units},
    }
    for name, sizes in weights.items():
        for weight, size in sizes.items():
            numbers = (found[name] if name else found)[weight]
            assert len(numbers["numbers"]) == size and numbers["step"] > 0, (name, weight)
            assert {*numbers["numbers"]} <= {*map(chr, range(ord("#"), ord("[") + 1))}, (name, weight)


def test_a_heading_without_text_counts_less(folder: Path) -> None:
    (section,) = json.loads(index([{"location": "a/#b", "title": "B", "text": ""}], folder))["sections"]
    assert section["weight"] == 0.4


def test_a_section_is_read_without_markup_and_without_code_and_looked_up_pages_count_less(folder: Path) -> None:
    text = "<p>One &lt; <b>two</b>.</p><pre><code>import numpy\nx</code></pre><pre><code>Error: import y</code></pre>"
    entries = [
        {"location": "a/", "title": "What is <code>LSTM(4)</code>?", "text": text},
        {"location": "errata/#b", "title": "B", "text": ""},
    ]
    first, second = json.loads(index(entries, folder))["sections"]
    assert first == {"location": "a/", "title": "What is LSTM(4)?", "text": "One < two. Error: import y"}
    assert second == {"location": "errata/#b", "title": "B", "text": "", "weight": 0.4}


def test_a_question_names_its_sections_by_their_places_but_those_that_are_not_searched(folder: Path) -> None:
    read = json.loads(index([{"location": it, "title": "A", "text": ""} for it in ("a/#b", "")], folder))
    assert read["asked"] == [["my shape is wrong", [0]], ["how many units", [0]], ["what is a unit", [0]]]
    assert read["encoder"] == {"sections": ["a/"]}


def test_words_are_not_joined_where_a_tag_was() -> None:
    assert plain("<td>one</td><td>two</td>") == "one two"
