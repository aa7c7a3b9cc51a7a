"""What is recorded of the frameworks is whole, the pages show it, and a difference is found and named. Needs no framework."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import marks
import recordings
from record import compare, falsified
from tests.built import Site
from tests.project import ROOT

EVIDENCE = ROOT / "docs/evidence"
SNIPPETS = sorted((EVIDENCE / "snippets").glob("*/*.py"))
PROBES = {file.stem for file in (EVIDENCE / "probes").glob("*.py")} - {"common"} | {
    file.parent.name for file in SNIPPETS
}
CLAIMS = marks.claims(ROOT / "docs")
MARKED = [claim for claim in CLAIMS if claim.topic not in {file.parent.name for file in SNIPPETS}]
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def test_every_probe_is_recorded_and_every_record_has_its_probe():
    assert PROBES
    assert set(recordings.topics()) == PROBES


@pytest.mark.parametrize("topic", recordings.topics())
def test_a_record_is_small_and_says_what_ran_and_where(topic):
    text = (EVIDENCE / f"{topic}.json").read_text(encoding="utf-8")
    recorded = recordings.recording(topic)
    assert recorded.keys() == {"topic", "recorded", "facts"}
    assert recorded["topic"] == topic
    assert recorded["facts"]
    assert len(text.encode()) < 40_000
    assert re.fullmatch(r"20\d\d-[01]\d-[0-3]\d", recorded["recorded"]["date"])
    assert recorded["recorded"]["platform"]
    pins = dict(re.findall(r"^(\w+)==(\S+)", (EVIDENCE / "requirements.txt").read_text(), re.MULTILINE))
    assert recorded["recorded"]["versions"].items() <= pins.items()
    assert len(recorded["recorded"]["versions"]) > 1, "what ran beside NumPy?"


@pytest.mark.parametrize("topic", recordings.topics())
def test_a_record_holds_nothing_of_the_machine(topic):
    text = (EVIDENCE / f"{topic}.json").read_text(encoding="utf-8")
    assert not re.findall(
        r"/(?:home|root|tmp|usr|work|opt|Users|var)/\S*|site-packages|\w+\.py\b|://|0x[0-9a-f]{6,}", text
    )


def test_every_snippet_is_recorded_and_every_record_has_its_snippet():
    for topic in {file.parent.name for file in SNIPPETS}:
        recorded = {name for ran in recordings.facts(topic).values() for name in ran}
        assert recorded == {file.stem for file in SNIPPETS if file.parent.name == topic}
        assert recordings.recording(topic)["recorded"]["sources"] == recordings.digests(topic), (
            f"make evidence: {topic}"
        )


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


NOTHING_DIFFERS = [
    ({"a": 1, "b": ["x", None, True]}, {"b": ["x", None, True], "a": 1}),
    ({"tolerance": 1e-6, "error": 2e-7}, {"tolerance": 1e-6, "error": 9e-7}),
    ({"tolerance": 1e-6, "in": {"deep": [0.5, 0]}}, {"tolerance": 1e-6, "in": {"deep": [0.5000009, 0.0]}}),
    ({"tolerance": 1e-12, "in": {"tolerance": 1e-3, "error": 1.0}}, {"tolerance": 1e-12, "in": {"tolerance": 1e-3, "error": 1.0009}}),
    ({"error": 0.1234567}, {"error": 0.1234567001}),
]  # fmt: skip
DIFFERS = [
    ({"tolerance": 1e-6, "error": 2e-7}, {"tolerance": 1e-6, "error": 1.3e-6}, "error"),
    ({"tolerance": 1e-3, "in": {"tolerance": 1e-6, "error": 1.0}}, {"tolerance": 1e-3, "in": {"tolerance": 1e-6, "error": 1.0005}}, "in.error"),
    ({"in": {"tolerance": 1.0}, "error": 0.1}, {"in": {"tolerance": 1.0}, "error": 0.2}, "error"),
    ({"error": 0.123456}, {"error": 0.123457}, "error"),
    ({"tolerance": 1e-6}, {"tolerance": 1.5e-6}, "tolerance"),
    ({"tolerance": 1e-6, "large": 1e6}, {"tolerance": 1e-6, "large": 1e6 + 5e-4}, "large"),
    ({"tolerance": 5.0, "count": 128}, {"tolerance": 5.0, "count": 129}, "count"),
    ({"tolerance": 5.0, "works": True}, {"tolerance": 5.0, "works": False}, "works"),
    ({"tolerance": 5.0, "works": True}, {"tolerance": 5.0, "works": 1}, "works"),
    ({"order": "ifgo"}, {"order": "iofg"}, "order"),
    ({"message": "no"}, {"message": None}, "message"),
    ({"a": {"b": 1, "gone": 2}}, {"a": {"b": 1}}, "a.gone"),
    ({"a": {"b": 1}}, {"a": {"b": 1, "new": None}}, "a.new"),
    ({"a": {"b": 1}}, {"a": 1}, "a"),
    ({"shape": [2, 5, 3]}, {"shape": [2, 5]}, "shape"),
    ({"shape": [2, 5, 3]}, {"shape": [2, 5, 4]}, "shape.2"),
]  # fmt: skip


@pytest.mark.parametrize(("recorded", "now"), NOTHING_DIFFERS)
def test_what_stays_within_its_tolerance_is_no_difference(recorded, now):
    assert list(compare(recorded, now)) == []


@pytest.mark.parametrize(("recorded", "now", "path"), DIFFERS)
def test_a_difference_is_found_where_it_is(recorded, now, path):
    assert [difference.path for difference in compare(recorded, now)] == [path]


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("jax.fit.error", ["error", "fit", "all"]),
        ("jax.fit", ["error", "fit", "all"]),
        ("jax.fit.message", ["fit", "all"]),
        ("jax.fit-more", ["all"]),
        ("", ["error", "fit", "all"]),
    ],
)
def test_a_difference_falsifies_the_claims_above_and_below_it(path, ids):
    paths = {"error": "jax.fit.error", "fit": "jax.fit", "all": "-"}
    claims = [marks.Claim("state", name, "state", path) for name, path in paths.items()]
    claims.append(marks.Claim("state", "elsewhere", "counts", "jax.fit.error"))
    assert falsified("state", path, claims) == [f"state#{name}" for name in ids]


PROBE = """
import sys
BACKENDS = {backends}
print("noise of a framework")
print('{facts}')
"""
FACTS = {"tolerance": 1e-6, "error": 3e-8, "order": "i f g o", "v1.0": {"shape": [2, 5]}}
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


class Project:
    """A copy of the machinery around a probe that needs no framework."""

    def __init__(self, root: Path) -> None:
        self.docs = root / "docs"
        shutil.copytree(
            EVIDENCE, self.docs / "evidence", ignore=lambda *_: ["probes", "snippets", "__pycache__", *self.json()]
        )
        (self.docs / "evidence/probes").mkdir()
        (self.docs / "page.md").write_text(PAGE)
        self.file = self.docs / "evidence/tiny.json"

    @staticmethod
    def json() -> list[str]:
        return [f"{topic}.json" for topic in recordings.topics()]

    def probe(self, text: str, name: str = "tiny") -> None:
        (self.docs / f"evidence/probes/{name}.py").write_text(text)

    def run(self, script: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(self.docs / "evidence" / script), *arguments]
        return subprocess.run(
            command, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", cwd=self.docs
        )

    def change(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert text.count(old) == 1
        self.file.write_text(text.replace(old, new))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.probe(PROBE.format(backends=(), facts=json.dumps(FACTS)))
    done = project.run("record.py")
    assert done.returncode == 0, done.stdout
    return project


def test_what_a_probe_prints_is_recorded(project):
    recorded = json.loads(project.file.read_text())
    assert recorded["topic"] == "tiny"
    assert recorded["facts"] == FACTS
    assert "numpy" in recorded["recorded"]["versions"]


def test_a_record_that_still_holds_is_left_alone(project):
    project.change('"date": "2', '"date": "1')
    project.change("3e-08", "5e-08")
    before = project.file.read_text()
    assert project.run("record.py").returncode == 0
    assert project.file.read_text() == before
    project.change("i f g o", "i o f g")
    assert project.run("record.py").returncode == 0
    assert json.loads(project.file.read_text())["facts"] == FACTS
    assert '"date": "2' in project.file.read_text()


def test_the_check_passes_on_what_was_just_recorded(project):
    before = project.file.read_text()
    done = project.run("record.py", "--check")
    assert done.returncode == 0, done.stdout
    assert project.file.read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3e-08", "0.25", ["tiny  error", "recorded   0.25", "now        3e-08", "falsifies  page#small\n"]),
        ("i f g o", "i o f g", ["tiny  order", '"i o f g"', '"i f g o"', "falsifies  page#order\n"]),
        ("[2, 5]", "[2, 6]", ["tiny  v1.0.shape.1", "falsifies  no claim"]),
        ('"order": "i f g o", ', "", ["tiny  order", "recorded   nothing", "page#order"]),
        ('"order"', '"old": 1, "order"', ["tiny  old", "now        nothing"]),
        ('"numpy": "', '"numpy": "1.', ["recorded.versions.numpy", "falsifies  page#small, page#order\n"]),
    ],
)
def test_a_falsified_record_fails_the_check_and_names_the_claim(project, old, new, said):
    project.change(old, new)
    done = project.run("record.py", "--check")
    assert done.returncode == 1
    for words in said:
        assert words in done.stdout
    assert "fenced" not in done.stdout


def test_what_is_not_recorded_fails_the_check(project):
    project.file.unlink()
    done = project.run("record.py", "--check")
    assert done.returncode == 1
    assert "tiny: nothing is recorded yet" in done.stdout


def test_a_probe_runs_once_for_each_of_its_backends(project, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "of the reader")
    source = 'import json, os, sys\nBACKENDS = {}\nprint(json.dumps({{"got": [*sys.argv[1:], os.environ["KERAS_BACKEND"]]}}))'
    for backends, facts in [
        ((), {"got": ["tensorflow"]}),
        (("b", "a"), {"b": {"got": ["b", "b"]}, "a": {"got": ["a", "a"]}}),
    ]:
        project.probe(source.format(backends))
        assert project.run("record.py").returncode == 0
        assert json.loads(project.file.read_text())["facts"] == facts


def test_topics_can_be_named(project):
    project.probe("BACKENDS = ()\nraise ValueError", "other")
    assert project.run("record.py", "--check").returncode == 1
    assert project.run("record.py", "--check", "tiny").returncode == 0
    assert project.run("record.py", "--check", "no-such").returncode == 2


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("BACKENDS = ()\nraise ValueError('no such layer')", "ValueError: no such layer"),
        ("BACKENDS = ()\nprint('{}')\nraise ValueError('at the end')", "ValueError: at the end"),
        ("BACKENDS = ()\nprint('done')", "printed no facts"),
        ("BACKENDS = ()\nprint('{\"a\": NaN}')", "NaN is no number"),
        ("BACKENDS = ()\nprint('{\"a\": 1')", "not JSON"),
        ("print('{}')", "does not say which BACKENDS"),
    ],
)
@pytest.mark.parametrize("option", [[], ["--check"]])
def test_a_probe_that_fails_is_seen(project, source, said, option):
    before = project.file.read_text()
    project.probe(source)
    done = project.run("record.py", *option)
    assert done.returncode == 1
    assert said in done.stdout
    assert project.file.read_text() == before


def test_marks_become_what_is_recorded(project):
    done = project.run("marks.py", "sub/page.md", stdin=PAGE)
    assert done.returncode == 0, done.stdout
    assert "See 3.0e-08, 0.000 and 2, 5." in done.stdout
    assert "`` i f g o ``" in done.stdout
    assert '<span class="evidence" id="small">checked with ' in done.stdout
    assert "[evidence](../evidence/tiny.json) · [probe](../evidence/probes/tiny.py)" in done.stdout
    assert "{{ checked tiny nothing #fenced }}" in done.stdout


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
def test_a_mark_that_leads_nowhere_is_refused(project, mark, said):
    done = project.run("marks.py", "page.md", stdin=f"Text {mark}\n")
    assert done.returncode == 1
    assert done.stdout.startswith("page.md: ")
    assert said in done.stdout


@pytest.mark.parametrize(
    ("keys", "path", "ran"),
    [
        (["tensorflow", "jax"], "-", "Keras 3.15.1, JAX 0.10.2"),
        (["tensorflow", "jax"], "jax.predict", "Keras 3.15.1, JAX 0.10.2"),
        (["order", "flax_nnx"], "flax_nnx.order", "Flax 0.12.8"),
        (["order", "flax_nnx"], "order", "Keras 3.15.1, JAX 0.10.2, Flax 0.12.8"),
        (["order", "pytorch"], "pytorch.order", "Keras 3.15.1, JAX 0.10.2, Flax 0.12.8"),
    ],
)
def test_a_stamp_names_what_ran_as_far_as_the_path_tells(keys, path, ran, tmp_path, monkeypatch):
    versions = {"jax": "0.10.2", "keras": "3.15.1", "flax": "0.12.8", "numpy": "2.4.6"}
    recorded = {"recorded": {"date": "2026-11-23", "versions": versions}, "facts": dict.fromkeys(keys)}
    (tmp_path / "some.json").write_text(json.dumps(recorded))
    monkeypatch.setattr(recordings, "FOLDER", tmp_path)
    assert recordings.stamp("some", path) == (ran, "2026-11")


# Recorded snippets

KERAS = """
import random
from types import SimpleNamespace
utils = SimpleNamespace(clear_session=lambda: None, set_random_seed=random.seed)
"""
SNIPPETS_PAGE = "# Page { #page }\n\n## May it? { #may-it .question }\n\n{{ snippet tried/one }}\n"


@pytest.fixture
def tried(project: Project) -> Project:
    """The machinery with a package that is called keras, and a page with a snippet."""
    shutil.copytree(
        EVIDENCE / "probes",
        project.docs / "evidence/probes",
        dirs_exist_ok=True,
        ignore=lambda *_: [f"{topic}.py" for topic in recordings.topics()],
    )
    (project.docs / "evidence/snippets/tried").mkdir(parents=True)
    shutil.copy(EVIDENCE / "snippets/run.py", project.docs / "evidence/snippets")
    (project.docs / "evidence/keras.py").write_text(KERAS)
    for name in ("keras", "onnx", *recordings.BACKENDS):
        installed = project.docs / f"evidence/{name}-9.0.dist-info/METADATA"
        installed.parent.mkdir()
        installed.write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.0\n")
    (project.docs / "asked.md").write_text(SNIPPETS_PAGE)
    return project


def record(tried: Project, source: str) -> tuple[subprocess.CompletedProcess[str], dict]:
    (tried.docs / "evidence/snippets/tried/one.py").write_text(source)
    done = tried.run("record.py", "tried")
    file = tried.docs / "evidence/tried.json"
    return done, json.loads(file.read_text())["facts"] if file.exists() else {}


@pytest.mark.parametrize(
    ("source", "backends", "lines"),
    [
        ("import keras\nprint(1)\nprint(2)", recordings.BACKENDS, ["1", "2"]),
        ("import keras\nprint(1)\nraise KeyError('no such')", recordings.BACKENDS, ["1", "KeyError: 'no such'"]),
        ("import warnings\nimport keras\nwarnings.warn('mind')", recordings.BACKENDS, ["UserWarning: mind"]),
        ('import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\nprint(1)', {"jax"}, ["1"]),
        ("try:\n    import torch\nexcept ImportError:\n    print(1)", {"torch"}, ["1"]),
        ("try:\n    import onnx\nexcept ImportError:\n    print(1)", {"tensorflow"}, ["1"]),
        ("import keras", recordings.BACKENDS, []),
    ],
)
def test_a_snippet_is_recorded_where_it_belongs(tried, source, backends, lines):
    done, recorded = record(tried, source)
    assert done.returncode == 0, done.stdout
    assert recorded == {name: {"one": lines} if name in backends else {} for name in recordings.BACKENDS}


def test_a_snippet_that_prints_something_else_each_time_is_not_recorded(tried):
    done, recorded = record(tried, "import random\nimport keras\nprint(random.random())")
    assert done.returncode == 1
    assert "one prints" in done.stdout and "needs a seed" in done.stdout
    assert not recorded


def test_a_snippet_is_shown_with_what_it_printed_by_backend(tried):
    record(tried, 'import os\nimport keras\nprint("on", os.environ["KERAS_BACKEND"].replace("jax", "torch"))')
    shown = tried.run("marks.py", "asked.md", stdin=SNIPPETS_PAGE).stdout
    assert 'print("on"' in shown
    assert shown.count("on tensorflow\n") == shown.count("on torch\n") == 1
    assert shown.index("On TensorFlow:") < shown.index("on tensorflow\n") < shown.index("On JAX and PyTorch:")
    assert "evidence/tried.json" in shown and "evidence/snippets/tried/one.py" in shown


def test_a_snippet_that_prints_something_else_now_fails_the_check_and_names_the_question(tried):
    record(tried, "import keras\nprint(1)")
    assert tried.run("record.py", "--check", "tried").returncode == 0
    (tried.docs / "evidence/snippets/tried/one.py").write_text("import keras\nprint(2)")
    done = tried.run("record.py", "--check", "tried")
    assert done.returncode == 1
    assert "falsifies  asked#may-it\n" in done.stdout


def test_the_stamp_of_a_snippet_names_the_backends_that_it_ran_on(tried):
    record(tried, 'import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\nprint(1)')
    shown = tried.run("marks.py", "asked.md", stdin=SNIPPETS_PAGE).stdout
    assert "ran with Keras 9.0 on JAX 9.0, 20" in shown
