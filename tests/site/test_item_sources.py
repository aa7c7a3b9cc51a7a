"""What the Markdown of questions, errors, arguments, verdicts, errata and terms must hold, so that no answer floats."""

import re
from itertools import chain

import pytest

from docs.sitebuild.marks import MarkReplacer, shown
from docs.sitebuild.records import Records
from docs.sitebuild.source import Fence, Section, Text
from docs.sitebuild.systems import PACKAGES
from tests.evidence.worker import backends
from tests.project import ROOT
from tests.site.sources import DOCS, PAGES, PAGES_WITH_ITEMS, items, marks, words, written
from tests.sitebuild.small import FIGURE

RECORDS = Records(DOCS / "evidence")
SNIPPETS = DOCS / "evidence/snippets"
RAISED = re.compile(r"^\w*(?:Error|Exception|Fail|NotImplemented|InvalidArgument|Unsupported|Warning)\w*: ")
of_each_page = pytest.mark.parametrize("uri", PAGES)
of_each_page_with_items = pytest.mark.parametrize("uri", PAGES_WITH_ITEMS)


def printed(name: str) -> list[list[str]]:
    return list(RECORDS.snippet(*name.split("/")).printed.values())


# Marks


@of_each_page_with_items
def test_a_recorded_value_lies_where_a_mark_of_its_section_points(uri: str) -> None:
    for item in items(page=uri):
        rests = [rest.split()[:2] for rest in marks(item.section.blocks, "checked")]
        for value in marks(item.section.blocks, "value"):
            topic, path = value.partition(":")[0].split()
            assert any(topic == t and (p == "-" or f"{path}.".startswith(f"{p}.")) for t, p in rests), value


@of_each_page
def test_each_mark_leads_to_what_is_recorded_and_says_which(uri: str) -> None:
    MarkReplacer(uri, DOCS, PAGES, RECORDS, {"every-number": FIGURE}, []).page(PAGES[uri])
    told = r"\{\{ value \S+ (tensorflow|jax|torch)\.[^{}]*\}\}\s+on\s+(TensorFlow|JAX|PyTorch)"
    assert all(PACKAGES[path] == name for path, name in re.findall(told, written(PAGES[uri])))


@of_each_page
def test_what_was_read_is_a_file_or_schema_of_a_version(uri: str) -> None:
    version = r"(?:keras|tf_keras|torch|pytorch|flax|onnx) (?:at the tags )?\d+\.\d+\.\d+"
    further = r"(?:[\w.]+ ){1,2}?(?:\d+\.\d+\S*|at commit [0-9a-f]{7}), .*\.(?:py|cc|cpp|ts|txt|yaml|bs|proto)\b"
    paper = "(?:Hochreiter and Schmidhuber 1997|paper of 2010), section"
    for read in marks(PAGES[uri].blocks, "read"):
        assert re.match(rf"(?i){version}.*(?:\.py|schema of LSTM)|{further}|{paper}", " ".join(read.split())), read


@of_each_page
def test_only_marks_make_evidence_and_nothing_is_hidden(uri: str) -> None:
    by_hand = r'class="evidence|\.evidence\b|\.recorded\b|style=|display:|<!--|^search:'
    assert not re.search(by_hand, (DOCS / uri).read_text(), re.MULTILINE)


def test_the_pages_hide_from_no_menu() -> None:
    assert "not_in_nav" not in (ROOT / "mkdocs.yml").read_text()


def test_no_two_claims_share_an_id() -> None:
    ids = [rest.rpartition("#")[2] for page in PAGES.values() for rest in marks(page.blocks, "checked")]
    assert len(ids) > 50 and sorted(ids) == sorted({*ids})


@of_each_page_with_items
def test_a_figure_that_is_evidence_is_linked(uri: str) -> None:
    for item in items(page=uri):
        for name in marks(item.section.blocks, "drawn"):
            said = written(item.section)
            linked = [(DOCS / uri).parent / page for page in re.findall(r"\]\(([\w./-]+\.md)#", said)]
            on_a_page = any(f"figures/{name}.svg" in target.read_text() for target in (DOCS / uri, *linked))
            assert on_a_page or f"figures.md#{name}" in said, f"{item.id}: {name}"


