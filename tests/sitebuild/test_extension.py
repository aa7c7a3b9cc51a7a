"""Figures, formulas, tables, listings and citations as HTML, by the site's own settings of Python-Markdown."""

from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from mkdocs.config import load_config

from docs.sitebuild.extension import SiteExtension
from tests.project import ROOT
from tests.sitebuild.small import FIGURES, Small


@cache
def markdown() -> Markdown:
    settings = load_config(str(ROOT / "mkdocs.yml"))
    extensions = [*settings.markdown_extensions, SiteExtension(FIGURES)]
    return Markdown(extensions=extensions, extension_configs=settings.mdx_configs)


def html(text: str) -> Tag:
    return BeautifulSoup(markdown().reset().convert(text), "html.parser")


def test_a_figure_stands_with_its_caption_and_its_place_is_kept() -> None:
    (figure,) = html("![](../figures/chain.svg)").find_all(True, recursive=False)
    assert (figure.name, figure["id"], figure["class"]) == ("figure", "fig-chain", ["lstm-figure"])
    assert figure.div.attrs == {"class": ["lstm-figure__canvas"], "data-search-exclude": ""}
    assert FIGURES["chain"].placeholder in figure.div.decode_contents()
    assert str(figure.figcaption) == (
        "<figcaption>Links of <code>LSTM(3)</code>, one for each <code>t</code>.</figcaption>"
    )


def test_a_figure_as_a_file_has_its_sizes_and_its_files() -> None:
    (box,) = html("![](../figures/chain.svg){ .file }").find_all(True, recursive=False)
    assert (box.name, box["class"]) == ("div", ["figure-file"])
    alt = "A chain of three links, and what each says."
    size = {"width": "400", "height": "200"}
    assert box.img.attrs == {"src": "../figures/chain.svg", "alt": alt, "loading": "lazy"} | size
    assert [(link["href"], link.text) for link in box.select("p > a[download]")] == [
        ("../figures/chain.svg", "SVG, 12 kB"),
        ("../figures/chain.png", "PNG, 800 × 400, 68 kB"),
    ]


def test_other_pictures_are_left_alone() -> None:
    (picture,) = html("![words](../assets/chain.svg)").find_all("img")
    assert picture.attrs == {"alt": "words", "src": "../assets/chain.svg"} and picture.parent.name == "p"


def test_formulas_are_mathml() -> None:
    inline = html(r"So \(h = o \tanh(c) < 1\) is.")
    assert inline.math["display"] == "inline" and inline.p.text.startswith("So h") and "<" in inline.math.text
    block = html("\\[\nc_t = f c\n\\]\n").div
    assert block.math["display"] == "block"
    box = {"role": "group", "tabindex": "0", "aria-label": "Formula"}
    assert block.attrs == {"class": ["scroll-box"]} | box
    assert not inline.select(".arithmatex") and "\\" not in block.text


def test_a_table_scrolls_in_a_box_that_says_its_headings() -> None:
    text = "| In `float32`<br>below it | 10<sup>−6</sup> *of* | |\n|---|---|---|\n| 1 | 2 | 3 |\n\nAfter."
    found = html(text)
    box, after = found.find_all(True, recursive=False)
    assert (box.name, box["class"], box["role"], box["tabindex"]) == ("div", ["scroll-box"], "group", "0")
    assert box["aria-label"] == "Table: In float32 below it, 10 −6 of, "
    assert [child.name for child in box.find_all(True, recursive=False)] == ["table"]
    assert [cell.text for cell in box.table.tbody.find_all("td")] == ["1", "2", "3"]
    assert box.table.th.code.text == "float32" and box.table.th.br
    assert after.text == "After."


def test_a_citation_is_folded_text() -> None:
    text = "### `a` < b & c\n**Yes.** <sup>2</sup> &amp;\n\n```python\nprint(1)\n```\n```text\n1\n```\n\n[x](https://a.site/?a=1&b=2)"
    (details,) = html(f'`````{{ .citation #cite-it title="Cite this answer" }}\n{text}\n`````').find_all("details")
    assert details["class"] == ["cite"] and details.has_attr("data-search-exclude")
    assert details.summary.text == "Cite this answer"
    assert [tag.name for tag in details.find_all(True)] == ["summary", "pre"], "site.js brings its button"
    assert (details.pre["tabindex"], details.pre["id"], details.pre.text) == ("0", "cite-it", text)


def test_a_listing_marks_keywords_strings_and_comments_only() -> None:
    shown = html('```python\nimport keras  # a\nx = keras.LSTM(3, name="b")\nprint(x) if x else None\n```').code
    marked = {tag.text for tag in shown.select("span[class]")}
    assert marked == {"import", "# a", '"b"', "if", "else"}


@pytest.mark.parametrize("wrapped", ["{}", "!!! note\n\n    {}", '=== "Tab"\n\n    {}'])
def test_the_line_below_a_snippet_is_a_paragraph_and_the_search_leaves_it_out(wrapped: str, tmp_path: Path) -> None:
    indent = "    " if "\n" in wrapped else ""
    fence = "\n".join(indent + line for line in ["```python", *[f"print({n})" for n in range(8)], "```"]).strip()
    line = html(Small(tmp_path).written(f"# A {{ #a }}\n\n{wrapped.format(fence)}\n")).select_one(".about-snippet")
    assert line.name == "p" and line.has_attr("data-search-exclude")
    assert [child.name for child in line.find_all(True)] == ["a", "button"]
    assert line.button["data-clipboard-text"] == "uv run https://a.site/scripts/page-a.py"


def test_links_of_one_word_say_of_what_and_number_those_that_differ() -> None:
    text = (
        "## May `t` change? { #a }\n\n[script](a.py) [script](b.py) [script](a.py) [evidence](c.json) [Units](u.md)\n\n"
    )
    links = html(f"{text}### So? {{ #b }}\n\n[script](b.py) [seen](https://a.site/)").select("p > a")
    assert [link.get("aria-label") for link in links] == [
        "script: May t change?",
        "script 2: May t change?",
        "script: May t change?",
        "evidence: May t change?",
        None,
        "script: So?",
        None,
    ]
    assert [link.get("rel") for link in links] == [None] * 6 + [["external"]]
