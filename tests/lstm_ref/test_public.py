"""What is public is documented, typed and shown on the reference page."""

import doctest
import importlib
import inspect
import pkgutil
import re
import tomllib

import pytest

import lstm_ref
from tests.project import ROOT

MODULES = [m.name for m in pkgutil.iter_modules(lstm_ref.__path__, "lstm_ref.") if not m.name.startswith("lstm_ref._")]


def is_public(name, value, module):
    return callable(value) and not name.startswith("_") and getattr(value, "__module__", None) == module


PUBLIC = [
    (f"{module}.{name}", value)
    for module in MODULES
    for name, value in vars(importlib.import_module(module)).items()
    if is_public(name, value, module)
]
METHODS = [
    (f"{name}.{method}", function)
    for name, value in PUBLIC
    if inspect.isclass(value)
    for method, function in vars(value).items()
    if inspect.isfunction(function) and (not method.startswith("_") or method == "__call__")
]


def test_what_is_exported_was_found():
    found = dict(PUBLIC).values()
    assert all(getattr(lstm_ref, name) in found for name in lstm_ref.__all__)
    assert len(PUBLIC) > len(lstm_ref.__all__)
    assert "lstm_ref.layer.LSTM.__call__" in dict(METHODS)


@pytest.mark.parametrize("value", [pytest.param(value, id=name) for name, value in PUBLIC + METHODS])
def test_docstring_names_a_source_and_has_a_doctest(value):
    doc = inspect.cleandoc(value.__doc__ or "")
    assert re.search(r"^Source:\n +\S", doc, re.MULTILINE)
    assert doctest.DocTestParser().get_examples(doc)


def test_the_reference_page_shows_each_export_and_each_module_with_more():
    pages = "".join(
        (ROOT / f"docs/{name}.md").read_text(encoding="utf-8") for name in ("reference", "reference-modules")
    )
    shown = re.findall(r"^::: (\S+)$", pages, re.MULTILINE)
    exports = {f"lstm_ref.{name}" for name in lstm_ref.__all__}
    modules = {value.__module__ for _, value in PUBLIC if value.__name__ not in lstm_ref.__all__}
    assert sorted(shown) == sorted(exports | modules)


def test_the_type_hints_are_shipped():
    package = ROOT / "lstm_ref" / "py.typed"
    assert package.is_file()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert settings["packages"] == [package.parent.name]
    assert package.name in settings["package-data"][package.parent.name]