RELEASE = r"(?i)\b(?:keras|tf_keras|tensorflow|pytorch|torch|flax|onnx|from|to|at|in|until|since|and|lines?) v?\d[\d.]*"
NO_PROSE = re.compile(r"\{\{.*?\}\}|\]\([^)]*\)|\[[^\]]*\]", re.DOTALL)
MEASURED = re.compile(r"(?<![\w.,\-#/(])\d+\.\d{2,}(?![\w.]*\w)")


@of_each_page_with_items
def test_a_number_in_words_stands_whole_in_an_output(uri: str) -> None:
    for item in items(page=uri):
        fences = (block.source for block in item.section.blocks if isinstance(block, Fence))
        seen = " ".join([item.section.heading.title, *fences])
        for name in marks(item.section.blocks, "snippet"):
            seen += " ".join([RECORDS.snippet(*name.split("/")).source, *chain(*printed(name))])
        prose = re.sub(RELEASE, "", NO_PROSE.sub("", written(item.section)))
        prose = re.sub(r"\b(?:19|20)\d\d\b|\bv?\d+\.\d+\.\d+\b", "", prose).replace("`", " ")
        assert not set(MEASURED.findall(prose)) - set(re.findall(r"\d+(?:\.\d+)?", seen)), item.id


# Snippets


def test_every_recorded_snippet_is_shown() -> None:
    seen = {name for page in PAGES.values() for name in marks(page.blocks, "snippet")}
    assert seen == {f"{file.parent.name}/{file.stem}" for file in SNIPPETS.glob("*/*.py")}


def test_a_snippet_is_recorded_on_each_backend_that_it_belongs_to() -> None:
    for file in SNIPPETS.glob("*/*.py"):
        snippet = RECORDS.snippet(file.parent.name, file.stem)
        assert snippet.printed.keys() == set(backends(snippet.source)), file


def test_an_error_fails_first_and_its_fix_does_not() -> None:
    for item in items("error"):
        blocks = item.section.blocks
        fix = next(at for at, block in enumerate(blocks) if words(block).startswith("Smallest fix: "))
        assert len(" ".join(map(words, blocks[fix:])).split()) > 6, item.id
        failing, fixed = marks(blocks[:fix], "snippet"), marks(blocks[fix:], "snippet")
        assert f"{failing[0]}-fixed" in fixed and all(name.endswith("-fixed") for name in fixed), item.id
        outputs = [line for name in failing for line in chain(*printed(name))]
        assert not [line for name in fixed for line in chain(*printed(name)) if RAISED.match(line)], item.id
        if "/silent-" not in failing[0]:
            assert any(map(RAISED.match, outputs)), item.id
            messages = [said for said in re.findall(r"`([^`]+)`", item.section.heading.title) if re.search(r"\W", said)]
            assert messages and all(message in " ".join(outputs) for message in messages), item.id


# Sections and tables


OTHERS = ("sources", "bugs", "other-systems", "answered-elsewhere")  # sections that only lead on


@of_each_page
def test_every_section_of_an_answer_page_is_an_item_of_its_kind(uri: str) -> None:
    kinds = {"answers": "verdict", "errata": "erratum", "glossary": "term", "arguments": "argument"}
    kinds |= {"questions": "question", "errors": "error"}  # folders
    kind = "" if uri.endswith("/index.md") else kinds.get(re.match(r"\w+", uri)[0], "")
    level = 3 if kind == "argument" else 2
    for section in PAGES[uri].sections:
        heading = section.heading
        wanted = kind if heading.level == level and heading.id not in OTHERS else ""
        assert heading.kind == wanted, heading


def test_a_question_leads_to_a_page_that_explains_more() -> None:
    for item in items("question"):
        assert re.search(r"\]\(\.\./(?:errors/)?[\w-]+\.(?:md|py)[#)]", written(item.section)), item.id


