"""Marks become what is recorded where they point, and one that means nothing is refused."""

import json
import re
from pathlib import Path

import pytest

from docs.sitebuild import source
from docs.sitebuild.marks import Evidence, MarkReplacer, Snippet, shown
from docs.sitebuild.records import Records
from docs.sitebuild.source import Fence, Image, Text
from tests.project import ROOT
from tests.sitebuild.small import Small

LINKS = "[evidence](../evidence/tiny.json)", "[probe](../evidence/probes/tiny.py)"


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def blocks(small: Small, text: str, uri: str = "page.md") -> list[object]:
    return [*small.page(f"# A {{ #a }}\n\n{text}\n", uri).blocks]


@pytest.mark.parametrize(
    ("mark", "becomes"),
    [
        ("{{ value tiny error }}", "3.0e-08"),
        ("{{ value tiny error:.3f }}", "0.000"),
        ("{{ value tiny error:.1% }}", "0.0 %"),
        ("{{ value tiny v1.0.shape }}", "2, 5"),
        ("{{ value tiny v1.0.shape.1 }}", "5"),
        ("{{ value tiny order }}", "`i f g o`"),
        ("{{ value tiny yes }}", "yes"),
        ("{{ versions tiny }}", "JAX 9.3 (2026-11)"),
    ],
)
def test_a_mark_becomes_words(mark: str, becomes: str, small: Small) -> None:
    assert blocks(small, f"It is {mark}.") == [Text(("It is ", becomes, "."))]
    assert blocks(small, mark)[0].words == becomes


def test_marks_become_evidence(small: Small) -> None:
    (checked,) = blocks(small, "So. {{ checked tiny error #so }}", "questions/a.md")
    stamp = small.records.stamp("tiny", "error")
    assert checked.parts[1] == Evidence("checked with JAX 9.3, 2026-11", LINKS, "so", stamp)
    assert checked.words == "So."
    (one, two, three) = blocks(
        small, "{{ ran }}\n\n{{ read keras 3.15.1, layers.py }}\n\n{{ drawn chain }}", "questions/a.md"
    )
    assert one.parts == (Evidence("checked: the tests run this snippet"),)
    assert two.parts == (Evidence("read in keras 3.15.1, layers.py"),)
    (drawn,) = three.parts
    assert drawn.words == "checked: the numbers of [the figure](../figures.md#chain) are computed twice"
    assert drawn.figure == "chain"


def test_a_snippet_may_stand_in_a_tab_and_no_other_mark_that_is_a_block(small: Small) -> None:
    tab, snippet = blocks(small, '=== "Keras"\n\n    {{ snippet tried/quiet-fixed }}')
    assert tab.words == '=== "Keras"'
    assert (snippet.indent, snippet.printed) == ("    ", (("", "fixed"),))
    assert blocks(small, "- list\n\n    {{ value tiny error }}")[1].words == "3.0e-08"
    with pytest.raises(LookupError, match="table layouts"):
        blocks(small, '=== "Keras"\n\n    {{ table layouts }}')


def test_a_mark_in_a_table_or_a_list_stays_there_and_one_in_code_stays_a_mark(small: Small) -> None:
    table = "| a |\n|---|\n| {{ value tiny order }} `{{ ran }}` |"
    (text,) = blocks(small, table)
    assert text.words == "| a |\n|---|\n| `i f g o` `{{ ran }}` |"
    fenced = "```text\n{{ checked tiny nothing #fenced }}\n```"
    assert blocks(small, fenced) == [Fence("text", "{{ checked tiny nothing #fenced }}")]


def test_a_recorded_snippet_shows_once_what_several_backends_printed(small: Small) -> None:
    (one,) = blocks(small, "{{ snippet tried/one }}")
    assert one.source == "import keras\nprint(1)"
    assert one.printed == (("TensorFlow", "on TensorFlow"), ("JAX and PyTorch", "on others"))
    assert one.recorded == small.records.snippet("tried", "one")
    assert one.recorded.stamp.words == "Keras 9.1 on TensorFlow 9.2, JAX 9.3, PyTorch 9.4"
    (quiet, fixed) = blocks(small, "{{ snippet tried/quiet }}\n\n{{ snippet tried/quiet-fixed }}")
    assert (quiet.printed, fixed.printed) == ((("", "(prints nothing, raises nothing)"),), (("", "fixed"),))


def test_a_fence_of_python_is_a_snippet_with_the_output_right_behind_it(small: Small) -> None:
    text = "\n\n".join(f"```{language}\n{language}\n```" for language in ("python", "text", "py", "sh", "text"))
    first, second, *others = blocks(small, f"{text}\n\n![c](figures/chain.svg)")
    assert isinstance(first, Snippet) and (first.source, first.printed) == ("python", (("", "text"),))
    assert isinstance(second, Snippet) and (second.source, second.printed) == ("py", ())
    assert others == [Fence("sh", "sh"), Fence("text", "text"), Image("chain")]
    assert not (first.recorded or first.is_file)


