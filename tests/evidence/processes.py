"""Run topics in worker processes, one for each backend: importing the frameworks is most of the time."""

import ast
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from docs.sitebuild.systems import BACKENDS

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "CUDA_VISIBLE_DEVICES": "-1",
    "JAX_PLATFORMS": "cpu",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",  # JAX compiles each layer of a size once, not for each layer
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "OMP_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
}


class Job(NamedTuple):
    topic: str
    backend: str  # "": it has none, and runs once
    environment: tuple[tuple[str, str], ...]  # jobs with the same share a process


def topics(folder: Path) -> list[str]:
    probes = {file.stem for file in folder.glob("probes/*.py")} - {"common"}
    return sorted(probes) + sorted({file.parent.name for file in folder.glob("snippets/*/*.py")})


def jobs(folder: Path, topic: str) -> list[Job]:
    """Return the runs of a topic: snippets run on each backend, a probe where its BACKENDS and ENVIRONMENT say."""
    probe, said = folder / f"probes/{topic}.py", {"BACKENDS": repr(BACKENDS)}
    if probe.exists():
        body = ast.parse(probe.read_text(encoding="utf-8")).body
        said = {ast.unparse(node.targets[0]): ast.unparse(node.value) for node in body if isinstance(node, ast.Assign)}
    if "BACKENDS" not in said:
        raise LookupError(f"{probe.name} does not say which BACKENDS it runs on")
    others = ast.literal_eval(said.get("ENVIRONMENT", "{}")).items()
    backends = ast.literal_eval(said["BACKENDS"]) or ("",)
    return [Job(topic, backend, (("KERAS_BACKEND", backend or BACKENDS[0]), *others)) for backend in backends]


def run(folder: Path, wanted: Iterable[Job], settings: dict[str, str], done: Callable[[Job, Any, float], None]) -> None:
    """Hand each job to `done` with {"facts": ...} or {"failed": ...} and its seconds, as many at once as there are cores."""
    heeded = tuple({name.partition("_")[0] for name in SETTINGS} | {"KERAS", "PYTHON"})  # by a framework or Python
    own = {name: value for name, value in os.environ.items() if not name.startswith(heeded)}
    own |= SETTINGS | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT, folder / "probes")))} | settings
    shares: dict[Any, list[Job]] = {}
    for job in wanted:
        shares.setdefault(job.environment, []).append(job)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        longest_first = sorted(shares.values(), key=len, reverse=True)
        for share in [pool.submit(run_share, folder, share, own, done) for share in longest_first]:
            share.result()


def run_share(
    folder: Path, share: list[Job], environment: dict[str, str], done: Callable[[Job, Any, float], None]
) -> None:
    """Run jobs in one process. A job that brings it down has failed, and the next starts another."""
    while share:
        start, command = time.monotonic(), [sys.executable, "-m", f"{__package__}.worker", str(folder)]
        with tempfile.TemporaryDirectory() as home, Path(home, "errors").open("w+", errors="replace") as errors:
            env = environment | dict(share[0].environment)
            env |= {"KERAS_HOME": home, "JAX_COMPILATION_CACHE_DIR": home}  # a reader's keras.json would count
            command += [job.topic for job in share]
            with subprocess.Popen(
                command, cwd=folder.parents[1], env=env, stdout=subprocess.PIPE, stderr=errors
            ) as child:
                for line in child.stdout or ():
                    done(share.pop(0), json.loads(line), time.monotonic() - start)
                    start = time.monotonic()
            errors.seek(0)
            told = f"exit {child.returncode}\n{''.join(errors.readlines()[-20:])}"
        if share:
            done(share.pop(0), {"failed": told}, time.monotonic() - start)
