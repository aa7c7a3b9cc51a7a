"""Run the probes and the snippets and record what they print, one TOPIC.json each. With --check: run them again and compare.

python docs/evidence/record.py [--check] [TOPIC ...]
"""

import argparse
import ast
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from marks import Claim, claims
from recordings import FOLDER, NAMES, digests, imports, recording, topics

ROOT = FOLDER.parent.parent
SNIPPETS = FOLDER / "snippets"
RUNNER = SNIPPETS / "run.py"
PROBES = {file.stem: file for file in sorted((FOLDER / "probes").glob("*.py")) if file.stem != "common"}
PROBES |= {folder.name: RUNNER for folder in sorted(SNIPPETS.glob("*/"))}
AT_ONCE = min(4, os.cpu_count() or 1)
SETTINGS = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "JAX_PLATFORMS": "cpu",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONPATH": os.pathsep.join(map(str, (ROOT, FOLDER))),
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class ProbeError(Exception):
    pass


class Nothing:
    """Stands where one side of a comparison has no value."""


class Difference(NamedTuple):
    path: str
    recorded: Any
    now: Any


def compare(recorded: Any, now: Any, path: str = "", tolerance: float | None = None) -> Iterator[Difference]:
    """Yield the differences. The nearest "tolerance" above a float is its absolute tolerance, without one six digits count."""
    if isinstance(recorded, dict) and isinstance(now, dict):
        inside = recorded.get("tolerance", tolerance)
        for key in recorded | now:
            below = f"{path}.{key}" if path else key
            bar = None if key == "tolerance" else inside
            yield from compare(recorded.get(key, Nothing), now.get(key, Nothing), below, bar)
    elif isinstance(recorded, list) and isinstance(now, list) and len(recorded) == len(now):
        for index, pair in enumerate(zip(recorded, now, strict=True)):
            yield from compare(*pair, f"{path}.{index}" if path else str(index), tolerance)
    elif not same(recorded, now, tolerance):
        yield Difference(path, recorded, now)


def same(recorded: Any, now: Any, tolerance: float | None) -> bool:
    types = {type(recorded), type(now)}
    if float in types and types <= {float, int}:
        exact = {"rel_tol": 1e-6} if tolerance is None else {"rel_tol": 0, "abs_tol": tolerance}
        return math.isclose(recorded, now, **exact)
    return len(types) == 1 and recorded == now


def falsified(topic: str, path: str, all_claims: list[Claim]) -> list[str]:
    """Return the claims that rest on what lies at the path, above it or below it."""

    def within(inner: str, outer: str) -> bool:
        return outer in ("", "-") or f"{inner}.".startswith(f"{outer}.")

    return [
        f"{claim.page}#{claim.id}"
        for claim in all_claims
        if claim.topic == topic and (within(claim.path, path) or within(path, claim.path))
    ]


def backends(probe: Path) -> tuple[str, ...]:
    for node in ast.parse(probe.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "BACKENDS":
            return ast.literal_eval(node.value)
    raise ProbeError(f"{probe.name} does not say which BACKENDS it runs on")


def versions(topic: str) -> dict[str, str]:
    """Return the versions of what a probe or the snippets import, or Keras for them, without the build that one may name."""
    probe = PROBES[topic]
    imported = {"numpy", *backends(probe)}
    for file in (probe, *(SNIPPETS / topic).glob("*.py")):
        imported |= imports(file.read_text(encoding="utf-8"))
    return {name: version(name).partition("+")[0] for name in (*NAMES, "numpy") if name in imported}


def run(topic: str, backend: str | None) -> Any:
    probe = PROBES[topic]
    own = tuple({name.partition("_")[0] for name in SETTINGS} | {"KERAS", "PYTHON"})
    env = {name: value for name, value in os.environ.items() if not name.startswith(own)} | SETTINGS
    with tempfile.TemporaryDirectory() as home:  # a reader's keras.json would count
        env |= {"KERAS_HOME": home, "KERAS_BACKEND": backend or "tensorflow"}
        command = [sys.executable, str(probe), *([topic] if probe == RUNNER else []), *([backend] if backend else [])]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, encoding="utf-8", errors="replace")
    start = f"\n{done.stdout}".rfind("\n{")  # a framework may have printed before
    if done.returncode or start < 0:
        why = f"exit {done.returncode}" if done.returncode else "printed no facts"
        raise ProbeError(f"{why}\n" + "\n".join(done.stderr.splitlines()[-20:]))
    try:
        return json.loads(done.stdout[start:], parse_constant=refuse)
    except ValueError as error:
        raise ProbeError(f"what it printed is not JSON: {error}\n{done.stdout[start:][:500]}") from error


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number that JSON knows")


