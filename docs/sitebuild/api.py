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
        if not it.is_module:
            yield f"### {it.name}"
            yield from documented(it)
        for member in it.members.values() if it.is_module or it.is_class else ():
            if not member.is_alias and member.is_public and member.docstring:
                yield f"{'###' if it.is_module else '####'} {member.name}"
                yield from documented(member)


def documented(it: Object) -> Iterator[str]:
    called = it["__init__"] if it.is_class and "__init__" in it.members else it
    if called.is_function:
        yield f"```python\n{called.signature(name=it.name)}\n```"
    if it.docstring:
        yield f"```text\n{it.docstring.value.strip()}\n```"
