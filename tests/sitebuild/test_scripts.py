"""Longer snippets become scripts that say where they are from and what they need."""

import json
from pathlib import Path

import pytest

from docs.sitebuild.scripts import LINES, index
from tests.sitebuild.small import LONG, SITE, Small

FENCE = f"```python\n{LONG}\n```\n\n"
LIBRARY = f"from lstm_ref import LSTM\nimport json, numpy as np\n{LONG}"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def test_scripts_are_named_by_page_and_section_and_counted_there(small: Small, tmp_path: Path) -> None:
    (tmp_path / "evidence/snippets/questions-state").mkdir()
    (tmp_path / "evidence/snippets/questions-state/reset.py").write_text("")
    text = f"# A {{ #a }}\n\n{FENCE}```text\n0\n```\n\n{FENCE}## B {{ #reset }}\n\n{FENCE}{FENCE}"
    found = small.scripts(text, "questions/state.md")
    assert [(script.name, script.page, script.section) for script in found] == [
        ("questions-state-a", "questions/state/", "a"),
        ("questions-state-a-2", "questions/state/", "a"),
        ("questions-state-reset-2", "questions/state/", "reset"),  # the first is the recorded snippet of this name
        ("questions-state-reset-3", "questions/state/", "reset"),
    ]
    assert {script.source for script in found} == {LONG}
    assert [script.name for script in small.scripts(f"# A {{ #a }}\n\n{FENCE}", "index.md")] == ["index-a"]


def test_short_snippets_other_fences_and_files_are_no_scripts(small: Small, tmp_path: Path) -> None:
    (tmp_path / "check.py").write_text(LONG)
    short = "\n".join(LONG.splitlines()[1:])
    assert len(LONG.splitlines()) == LINES == 8
    fences = [FENCE.replace("python", name) for name in ("text", "pycon", "sh")]
    assert (
        small.scripts(f"# A {{ #a }}\n\n{''.join(fences)}{FENCE.replace(LONG, short)}{{{{ listing check.py }}}}\n")
        == []
    )


def test_a_script_says_where_it_is_from_and_what_it_needs(small: Small) -> None:
    (script,) = small.scripts(f"# A {{ #a }}\n\n{FENCE.replace(LONG, LIBRARY)}", "units.md")
    assert script.text(SITE) == (
        "# From https://a.site/units/#a. MIT licence, © 2026 the authors of lstm_ref.\n"
        "# /// script\n"
        '# requires-python = ">=3.11"\n'
        "# dependencies = [\n"
        '#   "lstm_ref @ https://a.site/wheels/lstm_ref.whl",\n'
        '#   "numpy",\n'
        "# ]\n"
        "# ///\n"
        f"\n{LIBRARY}\n"
    )


def test_a_recorded_script_has_its_own_name_the_versions_of_the_record_and_says_that_it_is_a_mistake(
    small: Small,
) -> None:
    text = "# A { #a }\n\n{{ snippet tried/quiet }}\n\n{{ snippet tried/quiet-fixed }}\n\n{{ snippet tried/one }}\n"
    mistake, fixed = small.scripts(text)
    assert (mistake.name, fixed.name) == ("tried-quiet", "tried-quiet-fixed")
    assert mistake.dependencies == fixed.dependencies == ["keras==9.1", "tensorflow==9.2"]
    for script, told in ((mistake, True), (fixed, False)):
        lines = script.text(SITE).splitlines()
        assert ("# It shows a mistake; its page has the fix." in lines) == told
        assert '# requires-python = ">=3.11,<3.14"' in lines


def test_a_list_of_scripts_is_sorted_and_says_what_each_needs(small: Small) -> None:
    scripts = small.scripts(f"# B {{ #b }}\n\n{FENCE}## A {{ #a }}\n\n{FENCE}")
    assert json.loads(index(scripts)) == [
        {"name": name, "page": "page/", "section": name[-1], "dependencies": []} for name in ("page-a", "page-b")
    ]


def test_a_script_has_the_names_of_those_that_it_replaces_and_is_listed_by_its_own(small: Small) -> None:
    front = "---\nscripts_before:\n  page-b: [old, older]\n---\n"
    scripts = small.scripts(f"{front}# A {{ #a }}\n\n{FENCE}## B {{ #b }}\n\n{FENCE}")
    assert [(script.name, script.before) for script in scripts] == [("page-a", ()), ("page-b", ("old", "older"))]
    assert [each["name"] for each in json.loads(index([*scripts, *scripts]))] == ["page-a", "page-b"]
