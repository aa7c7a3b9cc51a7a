"""What probes and snippets print is recorded; a difference is found and named; a failure is seen, and stays alone."""

import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from docs.sitebuild.systems import BACKENDS
from tests.evidence import __main__ as command
from tests.evidence import worker
from tests.evidence.claims import Claim
from tests.evidence.files import as_text
from tests.evidence.processes import jobs

FACTS = {"ran": ["jax"], "tolerance": 1e-6, "error": 3e-8, "order": "i f g o", "v1.0": {"shape": [2, 5]}}


CLAIMS = [Claim("page", "small", "tiny", "error"), Claim("page", "order", "tiny", "order")]


class Folder:
    """A folder of evidence with one probe, `tiny`, whose facts are given and not run for."""

    def __init__(self, path: Path) -> None:
        self.path, self.file, self.facts = path, path / "tiny.json", {"tiny": FACTS}
        (path / "probes").mkdir(parents=True)
        self.probe("tiny", "BACKENDS = ()")

    def probe(self, name: str, source: str) -> None:
        (self.path / f"probes/{name}.py").write_text(source)

    def snippet(self, name: str, source: str) -> Path:
        file = self.path / f"snippets/{name}.py"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(source)
        return file

    def record(self) -> None:
        assert command.main([], self.path) == 0

    def check(self) -> int:
        return command.main(["--check"], self.path)

    def change(self, old: str, new: str) -> None:
        text = self.file.read_text()
        assert text.count(old) == 1
        self.file.write_text(text.replace(old, new))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frameworks, as far as their versions are asked for."""
    for name in ("keras", "tensorflow", "jax", "torch"):
        (tmp_path / f"{name}-9.0.dist-info").mkdir()
        (tmp_path / f"{name}-9.0.dist-info/METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 9.0\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(command, "claims", lambda _: CLAIMS)


@pytest.fixture
def folder(tmp_path: Path, installed: None, monkeypatch: pytest.MonkeyPatch) -> Folder:  # noqa: ARG001, is set up
    folder = Folder(tmp_path / "docs/evidence")
    monkeypatch.setattr(command, "facts_of", lambda *_: folder.facts)
    folder.record()
    return folder


def test_facts_are_recorded_with_the_versions_of_what_ran(folder: Folder) -> None:
    recorded = json.loads(folder.file.read_text())
    assert (recorded["topic"], recorded["facts"]) == ("tiny", FACTS)
    assert recorded["recorded"]["versions"].keys() == {"jax", "numpy"}
    assert recorded["recorded"]["versions"]["jax"] == "9.0"


def test_a_record_that_still_holds_is_left_alone(folder: Folder) -> None:
    folder.change('"date": "2', '"date": "1')
    folder.change("3e-08", "5e-08")
    before = folder.file.read_text()
    folder.record()
    assert folder.file.read_text() == before
    folder.change("i f g o", "i o f g")
    folder.record()
    assert json.loads(folder.file.read_text())["facts"] == FACTS
    assert '"date": "2' in folder.file.read_text()


def test_the_check_passes_on_what_was_just_recorded(folder: Folder, capsys: pytest.CaptureFixture[str]) -> None:
    before = folder.file.read_text()
    assert folder.check() == 0
    assert capsys.readouterr().out.endswith("1 topics: all as recorded\n")
    assert folder.file.read_text() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("3e-08", "0.25", ["tiny  error", "recorded   0.25", "now        3e-08", "falsifies  page#small\n"]),
        ("i f g o", "i o f g", ["tiny  order", '"i o f g"', '"i f g o"', "falsifies  page#order\n"]),
        ("5", "6", ["tiny  v1.0.shape", "falsifies  no claim"]),
        ('"order": "i f g o",', "", ["tiny  order", 'recorded   "nothing"', "page#order"]),
        ('"order"', '"old": 1, "order"', ["tiny  old", 'now        "nothing"']),
        ('"ran": ["jax"]', '"ran": ["torch"]', ["tiny  ran", '["torch"]', "falsifies  page#small, page#order\n"]),
        ('"ran": ["jax"],', "", ["tiny  ran", "falsifies  page#small, page#order\n"]),
        ('"numpy": "', '"numpy": "1.', ["recorded.versions.numpy", "falsifies  page#small, page#order\n"]),
    ],
)
def test_a_falsified_record_fails_the_check_and_names_the_claim(
    folder: Folder, old: str, new: str, said: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder.change(old, new)
    assert folder.check() == 1
    printed = capsys.readouterr().out
    assert not [words for words in said if words not in printed]
    assert printed.endswith("1 differences or failures\n")


def test_what_is_not_recorded_or_did_not_run_fails_the_check(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.file.unlink()
    assert folder.check() == 1
    assert '"nothing yet"' in capsys.readouterr().out
    folder.facts = {}
    assert folder.check() == 1


def test_topics_can_be_named(folder: Folder) -> None:
    folder.probe("other", "BACKENDS = ()")
    assert command.main(["--check", "tiny"], folder.path) == 0
    with pytest.raises(SystemExit):
        command.main(["--check", "no-such"], folder.path)


def test_a_snippet_that_changed_is_recorded_anew_even_if_it_prints_the_same(folder: Folder) -> None:
    folder.facts |= {"tried": {"jax": {"one": {"ran": ["jax"], "printed": ["1"]}}}}
    folder.snippet("tried/one", "print(1)")
    folder.record()
    before = json.loads((folder.path / "tried.json").read_text())["recorded"]["sources"]
    folder.snippet("tried/one", "print(2 - 1)")
    folder.record()
    after = json.loads((folder.path / "tried.json").read_text())["recorded"]["sources"]
    assert before.keys() == after.keys() == {"one"} and before != after


def test_a_record_has_one_line_for_a_list_that_fits_and_is_the_same_json() -> None:
    facts = {"y": [[0.5, 1.0], [2.0, 3.0]], "long": ["x" * 40] * 3, "printed": ["[ 1,  2 ]", "{a}"], "none": []}
    text = as_text(facts)
    assert json.loads(text) == facts
    assert "\n  [0.5, 1.0],\n" in text and f'\n  "{"x" * 40}",\n' in text


def test_a_probe_runs_once_or_on_each_of_its_backends(folder: Folder) -> None:
    folder.probe("once", "import os\nBACKENDS = ()\nENVIRONMENT = {'A': '1'}\nos.environ |= ENVIRONMENT")
    folder.probe("each", "BACKENDS = ('jax', 'torch')")
    folder.snippet("tried/one", "import keras")
    assert jobs(folder.path, "once") == [("once", "", (("KERAS_BACKEND", "tensorflow"), ("A", "1")))]
    assert [(job.backend, dict(job.environment)["KERAS_BACKEND"]) for job in jobs(folder.path, "each")] == [
        ("jax", "jax"),
        ("torch", "torch"),
    ]
    assert tuple(job.backend for job in jobs(folder.path, "tried")) == BACKENDS
    folder.probe("silent", "print('{}')")
    with pytest.raises(LookupError, match=r"silent\.py does not say which BACKENDS it runs on"):
        jobs(folder.path, "silent")


# Snippets


@pytest.fixture
def keras(monkeypatch: pytest.MonkeyPatch) -> None:
    utils = SimpleNamespace(clear_session=lambda: None, seed=0)

    def set_random_seed(seed: int) -> None:
        random.seed(seed)
        utils.seed = seed - 1

    utils.set_random_seed = set_random_seed
    monkeypatch.setitem(sys.modules, "keras", SimpleNamespace(utils=utils))
    for name in ("torch", "onnx"):
        monkeypatch.setitem(sys.modules, name, None)


@pytest.fixture
def ran(tmp_path: Path, keras: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, Any]]:  # noqa: ARG001
    """Run a snippet on each backend that it belongs to."""
    monkeypatch.setenv("SEEDS", "1 2")

    def run(source: str) -> dict[str, Any]:
        (tmp_path / "snippets/tried").mkdir(parents=True, exist_ok=True)
        (tmp_path / "snippets/tried/one.py").write_text(source)
        found = {}
        for backend in BACKENDS:
            monkeypatch.setenv("KERAS_BACKEND", backend)
            found[backend] = worker.facts_of(tmp_path, "tried").get("one")
        return {backend: run for backend, run in found.items() if run}

    return run


@pytest.mark.parametrize(
    ("source", "backends", "lines"),
    [
        ("import keras\nprint(1)\nprint(2)", BACKENDS, ["1", "2"]),
        ("import keras\nprint(1)\nraise KeyError('no such')", BACKENDS, ["1", "KeyError: 'no such'"]),
        ("import warnings\nimport keras\nwarnings.warn('mind')", BACKENDS, ["UserWarning: mind"]),
        ('import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras\nprint(1)', ("jax",), ["1"]),
        ("try:\n    import torch\nexcept ImportError:\n    print(1)", ("torch",), ["1"]),
        ("try:\n    import onnx\nexcept ImportError:\n    print(1)", ("tensorflow",), ["1"]),
        ("import keras", BACKENDS, []),
        ("import keras\nprint([object(), object()][keras.utils.seed])", BACKENDS, ["<object object at 0x...>"]),
    ],
)
def test_a_snippet_is_recorded_where_it_belongs(
    source: str, backends: tuple[str, ...], lines: list[str], ran: Callable[[str], dict[str, Any]]
) -> None:
    found = ran(source)
    assert tuple(found) == backends
    for backend, run in found.items():
        assert run["printed"] == lines
        framework = [name for name in ("torch", "onnx") if f"import {name}" in source]
        assert run["ran"] == (["keras", backend] if "import keras" in source else framework)


def test_a_snippet_leaves_no_variable_to_the_next(ran: Callable[[str], dict[str, Any]]) -> None:
    source = 'import os\nimport keras\nprint(os.environ.get("LEFT"))\nos.environ["LEFT"] = "1"'
    assert [run["printed"] for run in ran(source).values()] == [["None"]] * 3


def test_the_environment_is_put_back_and_what_was_not_changed_is_not_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    """To set a variable while a thread of a framework reads another brings the process down, now and then."""
    monkeypatch.setenv("CHANGED", "before")
    monkeypatch.setenv("GONE", "before")
    monkeypatch.delenv("NEW", raising=False)
    before = dict(os.environ)
    touched: list[bytes] = []

    def seen(call: Callable[..., None]) -> Callable[..., None]:
        def called(name: bytes, *value: bytes) -> None:
            touched.append(name)
            call(name, *value)

        return called

    monkeypatch.setattr(os, "putenv", seen(os.putenv))
    monkeypatch.setattr(os, "unsetenv", seen(os.unsetenv))
    with worker.environment_kept():
        os.environ |= {"CHANGED": "after", "NEW": "after"}
        del os.environ["GONE"]
    assert dict(os.environ) == before
    assert sorted(touched) == sorted([b"CHANGED", b"NEW", b"GONE"] * 2)


def test_a_snippet_that_prints_something_else_each_time_is_not_recorded(ran: Callable[[str], dict[str, Any]]) -> None:
    for printed in ("print(random.random())", "if random.random() < 0.5: print(1)"):
        with pytest.raises(ValueError, match=r"one prints .*: what is random needs a seed"):
            ran(f"import random\nimport keras\n{printed}")


# In processes of their own

PROBES = {
    "good": "print('noise')\nprint('{\"ran\": [\"jax\"], \"got\": \"' + os.environ['KERAS_BACKEND'] + '\"}')",
    "raises": "raise ValueError('no such layer')",
    "at-the-end": "print('{}')\nraise ValueError('at the end')",
    "silent": "print('done')",
    "nan": 'print(\'{"ran": ["jax"], "a": NaN}\')',
    "cut": "print('{\"a\": 1')",
    "unsaid": "print('{\"a\": 1}')",
    "exits": "raise SystemExit('it is over')",
    "crashes": "os.write(2, b'out of memory')\nos._exit(3)",
    "later": "os.write(1, b'compiled code prints')\nprint('{\"ran\": [\"jax\"], \"got\": \"' + os.environ['A'] + '\"}')",
}
SAID = {
    "raises": "ValueError: no such layer",
    "at-the-end": "ValueError: at the end",
    "silent": "it printed no facts: 'done'",
    "nan": "not JSON compliant",
    "cut": "Expecting",
    "unsaid": "unsaid does not say what it ran with",
    "exits": "SystemExit: it is over",
    "crashes": "exit 3\nout of memory",
}
FAKE_KERAS = """
import random
from types import SimpleNamespace
utils = SimpleNamespace(clear_session=lambda: None, set_random_seed=random.seed)
"""


@pytest.fixture(scope="module")
def processes(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = Folder(tmp_path_factory.mktemp("root") / "docs/evidence")
    for name, source in PROBES.items():
        folder.probe(name, f"import os\nBACKENDS = ()\n{source}")
    folder.probe("each", 'import os\nBACKENDS = ("torch", "jax")\n' + PROBES["good"])
    folder.probe("tiny", 'import os\nBACKENDS = ()\nENVIRONMENT = {"A": "2"}\n' + PROBES["later"])
    (folder.path.parents[1] / "keras.py").write_text(FAKE_KERAS)
    folder.snippet("tried/one", 'import os\nimport keras\nprint("on", os.environ["KERAS_BACKEND"], os.environ["A"])')
    return folder


def test_each_failure_is_seen_and_stays_alone(
    processes: Folder,
    installed: None,  # noqa: ARG001, is set up
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KERAS_BACKEND", "of the reader")
    monkeypatch.setenv("TF_OF_THE_READER", "1")
    assert command.main(["--set", "A=1"], processes.path) == 1
    told = capsys.readouterr().out
    end = told[told.rindex("[16/16] ") :]  # of a log that is cut, the end is kept
    for name, said in SAID.items():
        assert f"{name}  failed: " in end and said in end
        assert not (processes.path / f"{name}.json").exists()
    facts = {name: json.loads((processes.path / f"{name}.json").read_text())["facts"] for name in ("good", "later", "each", "tiny", "tried")}  # fmt: skip
    assert facts["good"] == {"ran": ["jax"], "got": "tensorflow"}
    assert facts["later"] == {"ran": ["jax"], "got": "1"}
    assert facts["tiny"] == {"ran": ["jax"], "got": "2"}
    assert facts["each"] == {
        "torch": {"ran": ["jax"], "got": "torch"},
        "jax": {"ran": ["jax"], "got": "jax"},
    }
    assert facts["tried"] == {
        backend: {"one": {"ran": ["keras", backend], "printed": [f"on {backend} 1"]}} for backend in BACKENDS
    }
    assert command.main(["--check", "--set", "A=1", "good", "tried"], processes.path) == 0


def test_a_check_runs_a_snippet_with_the_other_seed(monkeypatch: pytest.MonkeyPatch, folder: Folder) -> None:
    seen: list[str] = []

    def facts_of(_: Path, __: object, settings: dict[str, str]) -> dict[str, Any]:
        seen.append(settings["SEEDS"])
        return {"tiny": FACTS}

    monkeypatch.setattr(command, "facts_of", facts_of)
    folder.record()
    folder.check()
    assert seen == ["1 2", "2"]
