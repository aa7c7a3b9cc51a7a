"""What is written once and then trusted: the workflow, the locks, and the commands."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = {"site": "requirements-site.txt", "test": "requirements-dev.txt"}
WORKFLOW = ROOT / ".github/workflows/site.yml"
TRIGGERS, JOBS = (yaml.safe_load(WORKFLOW.read_text())[key] for key in (True, "jobs"))  # `on` is True in YAML


# The workflow


def test_there_is_one_workflow():
    assert [path.name for path in WORKFLOW.parent.iterdir()] == [WORKFLOW.name]


def test_actions_are_pinned_by_commit_and_say_their_version():
    uses = re.findall(r"^\s*-?\s*uses:(.*)$", WORKFLOW.read_text(), re.MULTILINE)
    assert len(uses) == sum("uses" in step for job in JOBS.values() for step in job["steps"]) > 0
    assert not [use for use in uses if not re.fullmatch(r" [\w/-]+@[0-9a-f]{40} # v\d+(\.\d+)*", use)]


def test_a_job_may_do_what_it_needs_and_no_more():
    assert yaml.safe_load(WORKFLOW.read_text())["permissions"] == {}
    assert {name: job["permissions"] for name, job in JOBS.items()} == {
        "test": {"contents": "read"},
        "frameworks": {"contents": "read"},
        "library": {"contents": "read"},
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "notebooks": {"contents": "write"},
    }


def test_nothing_is_deployed_that_did_not_pass():
    assert [step["run"] for step in JOBS["test"]["steps"] if "run" in step] == [".ci/run"]
    assert (JOBS["notebooks"]["needs"], JOBS["deploy"]["needs"], JOBS["build"]["needs"]) == ("deploy", "build", "test")
    assert not re.search(r"continue-on-error|always\(\)|failure\(\)", WORKFLOW.read_text())
    assert "if" not in JOBS["test"]
    assert all("if" not in step for step in JOBS["test"]["steps"])
    assert JOBS["test"]["steps"][0]["with"]["fetch-depth"] == 0  # some tests read the history
    assert {"3.11", "3.13"} <= set(JOBS["test"]["strategy"]["matrix"]["python"])


def test_the_scripts_for_all_frameworks_run_each_week_and_on_demand_and_lead_to_nothing_else():
    assert {"push", "pull_request", "schedule", "workflow_dispatch"} == TRIGGERS.keys()
    assert [re.sub(r"\d+", "0", each["cron"]) for each in TRIGGERS["schedule"]] == ["0 0 * * 0"]
    assert [step["run"] for step in JOBS["library"]["steps"] if "run" in step] == ["make fuzz", "make mutants"]
    assert JOBS["library"]["if"] == JOBS["frameworks"]["if"]
    weekly = JOBS["frameworks"]
    assert weekly["if"] == "github.event_name == 'schedule' || github.event_name == 'workflow_dispatch'"
    assert [step["run"] for step in weekly["steps"] if "run" in step] == ["make test-frameworks"]
    assert not [name for name, job in JOBS.items() if "frameworks" in job.get("needs", "")]
    assert JOBS["build"]["if"] == "github.ref == 'refs/heads/main' && github.event_name == 'push'"


def test_make_test_frameworks_runs_all_that_bears_its_mark():
    (folders,) = re.findall(r"^\t.* -m frameworks -v (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    decorated = re.compile(r"^@pytest\.mark\.frameworks$", re.MULTILINE)
    marked = [file for file in ROOT.glob("tests/**/*.py") if decorated.search(file.read_text(encoding="utf-8"))]
    assert len(marked) > 2
    assert not [file for file in marked if not any(file.is_relative_to(ROOT / each) for each in folders.split())]


def test_what_is_deployed_knows_its_address_and_its_history():
    (checkout,) = [step for step in JOBS["build"]["steps"] if step.get("uses", "").startswith("actions/checkout@")]
    (build,) = [step for step in JOBS["build"]["steps"] if step.get("run") == "make site"]
    (pages,) = [step for step in JOBS["build"]["steps"] if step.get("id") == "pages"]
    assert pages["uses"].startswith("actions/configure-pages@")
    assert checkout["with"]["fetch-depth"] == 0
    assert build["env"] == {
        "SITE_URL": "${{ steps.pages.outputs.base_url }}/",
        "REPO_URL": "${{ github.server_url }}/${{ github.repository }}",
    }


# The locks


def requirements(group: str) -> list[Requirement]:
    """What a group of pyproject.toml asks for, that of the groups in it included."""
    found = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    for entry in PROJECT["dependency-groups"][group]:
        found += [Requirement(entry)] if isinstance(entry, str) else requirements(entry["include-group"])
    return found


def pins(lock: str) -> dict[str, str]:
    """The version of each package; whatever is no pin with hashes fails."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE).replace("\\\n", "")
    found = {}
    for line in text.splitlines():
        pin, *hashes = line.split(" --hash=")
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", value.strip()) for value in hashes), line
        requirement = Requirement(pin.strip())
        (specifier,) = requirement.specifier
        name = canonicalize_name(requirement.name)
        assert specifier.operator == "==" and "*" not in specifier.version and name not in found, line
        found[name] = specifier.version
    return found


