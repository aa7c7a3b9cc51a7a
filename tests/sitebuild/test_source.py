"""A page is read into sections and blocks."""

from pathlib import Path

import pytest

from docs.sitebuild import source
from docs.sitebuild.source import Fence, Heading, Image, Mark, Section, Text

PAGE = """\
---
title: What is a unit?
letters: { h: [unit, page] }
---

# What is a `unit`? { #unit }

**One memory,
and one number.** It is
small.

![A chain](../figures/n-unit-chain.svg)

![](figures/two-views.svg){ .file }
## Is it? { #is-it .question }
- a list
  that goes on

| a | b |
|---|---|
| 1 | {{ value tiny error }} |
```python
# A comment { #is-no-heading }

print("{{ ran }}")
```
~~~~text
```
out
~~~~

1. in a list

    ``` { .py title="a title" }
    if True:

        pass
    ```
"""


def test_a_page_is_front_matter_and_sections_of_blocks() -> None:
    page = source.page("questions/units.md", PAGE)
    assert page.uri == "questions/units.md"
    assert page.front == {"title": "What is a unit?", "letters": {"h": ["unit", "page"]}}
    assert page.title == "What is a `unit`?"
    first, second = page.sections
    assert first == Section(
        Heading(1, "What is a `unit`?", "unit"),
        [
            Text(("**One memory,\nand one number.** It is\nsmall.",)),
            Image("n-unit-chain", "../"),
            Image("two-views", file=True),
        ],
    )
    assert second == Section(
        Heading(2, "Is it?", "is-it", "question"),
        [
            Text(("- a list\n  that goes on",)),
            Text(("| a | b |\n|---|---|\n| 1 | ", Mark("value", "tiny error"), " |")),
            Fence("python", '# A comment { #is-no-heading }\n\nprint("{{ ran }}")'),
            Fence("text", "```\nout"),
            Text(("1. in a list",)),
            Fence("py", "if True:\n\n    pass", "    "),
        ],
    )
    assert (first.answer, second.answer) == ("One memory, and one number.", "")
    assert page.figures == ["n-unit-chain"]
    assert [*page.blocks] == [*first.blocks, *second.blocks]


def test_a_page_needs_no_front_matter_and_a_line_of_dashes_is_none() -> None:
    page = source.page("a.md", "# A { #a }\n\n---\n\ntext\n")
    assert page.front == {}
    assert page.sections[0].blocks == [Text(("---",)), Text(("text",))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Text first.\n\n# A { #a }\n", "a page begins with a heading that has an id"),
        ("```python\n1\n```\n", "a page begins with a heading that has an id"),
        ("# A heading without an id\n", "no heading of the form"),
        ("# A { #a }\n\nText\n## B\n", "no heading of the form .*: ## B"),
        ("# A { #a }\n\n## B { #b .qestion }\n", "or none of a known kind: ## B"),
        ("# A { #a }\n\n```python\n1\n", "a fence that has no end: ```python"),
    ],
)
def test_what_is_no_page_is_refused(text: str, said: str) -> None:
    with pytest.raises(LookupError, match=said):
        source.page("a.md", text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("{{ ran }}", ("", Mark("ran", ""), "")),
        ("A {{ read keras 3.15.1,\n  layers.py }} b", ("A ", Mark("read", "keras 3.15.1,\n  layers.py"), " b")),
        ("{{ ran }}{{ drawn a }}", ("", Mark("ran", ""), "", Mark("drawn", "a"), "")),
        ("{{  value   a   b:.2f  }}", ("", Mark("value", "a   b:.2f"), "")),
        ("`{{ ran }}` {{ ran }}", ("`{{ ran }}` ", Mark("ran", ""), "")),
        ("``a ` {{ ran }} b`` c", ("``a ` {{ ran }} b`` c",)),
        ("`a\n{{ ran }}`", ("`a\n{{ ran }}`",)),
        ("one ` alone {{ ran }}", ("one ` alone ", Mark("ran", ""), "")),
        ("{{ran}} { ran } {{ a {b} }}", ("{{ran}} { ran } {{ a {b} }}",)),
    ],
)
def test_marks_are_found_but_not_in_code(text: str, parts: tuple[str | Mark, ...]) -> None:
    (section,) = source.page("a.md", f"# A {{ #a }}\n\n{text}\n").sections
    assert section.blocks == [Text(parts)]
    assert section.blocks[0].words == "".join(part for part in parts if isinstance(part, str)).strip()


@pytest.mark.parametrize(
    "text", ["See ![a](figures/a.svg)", "![a](figures/a.svg) ![b](figures/b.svg)", "![a](other/a.svg)"]
)
def test_a_figure_stands_in_a_paragraph_of_its_own(text: str) -> None:
    (section,) = source.page("a.md", f"# A {{ #a }}\n\n{text}\n").sections
    assert section.blocks == [Text((text,))]


def test_pages_are_read_with_the_addresses_that_only_the_build_knows_those_above_first(tmp_path: Path) -> None:
    for name in ("b.md", "a/c.md", "z.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            f"# {name} {{ #a }}\n\n```sh\npip install {{{{ wheel }}}}\n```\n\n{{{{ wheel }}}}\n"
        )
    (tmp_path / "no.txt").write_text("no page")
    pages = source.read(tmp_path, {"wheel": "https://a.site/w.whl"})
    assert list(pages) == ["b.md", "z.md", "a/c.md"]
    assert [*pages["a/c.md"].blocks] == [
        Fence("sh", "pip install https://a.site/w.whl"),
        Text(("https://a.site/w.whl",)),
    ]
