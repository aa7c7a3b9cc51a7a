"""What leaves the site as Markdown stands by itself: full links, PNG files, plain fences."""

from pathlib import Path

import pytest

from docs.sitebuild.addresses import page_name
from tests.project import ROOT
from tests.sitebuild.small import LONG, SITE, Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.mark.parametrize(
    ("address", "uri", "full"),
    [
        ("gates.md", "units.md", "https://a.site/gates/"),
        ("gates.md#f", "units.md", "https://a.site/gates/#f"),
        ("#q0", "units.md", "https://a.site/units/#q0"),
        ("#q0", "questions/state.md", "https://a.site/questions/state/#q0"),
        ("#top", "index.md", "https://a.site/#top"),
        ("index.md", "units.md", "https://a.site/"),
        ("../units.md#q0", "questions/state.md", "https://a.site/units/#q0"),
        ("units.md#q0", "questions/state.md", "https://a.site/questions/units/#q0"),
        ("index.md", "questions/state.md", "https://a.site/questions/"),
        ("one-step.py", "units.md", "https://a.site/one-step/"),
        ("../one-step.py#sums", "questions/state.md", "https://a.site/one-step/#sums"),
        ("evidence/probes/counts.py", "units.md", "https://a.site/evidence/probes/counts.py"),
        ("../evidence/counts.json", "questions/state.md", "https://a.site/evidence/counts.json"),
        ("vectors/check.py", "vectors.md", "https://a.site/vectors/check.py"),
        ("one-step.ipynb", "one-step.py", "https://a.site/one-step.ipynb"),
        ("https://b.site/units.md#q0", "units.md", "https://b.site/units.md#q0"),
        ("mailto:a@b.site", "units.md", "mailto:a@b.site"),
    ],
)
def test_an_address_is_made_full(address: str, uri: str, full: str) -> None:
    assert SITE.absolute(address, uri) == full


def test_links_are_made_full_but_what_is_code_stays() -> None:
    text = "[a `]`](b.md), `[a](b.md)`, ``x ` [a](b.md)`` and ![c](../d.png)\n[split](\nb.md), a (b.md)"
    assert SITE.with_full_links(text, "questions/a.md") == (
        "[a `]`](https://a.site/questions/b/), `[a](b.md)`, ``x ` [a](b.md)`` and ![c](https://a.site/d.png)\n"
        "[split](\nb.md), a (b.md)"
    )


def test_files_of_pages_are_named_after_them() -> None:
    names = [
        page_name(uri) for uri in ("index.md", "units.md", "questions/index.md", "questions/state.md", "one-step.py")
    ]
    assert names == ["index", "units", "questions", "questions/state", "one-step"]


def test_paragraphs_become_lines_and_lists_and_tables_keep_theirs(small: Small) -> None:
    text = (
        "A paragraph\nof two lines.\n\n"
        "- a list\n  goes on\n  - within it\n- another\n\n"
        "1. first\n   goes on\n2. second\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |"
    )
    assert small.cut(text) == (
        "A paragraph of two lines.\n\n"
        "- a list goes on\n  - within it\n- another\n\n"
        "1. first goes on\n2. second\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |"
    )


def test_boxes_are_left_behind(small: Small) -> None:
    assert small.cut('<div class="first" markdown>\n\nText.\n\n</div>\n\nAfter.') == "Text.\n\nAfter."
    assert small.cut('<div class="first" markdown>\nText.\n</div>') == "Text."


def test_figures_become_pictures_with_their_captions(small: Small) -> None:
    picture = "![A chain of three links, and what each says.](https://a.site/figures/chain.png)"
    assert small.cut("![x](figures/chain.svg)") == f"{picture}\n\nLinks of `LSTM(3)`, one for each `t`."
    assert small.cut("![x](figures/chain.svg){ .file }") == picture


def test_fences_are_plain_and_output_follows_its_snippet(small: Small) -> None:
    text = "1. x\n\n    ``` { .python }\n    if 1:\n        print(1)\n    ```\n\n    ```text\n    1\n    ```\n\n```sh\nls\n```"
    assert small.cut(text) == (
        "1. x\n\n```python\nif 1:\n    print(1)\n```\n```text\n1\n```\n\n```sh\nls\n```"
    )  # fmt: skip
    assert small.cut("{{ snippet tried/one }}") == (
        "```python\nimport keras\nprint(1)\n```\n"
        "```text\nOn TensorFlow:\non TensorFlow\nOn JAX and PyTorch:\non others\n```\n\n"
        "Ran with Keras 9.1 on TensorFlow 9.2, JAX 9.3, PyTorch 9.4, 2026-11."
    )


def test_tabs_stand_one_below_the_other(small: Small) -> None:
    ran = "Ran with Keras 9.1 on TensorFlow 9.2, JAX 9.3, PyTorch 9.4, 2026-11."
    tabs = '=== "lstm_ref"\n\n    ```python\n    1\n    ```\n\n=== "Keras"\n\n    {{ snippet tried/quiet-fixed }}'
    assert small.cut(tabs) == (
        "In lstm_ref:\n\n```python\n1\n```\n\n"
        f"In Keras:\n\n```python\nimport keras\n{LONG}\n```\n```text\nfixed\n```\n\n{ran}"
    )


def test_a_claim_keeps_what_it_rests_on_only_where_that_is_asked_for(small: Small) -> None:
    text = "It is so. {{ checked tiny error #so }}"
    assert small.cut(text, "questions/a.md") == (
        "It is so. checked with JAX 9.3, 2026-11 · [evidence](https://a.site/evidence/tiny.json)"
        " · [probe](https://a.site/evidence/probes/tiny.py)"
    )
    page = small.page(f"# A {{ #a }}\n\n{text}\n\n{{{{ ran }}}}\n")
    assert [*small.export().blocks(page.blocks)] == ["It is so."]


def test_the_library_is_described_from_its_source(small: Small) -> None:
    small.docs = ROOT
    (signature,) = [
        text for text in small.cut("::: lstm_ref.LSTM").split("\n\n") if text.startswith("```python\nLSTM(")
    ]
    assert "units" in signature and "return_sequences" in signature
    module = small.cut("::: lstm_ref.layouts")
    assert "### to_pytorch" in module and "### from_pytorch" in module and "\n### _" not in module


def test_a_page_stands_by_itself_and_says_where_it_is_from(small: Small) -> None:
    page = small.page("# A { #a }\n\nText.\n\n## B { #b .question }\n\n**Yes.**\n", "questions/a.md")
    export = small.export("questions/a.md")
    source = export.attribution("#b", "Said.", installs=True)
    assert export.page(page, source) == f"# A\n\nText.\n\n## B\n\n**Yes.**\n\n{source}\n"
    assert source == (
        "Source: [“A site”](https://a.site/questions/a/#b), 2026-11-20. Said. "
        "Text and figures: [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/), code: [MIT](https://a.site/LICENSE.txt). "
        "`lstm_ref` is an LSTM in NumPy with Keras's arguments: [how to install it](https://a.site/reference/#install)."
    )
    assert "install" not in export.attribution("", installs=False)
