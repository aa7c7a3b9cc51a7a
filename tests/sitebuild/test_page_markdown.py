"""What MkDocs gets of a page: its words, one quiet line below a snippet, citations, and the lists of questions."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.sitebuild.small import LONG, Small

UV = (
    '<button type="button" class="copy" title="Copy to the clipboard" data-clipboard-text="uv run https://a.site/scripts/{}.py">uv run</button>'
)  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


def about_line(markdown: str) -> str:
    """The quiet line of a page that has one snippet, or ""."""
    lines = [f"{line}\n{end}" for line, end in pairwise(markdown.splitlines()) if "about-snippet" in end]
    assert len(lines) < 2
    return lines[0] if lines else ""


def quiet(*said: str, indent: str = "") -> str:
    return f"{indent}{' · '.join(said)}\n{indent}{{: .about-snippet data-search-exclude }}"


def test_the_line_below_a_snippet_says_what_there_is_to_say(small: Small, tmp_path: Path) -> None:
    ran = "ran with Keras 9.1 on TensorFlow 9.2, JAX 9.3, PyTorch 9.4, 2026-11"
    heading, short, long = "# A { #a }\n\n", "```python\nprint(1)\n```", f"```python\n{LONG}\n```"
    (tmp_path / "check.py").write_text(LONG)
    lines = {
        short: "",
        long: quiet("[script](scripts/page-a.py) " + UV.format("page-a")),
        "{{ snippet tried/one }}": quiet(
            ran, "[evidence](evidence/tried.json)", "[snippet](evidence/snippets/tried/one.py)"
        ),
        "{{ snippet tried/quiet }}": quiet(
            ran, "[evidence](evidence/tried.json)", "[script](scripts/tried-quiet.py) " + UV.format("tried-quiet")
        ),
        "{{ listing check.py }}": "",
        long.replace("python", "text"): "",
    }
    for text, line in lines.items():
        assert about_line(small.written(heading + text)) == line
    deeper = about_line(small.written(heading + "{{ snippet tried/quiet }}", "questions/b.md"))
    assert "(../evidence/tried.json)" in deeper and "(../scripts/tried-quiet.py)" in deeper
    inside = "\n".join(f"    {line}" for line in f"```py\n{LONG}\n```\n\n```text\n0\n```".splitlines())
    markdown = small.written(f'# A {{ #a }}\n\n=== "Tab"\n\n{inside}\n\nAfter.\n')
    line = quiet("[script](scripts/page-a.py) " + UV.format("page-a"), indent="    ")
    assert f"    0\n    ```\n\n{line}\n\nAfter.\n" in markdown


def test_fences_say_what_they_are_and_the_output_stands_right_behind(small: Small) -> None:
    markdown = small.written("# A { #a }\n\n{{ snippet tried/one }}\n\n```python\nprint(1)\n```\n\n```text\n1\n```\n")
    recorded = (
        "``` { .python .recorded }\nimport keras\nprint(1)\n```\n\n"
        "On TensorFlow:\n\n``` { .text .recorded }\non TensorFlow\n```\n\n"
        "On JAX and PyTorch:\n\n``` { .text .recorded }\non others\n```\n\n"
    )
    assert recorded in markdown
    assert "```python\nprint(1)\n```\n\n```text\n1\n```" in markdown


def test_a_recorded_snippet_in_a_tab_stays_in_it_with_all_that_follows(small: Small) -> None:
    markdown = small.written('# A { #a }\n\n=== "Keras"\n\n    {{ snippet tried/one }}\n\nAfter.\n')
    _, inside = markdown.split('=== "Keras"\n\n')
    lines = [line for line in inside.removesuffix("\n\nAfter.\n").splitlines() if line]
    assert len(lines) == 14 and all(line.startswith("    ") for line in lines)
    assert "    On JAX and PyTorch:\n\n    ``` { .text .recorded }\n    on others\n    ```\n" in inside


def test_a_page_of_words_stays_as_it_was(small: Small) -> None:
    text = '# A `b` { #a }\n\nWords\nin lines.\n\n<div class="x" markdown>\n\n- a\n    - b\n\n</div>\n\n### B { #b }\n\n`{{ ran }}`\n'
    assert small.written(text) == text


def test_evidence_is_said_behind_the_words_and_a_claim_has_an_id_and_a_citation(small: Small) -> None:
    text = "# A { #a }\n\nSo. {{ checked tiny error #so }}\n\nRead. {{ read keras 3.1, b.py }}\n"
    markdown = small.written(text, "questions/page.md")
    assert (
        'So. <span class="evidence" id="so">checked with JAX 9.3, 2026-11 · [evidence](../evidence/tiny.json)'
        " · [probe](../evidence/probes/tiny.py)</span>\n\n"
        '`````{ .citation #cite-so title="Cite this claim" }\n'
    ) in markdown
    assert markdown.count(".citation") == 1
    assert 'Read. <span class="evidence">read in keras 3.1, b.py</span>\n' in markdown


def test_two_claims_in_a_paragraph_are_refused_but_not_in_an_item(small: Small) -> None:
    two = "So. {{ checked tiny error #so }} And so. {{ checked tiny order #and-so }}\n"
    with pytest.raises(LookupError, match="#and-so shares its paragraph with another claim"):
        small.written(f"# A {{ #a }}\n\n{two}")
    small.written(f"# A {{ #a }}\n\n{two.replace(' And', chr(10) * 2 + 'And')}")
    small.written(f"# A {{ #a }}\n\n## Is it? {{ #is-it .question }}\n\n**Yes.** {two}")


@pytest.mark.parametrize("kind", ["question", "verdict", "argument", "error", "erratum", "term"])
def test_an_item_ends_in_its_citation(kind: str, small: Small) -> None:
    words = "answer" if kind == "question" else kind
    text = f"# A {{ #a }}\n\n## Is it? {{ #is-it .{kind} }}\n\n**Yes.** Indeed.\n\n## B {{ #b }}\n\nText.\n"
    start = f'**Yes.** Indeed.\n\n`````{{ .citation #cite-is-it title="Cite this {words}" }}\n### '
    before, _, after = small.written(text).partition(start)
    assert before == f"# A {{ #a }}\n\n## Is it? {{ #is-it .{kind} }}\n\n"
    assert after.endswith("\n`````\n\n## B { #b }\n\nText.\n")


def test_a_figure_has_its_tools_and_its_citation_below_it_and_a_file_has_none(small: Small) -> None:
    markdown = small.written(
        "# A { #a }\n\n![x](../figures/chain.svg)\n\n![x](../figures/wide.svg){ .file }\n", "a/b.md"
    )
    button = '<button type="button" class="copy" title="Copy to the clipboard" data-clipboard-target="#cite-fig-chain">Copy figure and caption</button>'
    assert (
        f"![](../figures/chain.svg)\n\n{button}"
        ' [SVG](../figures/chain.svg){ download="" } [PNG](../figures/chain.png){ download="" }\n{: .figure-tools'
    ) in markdown
    assert '`````{ .citation #cite-fig-chain title="Cite this figure" }\n' in markdown
    assert "![](../figures/wide.svg){ .file }\n" in markdown and "cite-fig-wide" not in markdown


QUESTIONS = """# Questions { #questions }

