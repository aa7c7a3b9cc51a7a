"""Record what the probes and snippets print, one TOPIC.json each. With --check: run them again and compare."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.evidence.claims import Claim, claims
from tests.evidence.comparison import Difference, differences, falsified
from tests.evidence.files import as_text, record
from tests.evidence.processes import ROOT, Job, jobs, run, topics


def main(arguments: Sequence[str], folder: Path = ROOT / "docs/evidence") -> int:
    parser = argparse.ArgumentParser(prog=__package__, description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with what is recorded, and write nothing")
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="run with this in the environment"
    )
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"of {', '.join(topics(folder))}; all without any")
    chosen = parser.parse_args(arguments)
    wanted = chosen.topics or topics(folder)
    if unknown := set(wanted) - set(topics(folder)):
        parser.error(f"there is no probe for {', '.join(sorted(unknown))}")
    seeds = "2" if chosen.check else "1 2"  # what is recorded holds for both
    settings = {"SEEDS": seeds} | dict(setting.split("=", 1) for setting in chosen.set)
    facts = facts_of(folder, [job for topic in wanted for job in jobs(folder, topic)], settings)
    bad, all_claims = len(set(wanted)) - len(facts), claims(folder.parent)
    for topic in facts:
        file, now = folder / f"{topic}.json", record(folder, topic, facts[topic])
        before = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        found = compared(before, now)
        if chosen.check:
            tell(topic, found, all_claims)
            bad += len(found)
        elif found or before["recorded"].get("sources") != now["recorded"].get("sources"):
            file.write_text(as_text(now), encoding="utf-8")  # a file that still holds is left alone, with its date
            print(f"{file.name} written")
    if chosen.check:
        print(f"{bad} differences or failures" if bad else f"{len(facts)} topics: all as recorded")
    return int(bad > 0)


def facts_of(folder: Path, wanted: list[Job], settings: dict[str, str]) -> dict[str, Any]:
    """Return the facts of the topics that ran through, by topic."""
    given: dict[Job, Any] = {}

    def done(job: Job, outcome: Any, seconds: float) -> None:
        given[job] = outcome
        told = "failed" if "failed" in outcome else f"{seconds:.1f} s"
        print(f"[{len(given):2}/{len(wanted)}] {job.topic} {job.backend} {told}", flush=True)

    run(folder, wanted, settings, done)
    facts: dict[str, Any] = {}
    failed = [job for job in wanted if "failed" in given[job]]
    for job in failed:  # last, as a log may be cut to its end
        print(f"{job.topic} {job.backend} failed: {given[job]['failed']}", flush=True)
    missing = {job.topic for job in failed}
    for job in (job for job in wanted if job.topic not in missing):
        here = given[job]["facts"]
        facts[job.topic] = facts.get(job.topic, {}) | {job.backend: here} if job.backend else here
    return facts


def compared(before: Any, now: Any) -> list[Difference]:
    """Return what differs between two records: in versions, which touches all facts, and in facts."""
    if not before:
        return [Difference("", "nothing yet", now["facts"])]
    versions = differences(before["recorded"]["versions"], now["recorded"]["versions"])
    named = [each._replace(path=f"recorded.versions.{each.path}") for each in versions]
    return [*named, *differences(before["facts"], now["facts"])]


def tell(topic: str, found: list[Difference], all_claims: list[Claim]) -> None:
    """Print differences and the claims that they falsify."""
    for path, recorded, now in found:
        shown = [json.dumps(value, ensure_ascii=False)[:300] for value in (recorded, now)]
        touched = falsified(topic, "" if path.startswith("recorded.versions.") else path, all_claims)
        print(f"{topic}  {path}\n  recorded   {shown[0]}\n  now        {shown[1]}")
        print(f"  falsifies  {', '.join(touched) or 'no claim on a page'}")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except LookupError as error:
        sys.exit(str(error.args[0]))
