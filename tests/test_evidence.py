"""The pages show what is recorded where their marks say so. (The rest is in tests/sitebuild and tests/site.)"""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

import marks
from conftest import ROOT, Site
from docs.sitebuild.records import Records

EVIDENCE = ROOT / "docs/evidence"
SNIPPETS = sorted((EVIDENCE / "snippets").glob("*/*.py"))
CLAIMS = marks.claims(ROOT / "docs")
MARKED = [claim for claim in CLAIMS if claim.topic not in {file.parent.name for file in SNIPPETS}]
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def test_no_two_claims_share_an_id():
    assert not [name for name, times in Counter(claim.id for claim in MARKED).items() if times > 1]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").as_posix())
def test_every_mark_leads_to_what_is_recorded(page):
    expanded = marks.expand(page.read_text(encoding="utf-8"), page.relative_to(ROOT / "docs").as_posix())
    assert {mark["kind"] for mark in marks.outside_fences(expanded)} <= {"site", "wheel"}  # the build knows these


def test_the_site_shows_each_claim_and_links_to_what_it_rests_on(site: Site) -> None:
    shown = {tag["id"]: (page, tag) for page in site.pages for tag in page.soup.select(".evidence[id]")}
    assert shown.keys() == {claim.id for claim in MARKED}
    for claim in MARKED:
        page, tag = shown[claim.id]
        assert page.url == site.page_of(ROOT / f"docs/{claim.page}.md").url
        targets = [(page.path.parent / link["href"]).resolve().relative_to(site.root) for link in tag.select("a")]
        assert targets == [Path(f"evidence/{claim.topic}.json"), Path(f"evidence/probes/{claim.topic}.py")]
    for page in site.pages:
        text = "".join(text for text in page.soup.body.find_all(string=True) if not text.find_parent(["pre", "script"]))
        assert "{{" not in text, page.url


PAGE = """
# Page

Small. {{ checked tiny error #small }} See {{ value tiny error }}, {{ value tiny error:.3f }} and {{ value tiny v1.0.shape }}.

| In a table |
|---|
| {{ checked tiny order #order }} {{ value tiny order }} |

```text
{{ checked tiny nothing #fenced }}
```
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one record and one recorded snippet, which marks lead to."""
    recorded = {"date": "2026-11-23", "versions": {"keras": "9.0", "tensorflow": "9.0", "jax": "9.0", "torch": "9.0"}}
    facts = {"ran": ["jax"], "error": 3e-8, "order": "i f g o", "v1.0": {"shape": [2, 5]}}
    printed = {"tensorflow": "on tensorflow", "jax": "on torch", "torch": "on torch"}
    runs = {name: {"one": {"ran": ["keras", name], "printed": [line]}} for name, line in printed.items()}
    for topic, held in {"tiny": facts, "tried": runs}.items():
        (tmp_path / f"{topic}.json").write_text(json.dumps({"topic": topic, "recorded": recorded, "facts": held}))
    (tmp_path / "snippets/tried").mkdir(parents=True)
    (tmp_path / "snippets/tried/one.py").write_text("import keras\nprint(1)\n")
    monkeypatch.setattr(marks, "RECORDS", Records(tmp_path))
    return tmp_path


def test_claims_are_found_and_a_snippet_is_one_of_its_section(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(f"{PAGE}\n## May it? {{ #may-it }}\n\n{{{{ snippet tried/one }}}}\n")
    found = [(claim.id, claim.topic, claim.path) for claim in marks.claims(tmp_path)]
    assert found[:2] == [("small", "tiny", "error"), ("order", "tiny", "order")]
    assert found[2:] == [("may-it", "tried", f"{backend}.one") for backend in ("tensorflow", "jax", "torch")]


@pytest.mark.usefixtures("tiny")
def test_marks_become_what_is_recorded() -> None:
    shown = marks.expand(PAGE, "sub/page.md")
    assert "See 3.0e-08, 0.000 and 2, 5." in shown
    assert "`` i f g o ``" in shown
    assert '<span class="evidence" id="small">checked with JAX 9.0, 2026-11 · ' in shown
    assert "[evidence](../evidence/tiny.json) · [probe](../evidence/probes/tiny.py)" in shown
    assert "{{ checked tiny nothing #fenced }}" in shown


def test_the_stamp_on_a_page_follows_the_record(tiny: Path) -> None:
    file = tiny / "tiny.json"
    file.write_text(file.read_text().replace('"ran": ["jax"]', '"ran": ["keras", "torch"]'))
    assert "checked with Keras 9.0, PyTorch 9.0, 2026-11" in marks.expand(PAGE, "page.md")
    marks.RECORDS = Records(tiny)
    file.write_text(file.read_text().replace('"ran": ["keras", "torch"], ', ""))
    with pytest.raises(LookupError, match="does not say what it ran with"):
        marks.expand(PAGE, "page.md")


@pytest.mark.usefixtures("tiny")
@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("{{ checked no-such - #claim }}", "there is no evidence 'no-such'"),
        ("{{ checked tiny no.such #claim }}", "tiny.json has no 'no.such'"),
        ("{{ value tiny v1.0 }}", "a group of shape"),
        ("{{ table no-such }}", "there is no table 'no-such'"),
        ("{{ versions no-such }}", "there is no evidence 'no-such'"),
        ("{{ checked tiny error }}", "what does {{ checked tiny error }} mean?"),
        ("{{ chekced tiny error #claim }}", "what does {{ chekced tiny error #claim }} mean?"),
    ],
)
def test_a_mark_that_leads_nowhere_is_refused(mark: str, said: str) -> None:
    with pytest.raises(LookupError, match=re.escape(said)):
        marks.expand(f"Text {mark}\n", "page.md")


@pytest.mark.usefixtures("tiny")
def test_a_snippet_is_shown_with_what_it_printed_by_backend_and_what_it_ran_with() -> None:
    shown = marks.expand("{{ snippet tried/one }}", "asked.md")
    assert "print(1)" in shown
    assert shown.count("on tensorflow\n") == shown.count("on torch\n") == 1
    assert shown.index("On TensorFlow:") < shown.index("on tensorflow\n") < shown.index("On JAX and PyTorch:")
    assert "evidence/tried.json" in shown and "evidence/snippets/tried/one.py" in shown
    assert "ran with Keras 9.0 on TensorFlow 9.0, JAX 9.0, PyTorch 9.0, 2026-11 · " in shown
