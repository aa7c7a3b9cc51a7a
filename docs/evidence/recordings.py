"""Read what is recorded in TOPIC.json beside this file."""

import json
from collections.abc import Iterator
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
    "keras-3-against-keras-2": ["keras", "tf_keras"],
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


def short(number: float) -> str:
    return f"{number:.3g}" if number == 0 or 1e-3 <= abs(number) < 1e3 else f"{number:.1e}"


def stamp(topic: str, path: str = "-") -> tuple[str, str]:
    """Return what ran, as far as the path tells, and the month: ("Keras 3.15.1, JAX 0.10.2", "2026-11")."""
    recorded = recording(topic)
    versions = recorded["recorded"]["versions"]
    on_keras = recorded["facts"].keys() <= BACKENDS
    keys = [key for key in path.replace("_", "-").split(".") if key in RAN]
    ran = RAN[keys[-1]] if keys else ["keras"] if on_keras else list(NAMES)
    shown = [name for name in ran if name in versions] or [name for name in NAMES if name in versions]
    return ", ".join(f"{NAMES[name]} {versions[name]}" for name in shown), recorded["recorded"]["date"][:7]
