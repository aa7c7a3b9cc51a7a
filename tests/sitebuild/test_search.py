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
    (tmp_path / "worded.tsv").write_text("what fits\ta/\nwhat is it\t./ a/#b\n")
    (tmp_path / "likeness.json").write_text('{"stems": "shape", "numbers": "?A"}')
    return tmp_path


def test_words_of_readers_go_to_all_that_answers_them_but_for_those_of_the_test(folder: Path) -> None:
    found = ("my shape is wrong", ["a/", "a/#b"])
    thread = ("how many units", ["a/#b", "a/"])
    assert asked(folder) == [found, thread, ("what fits", ["a/"]), ("what is it", ["./", "a/#b"])]


def test_what_the_test_keeps_back_is_not_in_the_index() -> None:
    judged = yaml.safe_load((ROOT / "docs/search/asked.yml").read_text())
    kept = {it["words"].lower(): it["found"] for it in judged if it.get("test")}
    assert len(kept) > 150 and not kept.keys() & {words.lower() for words, _ in asked(ROOT / "docs/search")}
    threads = {line.split("\t")[1] for line in (ROOT / "docs/search/threads.tsv").read_text().splitlines()}
    assert len(threads) > 1500 and not threads & {*kept.values()}


def test_each_stem_has_as_many_numbers() -> None:
    found = json.loads((ROOT / "docs/search/likeness.json").read_text())
    stems = found["stems"].split(" ")
    assert len({*stems}) == len(stems) > 1000 and len(found["numbers"]) % len(stems) == 0
    assert {*found["numbers"]} <= {*map(chr, range(ord("#"), ord("[") + 1))}


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
    assert read["asked"] == [
        ["my shape is wrong", [0]],
        ["how many units", [0]],
        ["what fits", []],
        ["what is it", [1, 0]],
    ]
    assert read["likeness"] == {"stems": "shape", "numbers": "?A"}


def test_words_are_not_joined_where_a_tag_was() -> None:
    assert plain("<td>one</td><td>two</td>") == "one two"
