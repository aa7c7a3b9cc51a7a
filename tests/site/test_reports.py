"""The reports on bugs that somebody could file: what they say raises is what their programs raised, and where it was read."""

import re

import pytest

from docs.sitebuild.records import Records
from docs.sitebuild.source import Fence, Section
from tests.project import ROOT
from tests.site.sources import PAGES, marks

RECORDS = Records(ROOT / "docs/evidence")
BUGS = [each for each in PAGES["bugs.md"].sections if each.heading.level > 1]
RANGE = re.compile(r"(\d+) (?:to|and) (\d+)")
ERROR = re.compile(r"\b[A-Z]\w*Error\b")
BACKENDS = {"tensorflow": "TensorFlow", "jax": "JAX", "torch": "PyTorch"}
of_each = pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.heading.id)


def report(bug: Section) -> str:
    found = [block.source for block in bug.blocks if isinstance(block, Fence) and block.language == "markdown"]
    assert len(found) == 1, bug.heading.id
    return " ".join(found[0].split())


def printed(bug: Section) -> dict[str, list[str]]:
    """What the program of a bug printed, by backend; empty where none ran."""
    names = marks(bug.blocks, "snippet")
    return dict(RECORDS.snippet(*names[0].split("/")).printed) if names else {}


def test_every_bug_has_its_report() -> None:
    assert len(BUGS) > 3
    for bug in BUGS:
        assert report(bug).startswith("Title: ")


@of_each
def test_a_report_names_the_version_that_ran_or_was_read(bug: Section) -> None:
    (read,) = marks(bug.blocks, "read")
    version = re.match(r"Keras (\d[\d.]*\d)", read)[1]
    for topic in {name.split("/")[0] for name in marks(bug.blocks, "snippet")}:
        assert RECORDS.record(topic)["recorded"]["versions"]["keras"] == version
    assert re.findall(r"Keras (\d[\d.]*\d)", report(bug)) == [version]


@of_each
def test_a_report_points_to_lines_that_were_read(bug: Section) -> None:
    read = {
        file.rpartition("keras/src/")[2]: {
            line for first, last in RANGE.findall(lines) for line in range(int(first), int(last) + 1)
        }
        for file, lines in re.findall(r"([\w/]+\.py) \(lines ([^)]+)\)", marks(bug.blocks, "read")[0])
    }
    pointed = re.findall(r"([\w/]+\.py), lines? (\d+)(?: (?:to|and) (\d+))?", report(bug))
    assert pointed
    for name, first, last in pointed:
        (were_read,) = (
            lines for file, lines in read.items() if f"/{file}".endswith(f"/{name}") or name.endswith(f"/{file}")
        )
        assert {int(first), int(last or first)} <= were_read, name


@of_each
def test_a_report_names_the_errors_of_its_program_and_the_backends_that_have_them(bug: Section) -> None:
    said, outputs = report(bug), printed(bug)
    if not outputs:
        assert "(read, not run)" in said
        return
    raised = {backend: [line for line in lines if ERROR.search(line)] for backend, lines in outputs.items()}
    lines = [line for each in raised.values() for line in each]
    assert {*ERROR.findall(said)} <= {*ERROR.findall(" ".join(lines))}
    for quoted in re.findall(r'raises "([^"]+)"', said):
        assert any(quoted in line for line in lines), quoted
    assert not lines or re.search(r"\braises?\b|Error\b", said)
    usual = outputs["tensorflow"]  # of a program that raises nowhere
    wrong = [name for name in outputs if (raised[name] if lines else outputs[name] != usual)]
    assert wrong
    if len(wrong) == len(outputs):
        assert "all backends" in said
    else:
        named = [
            name
            for name in BACKENDS
            if re.search(rf"\b{BACKENDS[name]}\b|\b{name} backend\b", f"{bug.heading.title} {said}", re.IGNORECASE)
        ]
        assert {*wrong} <= {*named}
