"""What the search is given to read."""

import json
from pathlib import Path

import pytest

from docs.sitebuild.search import asked, index, plain

WORDS = "- {words: my shape is wrong, found: here, answer: [a/, a/#b]}\n- {words: kept back, found: here, answer: [a/], test: true}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "asked.yml").write_text(WORDS + "- {words: not answered, found: here, answer: [], missing: why}\n")
    (tmp_path / "worded.yml").write_text('a/: [what fits]\n"": [what is it]\n')
    return tmp_path


def test_words_of_readers_go_to_all_that_answers_them_but_for_those_of_the_test(folder: Path) -> None:
    assert asked(folder) == {
        "a/": ["my shape is wrong", "what fits"],
        "a/#b": ["my shape is wrong"],
        "": ["what is it"],
    }


def test_a_section_is_read_without_markup_and_without_code_and_looked_up_pages_count_less() -> None:
    text = "<p>One &lt; <b>two</b>.</p><pre><code>import numpy\nx</code></pre><pre><code>Error: import y</code></pre>"
    entries = [
        {"location": "a/", "title": "What is <code>LSTM(4)</code>?", "text": text},
        {"location": "errata/#b", "title": "B", "text": ""},
    ]
    first, second = json.loads(index(entries, {"a/": ["how"]}))
    assert first == {
        "location": "a/",
        "title": "What is LSTM(4)?",
        "text": "One < two. Error: import y",
        "asked": ["how"],
    }
    assert second == {"location": "errata/#b", "title": "B", "text": "", "asked": [], "weight": 0.4}


def test_words_are_not_joined_where_a_tag_was() -> None:
    assert plain("<td>one</td><td>two</td>") == "one two"
