"""Signatures and docstrings of lstm_ref as Markdown, read from its source."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import griffe

Object = griffe.Object | griffe.Alias


class Api:
    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def package(self) -> Object:
        return griffe.load("lstm_ref", search_paths=[self.root])

    def described(self, name: str) -> Iterator[str]:
        """Yield what is public under a name, "lstm_ref.LSTM" or that of a module."""
        it = self.package[name.removeprefix("lstm_ref.")]
        it = it.final_target if it.is_alias else it
        members = [member for member in it.members.values() if it.is_module or it.is_class]
        public = [each for each in members if not each.is_alias and each.is_public and each.docstring]
        for each, level in [*[(it, "###")] * (not it.is_module), *((one, "###" if it.is_module else "####") for one in public)]:
            called = each["__init__"] if each.is_class and "__init__" in each.members else each
            yield f"{level} {each.name}"
            yield from [f"```python\n{called.signature(name=each.name)}\n```"] if called.is_function else []
            yield f"```text\n{each.docstring.value.strip() if each.docstring else ''}\n```"
