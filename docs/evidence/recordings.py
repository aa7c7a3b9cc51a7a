"""Read what is recorded in TOPIC.json beside this file."""

import ast
import json
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
NAMES = {
    "keras": "Keras",
    "tensorflow": "TensorFlow",
    "jax": "JAX",
    "torch": "PyTorch",
    "tf_keras": "tf_keras",
    "flax": "Flax",
    "onnx": "ONNX",
    "onnxruntime": "ONNX Runtime",
}
BACKENDS = {"tensorflow", "jax", "torch"}
RAN = {  # by a key of the path
    "keras-3": ["keras"],
    "keras-2": ["tf_keras"],
    "keras-3-against-keras-2": ["keras", "tf_keras", "onnxruntime"],
    **{backend: ["keras", backend] for backend in BACKENDS},
    "pytorch": ["torch"],
    "flax": ["flax"],
    "flax-linen": ["flax"],
    "flax-nnx": ["flax"],
    "onnx": ["onnx"],
    "onnx-reference": ["onnx"],
    "onnx-runtime": ["onnxruntime"],
}


def topics() -> list[str]:
    return sorted(file.stem for file in FOLDER.glob("*.json"))


def recording(topic: str) -> dict[str, Any]:
    if topic not in topics():
        raise LookupError(f"there is no evidence {topic!r}. Known: {', '.join(topics()) or 'none'}.")
    return json.loads((FOLDER / f"{topic}.json").read_text(encoding="utf-8"))


def facts(topic: str, path: str = "-") -> Any:
    """Return what is recorded at a path: keys joined by dots, or - for all."""
    everything = recording(topic)["facts"]
    if path == "-":
        return everything
    found = list(at(everything, path))
    if not found:
        raise LookupError(f"{topic}.json has no {path!r}. Its facts begin with {', '.join(everything)}.")
    return found[0]


def at(value: Any, path: str) -> Iterator[Any]:
    """A key may contain dots, so every key that the path begins with is tried."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if path == str(key):
            yield inner
        elif path.startswith(f"{key}."):
            yield from at(inner, path.removeprefix(f"{key}."))


def imports(source: str) -> set[str]:
    """Return the packages that a program imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def digests(topic: str) -> dict[str, str] | None:
    """Return a digest of each snippet of a topic: a record holds for the source that was run."""
    files = sorted((FOLDER / "snippets" / topic).glob("*.py"))
    return {file.stem: sha256(file.read_bytes()).hexdigest()[:12] for file in files} or None


def snippet(topic: str, name: str) -> tuple[str, dict[str, list[str]]]:
    """Return a snippet's source, and by backend the lines that it printed."""
    file = FOLDER / "snippets" / topic / f"{name}.py"
    printed = {backend: ran[name] for backend, ran in facts(topic).items() if name in ran}
    if not (file.is_file() and printed):
        raise LookupError(f"there is no snippet {topic}/{name}, or nothing is recorded of it: make evidence")
    return file.read_text(encoding="utf-8"), printed


def snippet_stamp(topic: str, source: str, backends: Iterable[str]) -> str:
    """Return what a snippet ran with: "Keras 3.15.1 on JAX 0.10.2"."""
    versions = recording(topic)["recorded"]["versions"]
    imported = imports(source)

    def named(names: Iterable[str]) -> str:
        return ", ".join(f"{NAMES[name]} {versions[name]}" for name in names)

    if "keras" in imported:
        return f"{named(['keras'])} on {named(backends)}, {recording(topic)['recorded']['date'][:7]}"
    return f"{named(name for name in NAMES if name in imported)}, {recording(topic)['recorded']['date'][:7]}"


def short(number: float) -> str:
    return f"{number:.3g}" if number == 0 or 1e-3 <= abs(number) < 1e3 else f"{number:.1e}"


def stamp(topic: str, path: str = "-") -> tuple[str, str]:
    """Return what ran, as far as the path tells, and the month: ("Keras 3.15.1, JAX 0.10.2", "2026-11")."""
    recorded = recording(topic)
    versions = recorded["recorded"]["versions"]
    keys = [key for key in path.replace("_", "-").split(".") if key in RAN]
    on_keras = ["keras", *recorded["facts"]] if recorded["facts"].keys() <= BACKENDS else NAMES
    ran = RAN[keys[-1]] if keys else [name for name in NAMES if name in on_keras]
    shown = [name for name in ran if name in versions] or [name for name in NAMES if name in versions]
    return ", ".join(f"{NAMES[name]} {versions[name]}" for name in shown), recorded["recorded"]["date"][:7]
