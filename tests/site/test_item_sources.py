"""What the Markdown of questions, errors, arguments, verdicts, errata and terms must hold, so that no answer floats."""

import re
from itertools import chain

import pytest

import marks
from tests.project import ROOT
from tests.evidence.worker import backends
from docs.sitebuild.records import Records
from docs.sitebuild.systems import PACKAGES

DOCS = ROOT / "docs"
RECORDS = Records(DOCS / "evidence")
PAGES = sorted(DOCS.rglob("*.md"))
SNIPPETS = DOCS / "evidence/snippets"
ITEMS = items(DOCS)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
RAISED = re.compile(r"^\w*(?:Error|Exception|Fail|NotImplemented|InvalidArgument|Warning)\w*: ")
of_each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())


def of(*kinds):
    return pytest.mark.parametrize("item", [pytest.param(item, id=item.id) for item in ITEMS if item.kind in kinds])


def marked(text, kind):
    return [mark["rest"] for mark in marks.outside_fences(text) if mark["kind"] == kind]


def printed(name):
    return list(RECORDS.snippet(*name.split("/")).printed.values())


# Marks


@of(*KINDS)
def test_a_recorded_value_lies_where_a_mark_of_its_section_points(item):
    rests = [rest.split()[:2] for rest in marked(item.body, "checked")]
    for value in marked(item.body, "value"):
        topic, path = value.partition(":")[0].split()
        assert any(topic == t and (p == "-" or f"{path}.".startswith(f"{p}.")) for t, p in rests), value


@of_each_page
def test_a_value_on_a_backend_is_of_that_backend(page):
    told = r"\{\{ value \S+ (tensorflow|jax|torch)\.[^{}]*\}\}\s+on\s+(TensorFlow|JAX|PyTorch)"
    assert all(PACKAGES[path] == name for path, name in re.findall(told, page.read_text()))


@of_each_page
def test_what_was_read_is_a_file_or_schema_of_a_version(page):
    version = r"(?:keras|tf_keras|torch|pytorch|flax|onnx) (?:at the tags )?\d+\.\d+\.\d+"
    paper = "(?:Hochreiter and Schmidhuber 1997|paper of 2010), section"
    for read in marked(page.read_text(), "read"):
        assert re.match(rf"(?i){version}.*(?:\.py|schema of LSTM)|{paper}", " ".join(read.split())), read


@of_each_page
def test_only_marks_make_evidence_and_nothing_is_hidden(page):
    by_hand = r'class="evidence|\.evidence\b|\.recorded\b|style=|display:|<!--(?! contents of )'
    assert not re.search(by_hand, page.read_text())


@of(*KINDS)
def test_a_figure_that_is_evidence_is_linked(item):
    for name in marked(item.body, "drawn"):
        targets = [
            DOCS / item.page,
            *((DOCS / item.page).parent / page for page in re.findall(r"\]\(([\w./-]+\.md)#", item.body)),
        ]
        on_a_page = any(f"figures/{name}.svg" in target.read_text() for target in targets)
        assert on_a_page or f"figures.md#{name}" in item.body, name


RELEASE = r"(?i)\b(?:keras|tf_keras|tensorflow|pytorch|torch|flax|onnx|from|to|at|in|until|since|and|lines?) v?\d[\d.]*"
NO_PROSE = re.compile(rf"{FENCE.pattern}|\{{\{{.*?\}}\}}|\]\([^)]*\)|\[[^\]]*\]", re.MULTILINE | re.DOTALL)
MEASURED = re.compile(r"(?<![\w.,\-#/(])\d+\.\d{2,}(?![\w.]*\w)")


@of(*KINDS)
def test_a_number_in_words_stands_whole_in_an_output(item):
    shown = " ".join([item.title, *FENCE.findall(item.body)])
    for name in marked(item.body, "snippet"):
        shown += " ".join([RECORDS.snippet(*name.split("/")).source, *chain(*printed(name))])
    words = re.sub(r"\b(?:19|20)\d\d\b|\bv?\d+\.\d+\.\d+\b", "", re.sub(RELEASE, "", NO_PROSE.sub("", item.body)))
    assert not set(MEASURED.findall(words.replace("`", " "))) - set(re.findall(r"\d+(?:\.\d+)?", shown))


# Snippets


def test_every_recorded_snippet_is_shown():
    shown = {name for page in PAGES for name in marked(page.read_text(), "snippet")}
    assert shown == {f"{file.parent.name}/{file.stem}" for file in SNIPPETS.glob("*/*.py")}


def test_a_snippet_is_recorded_on_each_backend_that_it_belongs_to():
    for file in SNIPPETS.glob("*/*.py"):
        snippet = RECORDS.snippet(file.parent.name, file.stem)
        assert snippet.printed.keys() == set(backends(snippet.source)), file


@of("error")
def test_an_error_fails_first_and_its_fix_does_not(item):
    before, _, after = item.body.partition("Smallest fix: ")
    failing, fixed = marked(before, "snippet"), marked(after, "snippet")
    assert len(after.split()) > 4
    assert f"{failing[0]}-fixed" in fixed and all(name.endswith("-fixed") for name in fixed)
    outputs = [line for name in failing for line in chain(*printed(name))]
    assert not [line for name in fixed for line in chain(*printed(name)) if RAISED.match(line)]
    if not failing[0].startswith("errors/silent-"):
        assert any(map(RAISED.match, outputs))
        messages = [words for words in re.findall(r"`([^`]+)`", item.title) if re.search(r"[^\w]", words)]
        assert messages and all(message in " ".join(outputs) for message in messages)