**Some.** See [units](../units.md).

## Is it? { #is-it .question }

**Yes, it
is.** See [units](../units.md#q0).

## Is it here? { #is-it-here .question }

**No.** See [these](units.md#x) or [more](../units.md.html).

## A section { #section }

See [units](../units.md).

## And a whole page? { #whole .question }

**Yes.** See [it](../units.md).

## An error { #error .error }

**It fails.** See [units](../units.md).
"""


def test_a_page_lists_the_questions_that_lead_to_it(small: Small) -> None:
    units = "# Units { #units }\n\n**They.** [Themselves](units.md).\n"
    others = {
        "questions__units": QUESTIONS,
        "other": "# O { #o }\n\n## Q { #q .question }\n\n**It.** [u](units.md#a)\n",
    }
    listed = small.written(units, "units.md", **others).removeprefix(units)
    assert listed == (
        "\n## Questions that lead here { #questions }\n\n"
        "- [Is it?](questions/units.md#is-it)\n- [And a whole page?](questions/units.md#whole)\n- [Q](other.md#q)\n"
    )  # fmt: skip
    assert "that lead here" not in small.written("# G { #g }\n\nNone.\n", "gates.md", **others)
    assert "that lead here" not in small.written(QUESTIONS, "questions/units.md", units=units)


def test_contents_list_the_items_of_a_page_with_their_answers(small: Small) -> None:
    text = "# Questions { #questions }\n\n{{ contents units }}\n"
    assert small.written(text, "questions/index.md", questions__units=QUESTIONS) == (
        "# Questions { #questions }\n\n"
        "- [Is it?](units.md#is-it){ #is-it } Yes, it is.\n"
        "- [Is it here?](units.md#is-it-here){ #is-it-here } No.\n"
        "- [And a whole page?](units.md#whole){ #whole } Yes.\n"
        "- [An error](units.md#error){ #error }: It fails.\n"
    )