def test_a_listing_is_a_file_and_a_table_becomes_blocks(small: Small, tmp_path: Path) -> None:
    (tmp_path / "check.py").write_text("print(1)\n\n")
    (listing,) = blocks(small, "{{ listing check.py }}")
    assert (listing.source, listing.printed, listing.is_file) == ("print(1)", (), True)
    real = MarkReplacer("frameworks.md", ROOT / "docs", {}, Records(ROOT / "docs/evidence"), {}, [])
    table, *notes = real.page(source.page("frameworks.md", "# A { #a }\n\n{{ table agreement_keras }}\n")).blocks
    assert table.words.startswith("| ") and notes and all(note.words.startswith("<sup>") for note in notes)


def test_a_stamp_follows_the_record_and_a_record_without_one_stops_the_build(small: Small, tmp_path: Path) -> None:
    file = tmp_path / "evidence/tiny.json"
    before = file.read_text()
    file.write_text(before.replace('"ran": ["jax"]', '"ran": ["keras", "torch"]'))
    (text,) = blocks(small, "So. {{ checked tiny error #so }}")
    assert text.parts[1].words == "checked with Keras 9.1, PyTorch 9.4, 2026-11"
    record = json.loads(before)
    del record["facts"]["ran"]
    file.write_text(json.dumps(record))
    small.records = Records(tmp_path / "evidence")
    with pytest.raises(LookupError, match=r"tiny\S* does not say what it ran with"):
        blocks(small, "So. {{ checked tiny error #so }}")


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("{{ checked no-such - #claim }}", "there is no evidence 'no-such'"),
        ("{{ checked tiny no.such #claim }}", "tiny.json has no 'no.such'"),
        ("{{ value tiny v1.0 }}", "a value is wanted, and this path leads to a group of shape."),
        ("{{ value tiny no.such }}", "tiny.json has no 'no.such'"),
        ("{{ versions no-such }}", "there is no evidence 'no-such'"),
        ("{{ snippet tried/no-such }}", "there is no snippet tried/no-such"),
        *((mark, f"what does {mark} mean?") for mark in (
            "{{ checked tiny error }}",
            "{{ checked tiny error claim }}",
            "{{ chekced tiny error #claim }}",
            "{{ value tiny }}",
            "{{ versions tiny error }}",
            "{{ snippet tried }}",
            "{{ snippet a/b/c }}",
            "{{ listing no-such.py }}",
            "{{ listing evidence/tiny.json }}",
            "{{ drawn a b }}",
            "{{ ran away }}",
            "{{ contents no-such }}",
        )),
        ("{{ drawn }}", "what does {{ drawn  }} mean?"),
        ("{{ read }}", "what does {{ read  }} mean?"),
        ("{{ wheel }}", "what does {{ wheel  }} mean?"),
    ],
)  # fmt: skip
def test_a_mark_that_means_nothing_or_leads_nowhere_is_refused(mark: str, said: str, small: Small) -> None:
    with pytest.raises(LookupError, match=re.escape(said)):
        blocks(small, mark)


@pytest.mark.parametrize("mark", ["{{ table layouts }}", "{{ snippet tried/one }}", "{{ listing a.py }}"])
def test_what_is_a_block_by_itself_stands_in_no_sentence(mark: str, small: Small) -> None:
    with pytest.raises(LookupError, match="what does"):
        blocks(small, f"See {mark}")


def test_an_unknown_table_is_refused(small: Small) -> None:
    with pytest.raises(LookupError, match="there is no table 'no-such'"):
        blocks(small, "{{ table no-such }}")


def test_values_as_words() -> None:
    assert [shown(value) for value in (True, False, None, 3, 0.25, "a", [1, "`b`"])] == (
        ["yes", "no", "none", "3", "0.25", "`a`", "1, `` `b` ``"]
    )


def test_what_was_read_for_a_page_is_noted(small: Small, tmp_path: Path) -> None:
    (tmp_path / "check.py").write_text("print(1)\n")
    questions = source.page("questions/units.md", "# Q { #q }\n\n## Is it? { #is-it .question }\n\n**Yes.**\n")
    text = "# A { #a }\n\n{{ snippet tried/one }}\n\n{{ listing check.py }}\n\n{{ contents units }}\n"
    page = small.page(text, "questions/index.md", {"questions/units.md": questions})
    assert small.read == ["evidence/snippets/tried/one.py", "check.py", "questions/units.md"]
    assert [*page.blocks][-1] == Text(("- [Is it?](units.md#is-it){ #is-it } Yes.",))