# Sections and tables


@of_each_page
def test_every_section_of_an_answer_page_is_an_item_of_its_kind(page):
    name = page.relative_to(DOCS).as_posix()
    kinds = {
        "answers.md": "verdict",
        "errata.md": "erratum",
        "glossary.md": "term",
        "errors.md": "error",
        "arguments.md": "argument",
    }
    kind = kinds.get(name, "question" if name.startswith("questions/") and page.stem != "index" else None)
    level = "### " if kind in ("error", "argument") else "## "
    for heading in re.findall(r"^##+ .*$", FENCE.sub("", page.read_text()), re.MULTILINE):
        classes = re.findall(r" \.([\w-]+)", heading.rpartition("{")[2])
        wanted = [kind] if kind and heading.startswith(level) and "{ #sources }" not in heading else []
        assert classes == wanted, heading


@of("question")
def test_a_question_leads_to_a_page_that_explains_more(item):
    assert re.search(r"\]\(\.\./[\w-]+\.(?:md|py)[#)]", item.body)


@of(*KINDS)
def test_the_text_of_a_link_is_its_address(item):
    for words, url in re.findall(r"\[([^\]\n]+?)\]\((https?://[^)]+)\)", item.body):
        if thread := re.fullmatch(r"([\w.-]+)#(\d+)", words):
            assert re.search(rf"/{thread[1]}[\w-]*/(?:issues|pull|discussions)/{thread[2]}$", url, re.IGNORECASE), url
        elif question := re.fullmatch(r"\w[\w ]* (\d+)", words):
            assert re.search(rf"/{question[1]}(?:/|$)|#L{question[1]}$", url), url
        elif lines := re.search(r"lines (\d+) (?:to|and) (\d+)$", words):
            assert url.endswith(f"#L{lines[1]}-L{lines[2]}"), url


def test_each_group_of_the_index_lists_its_own_page():
    text = (DOCS / "questions/index.md").read_text()
    groups = re.findall(r"^## \[.+?\]\((.+?)\) \{ #([\w-]+) \}\n\n<!-- contents of (\S+) -->$", text, re.MULTILINE)
    assert {page for page, _, _ in groups} == {page.name for page in (DOCS / "questions").glob("*.md")} - {"index.md"}
    assert all(page == listed == f"{anchor}.md" for page, anchor, listed in groups)


@pytest.mark.parametrize(("page", "kind"), [("errata.md", "erratum"), ("answers.md", "verdict")])
def test_the_table_on_top_has_a_row_for_each_item(page, kind):
    rows = re.findall(r"^\| \[.*?\]\(#([\w-]+)\)", (DOCS / page).read_text(), re.MULTILINE)
    assert rows == [item.id for item in ITEMS if (item.page, item.kind) == (page, kind)]


def test_the_table_of_verdicts_says_what_the_sections_say():
    rows = dict(re.findall(r"^\| \[\w+\]\(#([\w-]+)\) .*\| (.+?) \|$", (DOCS / "answers.md").read_text(), re.MULTILINE))
    for item in ITEMS:
        if item.kind == "verdict" and (verdict := re.match(r"Right|Wrong", item.answer)):
            assert rows[item.id].lower().startswith(verdict[0].lower()), item.id


def test_a_row_of_the_arguments_is_of_one_argument():
    rows = re.findall(
        r"^\| \[`(\w+)`\]\(#([\w-]+)\)[^|]*\|([^|]*)\|([^|]*)\|", (DOCS / "arguments.md").read_text(), re.MULTILINE
    )
    before = RECORDS.facts("defaults", "arguments.keras-2.version-1")
    before |= {"implementation": before["implementation-of-a-fresh-layer"]}
    assert len(rows) > 25
    for name, anchor, then, now in rows:
        assert anchor == name.replace("_", "-")
        for path in re.findall(r"arguments\.keras-3\.([\w-]+)", now):
            assert path.removesuffix("-of-a-fresh-layer") == name
        if name in before:
            assert then.strip(" `") == marks.shown(before[name]).strip(" `"), name


@of("erratum")
def test_an_erratum_says_where_what_since_when_and_what_upstream_knows(item):
    where, says, since, upstream = re.findall(r"^- \*\*(\w+):\*\* (.+(?:\n  .+)*)", item.body, re.MULTILINE)
    assert [where[0], says[0].replace("Said", "Says"), since[0], upstream[0]] == ["Where", "Says", "Since", "Upstream"]
    assert re.search(r"\d+\.\d+|[0-9a-f]{7}", where[1]) and re.search(r"https://|`keras\.", where[1])
    assert "“" in says[1]


def test_the_pages_hide_from_no_menu_and_no_search():
    assert "not_in_nav" not in (ROOT / "mkdocs.yml").read_text()
    assert not [page for page in PAGES if re.search(r"^search:", page.read_text(), re.MULTILINE)]
