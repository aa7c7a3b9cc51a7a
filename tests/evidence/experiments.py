"""Train the networks of docs/evidence/experiments/ and record the outcome; what is recorded is not trained again.

`python -m tests.evidence.experiments` trains all that is missing, `... counting` of one experiment; with `--check` it
trains one seed of each again, and says whether the outcome lies within BAND of what is recorded.
"""

import argparse
import importlib
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from tests.evidence import files  # noqa: E402
from tests.evidence.processes import ROOT  # noqa: E402

FOLDER = ROOT / "docs/evidence/experiments"
SEEDS = 10
BAND = 0.05  # of the rate of right answers, or degrees: processors round differently, and training goes on from there

Condition = dict[str, Any]


def experiments() -> list[str]:
    """The programs that train under several conditions; what they share has none."""
    return sorted(file.stem for file in FOLDER.glob("*.py") if "\nCONDITIONS = " in file.read_text(encoding="utf-8"))


def key(condition: Condition) -> str:
    """A condition as it is recorded.

    >>> key({"delay": 10, "forget_bias": None})
    'delay-10-forget_bias-None'
    """
    return "-".join(f"{name}-{value}" for name, value in condition.items())


def load(name: str) -> Any:
    if str(FOLDER) not in sys.path:
        sys.path.insert(0, str(FOLDER))
    return importlib.import_module(name)


def train(name: str, condition: Condition, seeds: int) -> tuple[dict[str, Any], float]:
    began = time.monotonic()
    return load(name).run(range(seeds), **condition), time.monotonic() - began


def recorded(name: str) -> dict[str, Any]:
    file = FOLDER / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"recorded": {}, "facts": {}}


def write(name: str, facts: dict[str, Any]) -> None:
    order = ["ran", *map(key, load(name).CONDITIONS)]
    facts = {each: facts[each] for each in order if each in facts}
    whole = files.record(FOLDER.parent, f"experiments/{name}", facts)
    (FOLDER / f"{name}.json").write_text(files.as_text(whole), encoding="utf-8")


def record(names: list[str]) -> None:
    facts = {name: {"ran": ["numpy"]} | recorded(name)["facts"] for name in names}
    missing = [
        (name, condition) for name in names for condition in load(name).CONDITIONS if key(condition) not in facts[name]
    ]
    done, began = 0, time.monotonic()
    with ProcessPoolExecutor() as pool:
        waiting = {pool.submit(train, name, condition, SEEDS): (name, condition) for name, condition in missing}
        for future in as_completed(waiting):
            name, condition = waiting[future]
            facts[name][key(condition)], seconds = future.result()
            write(name, facts[name])
            done += 1
            print(f"[{done}/{len(missing)}] {name} {key(condition)} {seconds:.0f} s", flush=True)
    print(f"{done} trained in {time.monotonic() - began:.0f} s")


def of_seed_0(found: dict[str, Any]) -> float:
    """The rate of right answers, or the error of a forecast."""
    return float((found["right"]["seeds"] if "right" in found else found["error"])[0])


def check(names: list[str]) -> int:
    """Train seed 0 of each experiment again. Return how many outcomes lie outside the band."""
    outside = 0
    for name in names:
        for condition in load(name).CHECKED:
            now = of_seed_0(train(name, condition, 1)[0])
            before = of_seed_0(recorded(name)["facts"][key(condition)])
            good = abs(now - before) <= BAND
            outside += not good
            print(
                f"{name} {key(condition)}: {now}, recorded {before}{'' if good else ': outside the band'}", flush=True
            )
    return outside


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.experiments", description=__doc__)
    parser.add_argument("--check", action="store_true", help="train one seed of each again, and write nothing")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(experiments())}; all without any")
    chosen = parser.parse_args()
    names = chosen.names or experiments()
    if chosen.check:
        return int(check(names) > 0)
    record(names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
