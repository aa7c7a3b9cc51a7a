"""Run topics in this process and write what each gives, a line of JSON each: worker FOLDER TOPIC ..."""

import contextlib
import importlib
import io
import json
import os
import re
import runpy
import sys
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docs.sitebuild.records import imports, ran_with
from docs.sitebuild.systems import BACKENDS, PACKAGES
from tests.evidence.portable import message, portable

HOMES = {"torch": "torch", "flax": "jax", "jax": "jax"}


def facts_of(folder: Path, topic: str) -> Any:
    """Return the facts of a topic.

    Raises:
        LookupError: a group of them does not say what it ran with.
    """
    probe = folder / f"probes/{topic}.py"
    with environment_kept():
        facts = printed_by(probe) if probe.exists() else snippets(folder / "snippets" / topic)
    ran_with(facts, topic)
    return portable(facts)


@contextlib.contextmanager
def environment_kept() -> Iterator[None]:
    """Put back what was changed, and that only: a framework's thread that reads the environment meanwhile may crash."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in [name for name in os.environ if name not in before]:
            del os.environ[name]
        os.environ.update({name: value for name, value in before.items() if os.environ.get(name) != value})


def printed_by(probe: Path) -> Any:
    """Return the facts that a probe prints as its last line."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        runpy.run_path(str(probe), run_name="__main__")
    line = printed.getvalue().rstrip().rpartition("\n")[2]
    if not line.startswith("{"):
        raise ValueError(f"it printed no facts: {line[:500]!r}")
    return json.loads(line)


def snippets(folder: Path) -> dict[str, Any]:
    """Run each snippet that belongs to this backend, once for each seed; return what it ran with and what it printed."""
    backend, seeds, facts = os.environ["KERAS_BACKEND"], os.environ["SEEDS"].split(), {}
    for file in sorted(folder.glob("*.py")):
        source = file.read_text(encoding="utf-8")
        if backend in backends(source):
            runs = [run(source, file.stem, int(seed)) for seed in seeds]
            if any(printed != runs[0] for printed in runs):
                raise ValueError(f"{file.stem} prints {runs}: what is random needs a seed")
            ran = {*imports(source), backend} if "keras" in imports(source) else imports(source)
            facts[file.stem] = {"ran": [name for name in PACKAGES if name in ran - {"numpy"}], "printed": runs[0]}
    return facts


def backends(source: str) -> tuple[str, ...]:
    """Return where a snippet runs: one of Keras that names no backend and no other framework runs on all three."""
    if named := re.search(r'"KERAS_BACKEND"\] = "(\w+)"', source):
        return (named[1],)
    imported = imports(source)
    if homes := {HOMES[name] for name in HOMES if name in imported}:
        return tuple(homes)
    return BACKENDS if "keras" in imported and not imported & {"tensorflow", "tf_keras"} else BACKENDS[:1]


def run(source: str, name: str, seed: int) -> list[str]:
    """Return the warnings of a snippet, the lines that it prints, and the exception that it raises."""
    keras = importlib.import_module("keras")
    keras.utils.clear_session()  # layers are numbered from nothing, as in a fresh process
    keras.utils.set_random_seed(seed)
    printed = io.StringIO()
    with (
        contextlib.redirect_stdout(printed),
        warnings.catch_warnings(record=True) as caught,
        environment_kept(),
    ):
        warnings.simplefilter("always", UserWarning)
        try:
            exec(compile(source, name, "exec"), {"__name__": "__main__"})
        except Exception as error:
            print(f"{type(error).__name__}: {message(str(error))}")
    told = [" ".join(f"UserWarning: {each.message}".split()) for each in caught if each.category is UserWarning]
    lines: list[str] = portable([*dict.fromkeys(told), *printed.getvalue().rstrip().splitlines()])
    return lines


def main(folder: Path, topics: list[str]) -> None:
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as answers:
        os.dup2(2, 1)  # what else is printed, by compiled code too, is no answer
        for topic in topics:
            try:
                answer = json.dumps({"facts": facts_of(folder, topic)}, allow_nan=False)
            except (Exception, SystemExit):
                answer = json.dumps({"failed": traceback.format_exc(limit=-3)})
            print(answer, file=answers, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
