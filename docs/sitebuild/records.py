"""Read what is recorded in TOPIC.json: facts, what they ran with, and snippets with what they printed."""

import ast
import json
import sys
from collections.abc import Set
from pathlib import Path
from typing import Any, NamedTuple

from docs.sitebuild.systems import INSTALLED_AS, PACKAGES


class Stamp(NamedTuple):
    names: tuple[str, ...]  # with versions
    month: str
    words: str  # "Keras 3.15.1, JAX 0.10.2", or of a snippet "Keras 3.15.1 on TensorFlow 2.21.0, JAX 0.10.2"


class Snippet(NamedTuple):
    topic: str
    name: str
    source: str
    printed: dict[str, list[str]]  # by backend
    stamp: Stamp
    needs: dict[str, str]  # what must be installed, in which version


class Records:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loaded: dict[str, Any] = {}  # so far, by topic

    def topics(self) -> list[str]:
        return sorted(it.relative_to(self.folder).with_suffix("").as_posix() for it in self.folder.rglob("*.json"))

    def record(self, topic: str) -> Any:
        if topic not in self.loaded:
            if topic not in self.topics():
                raise LookupError(f"there is no evidence {topic!r}. Known: {', '.join(self.topics()) or 'none'}.")
            self.loaded[topic] = json.loads((self.folder / f"{topic}.json").read_text(encoding="utf-8"))
            ran_with(self.loaded[topic]["facts"], topic)
        return self.loaded[topic]

    def path_to(self, topic: str, path: str = "-") -> list[Any]:
        """Return all facts, the group in them that leads to a path, and so on, down to what is recorded there."""
        facts = self.record(topic)["facts"]
        if way := [facts] if path == "-" else descend(facts, path):
            return way
        raise LookupError(f"{topic}.json has no {path!r}. Its facts begin with {', '.join(facts)}.")

    def facts(self, topic: str, path: str = "-") -> Any:
        """Return what is recorded at a path: keys joined by dots, or - for all."""
        return self.path_to(topic, path)[-1]

    def ran(self, topic: str, path: str = "-") -> set[str]:
        """Return the packages of the nearest group at or above a path, and of the groups below it."""
        *above, facts = self.path_to(topic, path)
        nearest = next((group["ran"] for group in reversed(above) if "ran" in group), ())
        return ran_with(facts, f"{topic} {path}", set(nearest))

    def stamp(self, topic: str, path: str = "-") -> Stamp:
        return self.stamped(topic, self.ran(topic, path))

    def stamped(self, topic: str, ran: set[str], *, backends_follow: bool = False) -> Stamp:
        recorded = self.record(topic)["recorded"]
        if unknown := ran - (recorded["versions"].keys() & PACKAGES.keys()):
            raise LookupError(f"{topic} ran with {', '.join(sorted(unknown))}, of which there is no version")
        names = [f"{name} {recorded['versions'][package]}" for package, name in PACKAGES.items() if package in ran]
        first, *others = names
        words = f"{first} on {', '.join(others)}" if backends_follow else ", ".join(names)
        return Stamp(tuple(names), recorded["date"][:7], words)

    def snippet(self, topic: str, name: str) -> Snippet:
        file = self.folder / "snippets" / topic / f"{name}.py"
        runs = {backend: snippets[name] for backend, snippets in self.facts(topic).items() if name in snippets}
        if not (file.is_file() and runs):
            raise LookupError(f"there is no snippet {topic}/{name}, or nothing is recorded of it: make evidence")
        source = file.read_text(encoding="utf-8")
        needed = imports(source) - sys.stdlib_module_names
        if "keras" in needed:
            needed.add(next(iter(runs)))  # TensorFlow, which is Keras's default, wherever it ran on that
        if "torch" in needed:
            needed.add("numpy")  # without it torch starts with a warning
        stamp = self.stamped(topic, ran_with(runs, f"{topic} {name}"), backends_follow="keras" in needed)
        printed = {backend: run["printed"] for backend, run in runs.items()}
        versions = self.record(topic)["recorded"]["versions"]
        needs = {INSTALLED_AS.get(each, each): versions.get(each, "") for each in sorted(needed)}
        return Snippet(topic, name, source, printed, stamp, needs)


def descend(value: Any, path: str) -> list[Any]:
    """Return the values from one down to that at a path. A key may contain dots, so every key that the path begins with is tried."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if path == str(key):
            return [value, inner]
        if path.startswith(f"{key}.") and (found := descend(inner, path.removeprefix(f"{key}."))):
            return [value, *found]
    return []


def ran_with(facts: Any, where: str, above: Set[str] = frozenset()) -> set[str]:
    """Return what facts ran with, given what the group that they stand in ran with; a group must say it."""
    groups = {key: value for key, value in facts.items() if isinstance(value, dict)} if isinstance(facts, dict) else {}
    own = set(facts["ran"]) if isinstance(facts, dict) and "ran" in facts else set(above)
    if not own and not groups and facts != {}:
        raise LookupError(f'{where} does not say what it ran with: "ran" is missing')
    return own.union(*(ran_with(group, f"{where}.{key}", own) for key, group in groups.items()))


def imports(source: str) -> set[str]:
    """Return the packages that a program imports."""
    nodes = [*ast.walk(ast.parse(source))]
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    return {name.partition(".")[0] for name in names}


def short(number: float) -> str:
    """Return a recorded number as the pages show it."""
    return f"{number:.3g}" if number == 0 or 1e-3 <= abs(number) < 1e3 else f"{number:.1e}"
