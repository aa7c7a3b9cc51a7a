"""One way through the house: lstm_ref -> diagrams -> docs/sitebuild, never back; and how large the last may be."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config

from tests.project import ROOT

FRAMEWORKS = {"keras", "tf_keras", "tensorflow", "torch", "jax", "flax", "optax", "onnx", "onnxruntime"}
FRAMEWORKS |= {"equinox", "haiku", "mlx", "openvino", "paddle", "tinygrad"}
PAGES = {"markdown", "pygments", "latex2mathml"}
NOTEBOOKS = {"nbformat", "nbconvert"}
MAY_IMPORT = {
    "lstm_ref": {"numpy", "lstm_ref"},
    "diagrams": {"numpy", "matplotlib", "lstm_ref", "diagrams"},
    "docs/sitebuild": {
        "docs.sitebuild",
        "diagrams",
        "lstm_ref",
        "PIL",
        "yaml",
        "jinja2",
        "griffe",
        "tinycss2",
        *PAGES,
        *NOTEBOOKS,
    },
    "docs/evidence": {"numpy", "lstm_ref", *FRAMEWORKS},  # probes, and snippets as a reader runs them
    "docs/vectors": {"numpy", "lstm_ref"},
    "docs/*.py": {"numpy", "lstm_ref", *FRAMEWORKS},  # notebooks
}
KNOWS_MKDOCS = "docs/sitebuild/hooks.py"


def files(place: str) -> list[Path]:
    found = sorted(ROOT.glob(place if "*" in place else f"{place}/**/*.py"))
    assert found, f"there is nothing in {place}"
    return found


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            yield node.module


def is_one_of(module: str, packages: set[str]) -> bool:
    return any(f"{module}.".startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_before_it(layer: str) -> None:
    for file in files(layer):
        name = file.relative_to(ROOT).as_posix()
        allowed = MAY_IMPORT[layer] | sys.stdlib_module_names
        allowed |= {"mkdocs", "mkdocs_jupyter"} if name == KNOWS_MKDOCS else set()
        allowed |= {beside.stem for beside in file.parent.glob("*.py")} if layer == "docs/evidence" else set()
        wrong = [module for module in imports(file) if not is_one_of(module, allowed)]
        assert not wrong, f"{name} imports {wrong}"


def test_a_figure_does_not_import_another_figure() -> None:
    for file in files("diagrams/figures"):
        others = [module for module in imports(file) if module.startswith("diagrams.figures")]
        assert not others, f"{file.name} imports {others}"


def test_of_docs_a_figure_reads_the_records_of_experiments_and_nothing_else() -> None:
    for file in files("diagrams"):
        nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        named = {node.value for node in nodes if isinstance(node, ast.Constant) and str(node.value).startswith("docs")}
        assert named == ({"docs/evidence/experiments"} if file.name == "recorded.py" else set()), file


def test_only_build_writes_files() -> None:
    for file in files("diagrams"):
        source = file.read_text(encoding="utf-8")
        writes = any(word in source for word in ("write_text", "write_bytes", "open(", "unlink"))
        assert writes == (file.name == "build.py"), file.name


def test_a_folder_of_tests_looks_at_its_layer_and_those_before_it() -> None:
    """Between themselves tests share oracles and what is made once; the tests of the library need nothing else."""
    later = {"tests/lstm_ref": {"diagrams", "docs"}, "tests/diagrams": {"docs"}}
    for folder, not_there in later.items():
        for file in files(folder):
            wrong = [module for module in imports(file) if is_one_of(module, not_there)]
            assert not wrong, f"{file.relative_to(ROOT)} imports {wrong}"


def test_the_machinery_of_the_site_is_small_typed_and_not_published() -> None:
    lines = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in files("docs/sitebuild")}
    assert sum(lines.values()) <= 1805
    assert not {file.name: count for file, count in lines.items() if count > 150}
    assert lines[ROOT / KNOWS_MKDOCS] <= 100
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"] and {"lstm_ref", "diagrams", "docs/sitebuild"} <= {*mypy["files"]}
    published = load_config(str(ROOT / "mkdocs.yml")).exclude_docs
    for file in lines:
        assert published.match_file(file.relative_to(ROOT / "docs").as_posix()), f"{file} is published"