@pytest.mark.parametrize(("group", "lock"), LOCKS.items())
def test_each_requirement_is_met_by_its_pin(group, lock):
    pinned = pins(lock)
    for requirement in requirements(group):
        name = canonicalize_name(requirement.name)
        assert name in pinned, f"{lock} lacks {name}; make lock"
        assert requirement.specifier.contains(pinned[name]), f"{name} {pinned[name]} is not {requirement}; make lock"


def test_the_site_is_tested_with_what_it_is_built_with():
    assert pins(LOCKS["site"]).items() <= pins(LOCKS["test"]).items()


@pytest.mark.parametrize("lock", LOCKS.values())
def test_a_lock_says_what_and_not_from_where(lock):
    text = (ROOT / lock).read_text()
    assert not [word for word in ("://", "--index-url", "--extra-index-url", "--find-links") if word in text]


# The commands


def test_the_readme_names_two_commands_that_make_knows():
    commands = re.findall(r"^make (\w+)", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert commands == ["serve", "test"]
    for command, last in zip(
        commands, ("-m mkdocs serve --dev-addr 127.0.0.1:8000", "-m pytest -n logical"), strict=True
    ):
        recipe = subprocess.run(
            ["make", "-n", "--no-print-directory", command], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        assert recipe.splitlines()[-1] == f".venv/bin/python {last}"


def ci_run(folder: Path, fails: str) -> tuple[int, list[str]]:
    """Run .ci/run where `chromium` is there and `make TARGET` only writes down that it was called, or fails."""
    folder.mkdir()
    called = folder / "called"
    (folder / "chromium").write_text("#!/bin/sh\n")
    (folder / "make").write_text(f'#!/bin/sh\necho "$1 $REQUIRE_BROWSER" >> "{called}"\ntest "$1" != "{fails}"\n')
    for stub in (folder / "chromium", folder / "make"):
        stub.chmod(0o755)
    outside = {name: value for name, value in os.environ.items() if name != "REQUIRE_BROWSER"}
    result = subprocess.run([ROOT / ".ci/run"], env=outside | {"PATH": f"{folder}:{os.environ['PATH']}"}, check=False)
    return result.returncode, called.read_text().splitlines()


def test_ci_runs_lint_tests_and_evidence_and_fails_when_one_does(tmp_path):
    status, called = ci_run(tmp_path / "all", fails="nothing")
    assert status == 0
    targets = ["lint", "test", "test-scripts", "evidence-check"]
    assert called == [f"{target} 1" for target in targets]
    assert all(ci_run(tmp_path / target, fails=target)[0] for target in targets)
    assert "set -euo pipefail" in (ROOT / ".ci/run").read_text().splitlines()


def whole_run(collected: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A run of the suite that requires the browser, where the suite is nothing but this."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", f"testpaths={collected}"]
    return subprocess.run(
        [*command, *options], cwd=ROOT, env=os.environ | {"REQUIRE_BROWSER": "1"}, capture_output=True, text=True
    )


@pytest.mark.parametrize("options", [["--collect-only"], ["-n", "1"]])
def test_a_run_that_requires_the_browser_fails_without_its_tests(options):
    done = whole_run("tests/test_layers.py", *options)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR, done.stdout + done.stderr
    assert "no test of tests/browser was collected" in done.stdout + done.stderr


def test_a_run_that_requires_the_browser_and_has_its_tests_begins():
    done = whole_run("tests/browser", "--collect-only")
    assert done.returncode == 0, done.stdout + done.stderr
