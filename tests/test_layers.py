"""One way through the house: lstm_ref -> diagrams -> docs, never back."""

import ast
import sys

import pytest

from tests.project import ROOT

MAY_IMPORT = {
    "lstm_ref": {"numpy", "lstm_ref"},
    "diagrams": {"numpy", "matplotlib", "lstm_ref", "diagrams"},
}


def imports(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            yield node.module


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_layer_imports_only_what_lies_before_it(package):
    files = list((ROOT / package).rglob("*.py"))
    assert files
    for file in files:
        roots = {module.partition(".")[0] for module in imports(file)} - sys.stdlib_module_names
        assert roots <= MAY_IMPORT[package], f"{file.relative_to(ROOT)} imports {roots - MAY_IMPORT[package]}"


def test_a_figure_does_not_import_another_figure():
    for file in (ROOT / "diagrams" / "figures").glob("*.py"):
        others = [module for module in imports(file) if module.startswith("diagrams.figures")]
        assert not others, f"{file.name} imports {others}"


def test_only_build_writes_files():
    for file in (ROOT / "diagrams").rglob("*.py"):
        source = file.read_text(encoding="utf-8")
        writes = any(word in source for word in ("write_text", "write_bytes", "open(", "unlink"))
        assert writes == (file.name == "build.py"), file.name