def run_all(wanted: list[str]) -> dict[str, Any]:
    """Run the probes, a few at once; return the facts of those topics that ran through."""
    jobs = [(topic, backend) for topic in wanted for backend in backends(PROBES[topic]) or (None,)]
    ran: dict[str, Any] = {topic: {} for topic in wanted}
    width = max(len(f"{topic} {backend or ''}") for topic, backend in jobs)

    def timed(topic: str, backend: str | None) -> tuple[float, Any]:
        start = time.monotonic()
        facts = run(topic, backend)
        return time.monotonic() - start, facts

    with ThreadPoolExecutor(AT_ONCE) as pool:
        running = {pool.submit(timed, *job): job for job in jobs}
        for number, future in enumerate(as_completed(running), 1):
            topic, backend = running[future]
            label = f"[{number:2}/{len(jobs)}] {topic} {backend or '':{width - len(topic) - 1}}"
            try:
                seconds, facts = future.result()
            except ProbeError as failure:
                ran.pop(topic, None)
                print(f"{label} failed: {failure}", flush=True)
                continue
            print(f"{label} {seconds:6.1f} s", flush=True)
            if topic in ran:
                ran[topic] = ran[topic] | {backend: facts} if backend else facts
    for topic, facts in ran.items():
        if order := backends(PROBES[topic]):
            ran[topic] = {backend: facts[backend] for backend in order}
    return ran


def stamped(topic: str, facts: Any) -> dict[str, Any]:
    stamp: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "versions": versions(topic),
    }
    if sources := digests(topic):
        stamp["sources"] = sources
    return {"topic": topic, "recorded": stamp, "facts": facts}


def differences(before: dict[str, Any], now: dict[str, Any]) -> Iterator[tuple[str, Difference]]:
    """Yield each difference with the path into the facts that it touches; a version touches all of them."""
    for difference in compare(before["recorded"]["versions"], now["recorded"]["versions"], "recorded.versions"):
        yield "", difference
    for difference in compare(before["facts"], now["facts"]):
        yield difference.path, difference


def as_text(value: Any, depth: int = 0) -> str:
    """JSON with one line for whatever fits on it."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(line) + depth <= 100 or not isinstance(value, (dict, list)) or not value:
        return line
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {as_text(inner, depth + 1)}" for key, inner in value.items()]
    else:
        parts = [as_text(inner, depth + 1) for inner in value]
    space = "\n" + " " * (depth + 1)
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}{space}{f',{space}'.join(parts)}\n{' ' * depth}{closing}"


def write(topic: str, facts: Any) -> None:
    """Leave the file alone, date included, where nothing changed."""
    now = stamped(topic, facts)
    before = recording(topic) if topic in topics() else None
    if before and not any(differences(before, now)) and before["recorded"].get("sources") == digests(topic):
        print(f"{topic}.json stays")
    else:
        (FOLDER / f"{topic}.json").write_text(as_text(now) + "\n", encoding="utf-8")
        print(f"{topic}.json written")


def check(topic: str, facts: Any, all_claims: list[Claim]) -> int:
    """Print what differs from the record; return how much that is."""
    if topic not in topics():
        print(f"{topic}: nothing is recorded yet")
        return 1
    found = list(differences(recording(topic), stamped(topic, facts)))
    for touched, (path, before, now) in found:
        print(f"{topic}  {path}\n  recorded   {brief(before)}\n  now        {brief(now)}")
        print(f"  falsifies  {', '.join(falsified(topic, touched, all_claims)) or 'no claim on a page'}")
    return len(found)


def brief(value: Any) -> str:
    text = "nothing" if value is Nothing else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else text[:300] + " ..."


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with what is recorded, and write nothing")
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"one of {', '.join(PROBES)}; all without any")
    arguments = parser.parse_args()
    if unknown := set(arguments.topics) - set(PROBES):
        parser.error(f"there is no probe for {', '.join(sorted(unknown))}")
    wanted = arguments.topics or list(PROBES)
    all_claims = claims(FOLDER.parent)
    ran = run_all(wanted)
    bad = len(wanted) - len(ran)
    for topic, facts in ran.items():
        if arguments.check:
            bad += check(topic, facts, all_claims)
        else:
            write(topic, facts)
    if arguments.check:
        print(f"{bad} differences or failures" if bad else f"{len(ran)} topics: all as recorded")
    return int(bad > 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ProbeError as failure:
        sys.exit(str(failure))
