"""Run the fast tests of the library on each mutant of it, in copies; say which no test noticed.

`python -m tests.mutants` runs all; `python -m tests.mutants layer.py core.py` those of some files; with `--sample 200`
so many of them, the same each time.
"""

import argparse
import os
import random
import resource
import shutil
import sys
import time
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import hypothesis.extra.numpy  # noqa: F401, E402, what all tests import is imported before the processes part
import numpy as np  # noqa: F401, E402
import pytest  # noqa: E402
import yaml  # noqa: E402

from tests.mutants.mutate import Mutant, mutants  # noqa: E402
from tests.project import ROOT  # noqa: E402

LEAST = 0.97
SECONDS = 120  # of computing: a mutant that takes more hangs, on a busy machine too
MEMORY = 8 * 2**30  # bytes, for one that asks for too much
EQUIVALENT = Path(__file__).with_name("equivalent.yml")
LIBRARY = ROOT / "lstm_ref"
CONFTEST = """
from hypothesis import settings
settings.register_profile("mutants", max_examples=5, deadline=None, derandomize=True, database=None)
settings.load_profile("mutants")
"""
# What kills most comes first: the tests of the file, if it has some, and bad input. What needs pages or a history is not
# among them.
ABOUT = {
    f"{file}.py": [f"tests/lstm_ref/test_{test}.py"]
    for file, test in [
        ("_layout", "conversions"),
        ("layouts", "conversions"),
        ("activations", "activations"),
        ("examples", "examples"),
        ("gradients", "gradients"),
        ("initializers", "initializers"),
    ]
}
FIRST = [
    "tests/lstm_ref/test_errors.py",
    "tests/lstm_ref/test_misuse.py",
    "tests/lstm_ref/test_messages.py",
    "lstm_ref",
]
SLOW = [f"tests/lstm_ref/test_{name}.py" for name in ("initializers", "gradients")]
FUZZ = ["tests/lstm_ref/test_fuzz.py"]  # takes seconds to be collected
NOT = [
    f"tests/lstm_ref/test_{name}.py"
    for name in ("conversions_packages", "public", "vectors", "vectors_schema", "vectors_checker")
]
FOUND = {file.relative_to(ROOT).as_posix() for file in ROOT.glob("tests/lstm_ref/test_*.py")}
OTHERS = [*sorted(FOUND - {*FIRST, *SLOW, *FUZZ, *NOT}), *SLOW]


def all_mutants(files: list[str]) -> list[Mutant]:
    found = [file for file in sorted(LIBRARY.rglob("*.py")) if file.name not in ("__init__.py", "types.py")]
    chosen = [file for file in found if not files or file.name in files]
    return [
        mutant
        for file in chosen
        for mutant in mutants(file.relative_to(LIBRARY).as_posix(), file.read_text(encoding="utf-8"))
    ]


def copy_to(folder: Path) -> None:
    """What the tests need, with a profile of few examples that are the same each time."""
    shutil.copytree(LIBRARY, folder / "lstm_ref", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests/lstm_ref", folder / "tests/lstm_ref", ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("__init__.py", "oracle.py", "project.py", "shared.py"):
        shutil.copy(ROOT / "tests" / file, folder / "tests" / file)
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "docs").symlink_to(ROOT / "docs")


def tests_pass(folder: Path, mutated: str) -> bool:
    """Run in this process, which has none of the library yet and ends after it."""
    os.chdir(folder)
    sys.path[:] = [str(folder), *(path for path in sys.path if Path(path or ".").resolve() != ROOT)]
    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "lstm_ref")]:
        del sys.modules[name]
    os.environ.update(FUZZ="2", PYTEST_DISABLE_PLUGIN_AUTOLOAD="1", PYTHONPATH=str(folder))
    options = [
        "-x",
        "-q",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(folder),
    ]
    own = [file for file in OTHERS if file in ABOUT.get(mutated.partition(" ")[0], ())]
    return all(pytest.main([*options, *tests]) == 0 for tests in (own, FIRST, OTHERS, FUZZ) if tests)


def start(folder: Path, log: Path, mutated: str = "") -> int:
    """Part from this process; the child's exit says whether a test noticed: 0 if none did."""
    sys.dont_write_bytecode = (folder / "compiled").exists()  # the tests' is kept from the first run, a mutant's never
    (folder / "compiled").touch()
    child = os.fork()
    if child:
        return child
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with log.open("w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    code = 1
    try:
        code = 0 if tests_pass(folder, mutated) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def run(found: list[Mutant], whole: Path, folder: Path) -> list[Mutant]:
    """Return those that no test noticed, with one process for each core."""
    free = [folder / str(k) for k in range(os.cpu_count() or 1)]
    for place in free:
        shutil.copytree(whole, place, symlinks=True)
    kept: list[Mutant] = []
    running: dict[int, tuple[Path, Mutant, Path, str]] = {}
    waiting, done, began = list(found), 0, time.monotonic()
    while waiting or running:
        while waiting and free:
            mutant, place = waiting.pop(0), free.pop()
            file = place / "lstm_ref" / mutant.name.partition(" ")[0]
            before = file.read_text(encoding="utf-8")
            file.write_text(mutant.source(), encoding="utf-8")
            running[start(place, place / "log", mutant.name)] = (place, mutant, file, before)
        child, status = os.wait()
        place, mutant, file, before = running.pop(child)
        file.write_text(before, encoding="utf-8")
        free.append(place)
        done += 1
        if os.waitstatus_to_exitcode(status) == 0:
            kept.append(mutant)
            print(f"\rnot noticed: {mutant.name}", flush=True)
        print(
            f"\r{done} of {len(found)}, {len(kept)} not noticed, {time.monotonic() - began:.0f} s",
            end="",
            file=sys.stderr,
        )
    print(file=sys.stderr)
    return kept


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    parser.add_argument("--sample", type=int)
    arguments = parser.parse_args()
    found = all_mutants(arguments.files)
    if arguments.sample:
        found = random.Random(0).sample(found, min(arguments.sample, len(found)))
    equivalent = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or {}
    with TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name).resolve()
        copy_to(folder / "whole")
        child = start(folder / "whole", folder / "log")
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            print((folder / "log").read_text(encoding="utf-8")[-3000:], "The tests fail without any mutant.", sep="\n")
            return 1
        wrong = [mutant for mutant in found if mutant.name not in equivalent]
        kept = run(wrong, folder / "whole", folder)
    score = 1 - len(kept) / len(wrong)
    print(
        f"{len(found)} mutants, {len(found) - len(wrong)} equivalent; {len(wrong) - len(kept)} of {len(wrong)} noticed: {score:.1%}"
    )
    return int(score < LEAST)


if __name__ == "__main__":
    sys.exit(main())