@of_each_page_with_items
def test_the_text_of_a_link_is_its_address(uri: str) -> None:
    for item in items(page=uri):
        for said, url in re.findall(r"\[([^\]\n]+?)\]\((https?://[^)]+)\)", written(item.section)):
            if thread := re.fullmatch(r"([\w.-]+)#(\d+)", said):
                to = rf"/{thread[1]}[\w-]*/(?:issues|pull|discussions)/{thread[2]}$"
                assert re.search(to, url, re.IGNORECASE), url
            elif question := re.fullmatch(r"\w[\w ]* (\d+)", said):
                assert re.search(rf"/{question[1]}(?:/|$)|#L{question[1]}$", url), url
            elif lines := re.search(r"lines (\d+) (?:to|and) (\d+)$", said):
                assert url.endswith(f"#L{lines[1]}-L{lines[2]}"), url


@pytest.mark.parametrize("folder", ["questions", "errors"])
def test_each_group_of_an_index_lists_its_own_page(folder: str) -> None:
    listed = set()
    for section in PAGES[f"{folder}/index.md"].sections[1:]:
        if page := re.fullmatch(r"\[.+\]\(([\w-]+)\.md\)", section.heading.title):
            assert [words(block).strip() for block in section.blocks] == [f"{{{{ contents {page[1]} }}}}"]
            listed.add(f"{folder}/{page[1]}.md")
    assert listed == {uri for uri in PAGES if uri.startswith(f"{folder}/")} - {f"{folder}/index.md"}


def rows(uri: str) -> list[str]:
    return [line for block in PAGES[uri].blocks for line in words(block).splitlines() if line.startswith("| [")]


@pytest.mark.parametrize("uri", ["errata.md", "errata-systems.md", "answers.md"])
def test_the_table_on_top_has_a_row_for_each_item(uri: str) -> None:
    assert [re.match(r"\| \[.*?\]\(#([\w-]+)\)", row)[1] for row in rows(uri)] == [item.id for item in items(page=uri)]


def test_the_table_of_verdicts_says_what_the_sections_say() -> None:
    said = dict(re.fullmatch(r"\| \[\w+\]\(#([\w-]+)\) .*\| (.+?) \|", row).groups() for row in rows("answers.md"))
    for item in items("verdict"):
        if verdict := re.match(r"Right|Wrong", item.section.answer):
            assert said[item.id].lower().startswith(verdict[0].lower()), item.id


def test_a_row_of_the_arguments_is_of_one_argument() -> None:
    before = RECORDS.facts("defaults", "arguments.keras-2.version-1")
    before |= {"implementation": before["implementation-of-a-fresh-layer"]}
    assert len(rows("arguments.md")) > 25
    for row in rows("arguments.md"):
        name, anchor, then, now = re.match(
            r"\| \[`(\w+)`\]\((?:arguments-training\.md)?#([\w-]+)\)[^|]*\|([^|]*)\|([^|]*)\|", row
        ).groups()
        assert anchor == name.replace("_", "-")
        for path in re.findall(r"arguments\.keras-3\.([\w-]+)", now):
            assert path.removesuffix("-of-a-fresh-layer") == name
        if name in before:
            assert then.strip(" `") == shown(before[name]).strip(" `"), name


def of_erratum(section: Section) -> list[tuple[str, str]]:
    text = "\n\n".join(words(block) for block in section.blocks if isinstance(block, Text))
    return re.findall(r"^- \*\*(\w+):\*\* (.+(?:\n  .+)*)", text, re.MULTILINE)


def test_an_erratum_says_where_what_since_when_and_what_upstream_knows() -> None:
    for item in items("erratum"):
        where, says, since, upstream = of_erratum(item.section)
        heads = [where[0], says[0].replace("Said", "Says"), since[0], upstream[0]]
        assert heads == ["Where", "Says", "Since", "Upstream"], item.id
        assert re.search(r"\d+\.\d+|[0-9a-f]{7}", where[1]) and re.search(r"https://|`keras\.", where[1]), item.id
        assert "“" in says[1], item.id
