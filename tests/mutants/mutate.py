"""Every small change of a source, one at a time, made in its syntax tree."""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

SWAPPED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult, ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


class Mutant(NamedTuple):
    """A change, named by where it is and what it does: the name outlives edits elsewhere in the file."""

    name: str
    tree: ast.Module
    place: tuple[ast.AST, str, int | None]
    before: ast.AST
    after: ast.AST

    def source(self) -> str:
        put(*self.place, self.after)
        source = ast.unparse(ast.fix_missing_locations(self.tree))
        put(*self.place, self.before)
        return source


def mutants(file: str, source: str) -> list[Mutant]:
    """Return all mutants of a module."""
    tree = ast.parse(source)
    found: list[Mutant] = []
    names: Counter[str] = Counter()
    for scope, holder, field, k in places(tree):
        value = getattr(holder, field) if k is None else getattr(holder, field)[k]
        for changed in changes(value):
            name = f"{file} {scope}: {line(value)} -> {line(changed)}"
            names[name] += 1
            found.append(Mutant(f"{name} #{names[name]}", tree, (holder, field, k), value, changed))
    return found


def put(holder: ast.AST, field: str, k: int | None, value: ast.AST) -> None:
    if k is None:
        setattr(holder, field, value)
    else:
        getattr(holder, field)[k] = value


def line(node: ast.AST) -> str:
    words = " ".join(ast.unparse(node).split())
    return words if len(words) <= 120 else f"{words[:117]}..."


def places(node: ast.AST, scope: str = "module") -> Iterator[tuple[str, ast.AST, str, int | None]]:
    """Every node but annotations, docstrings, imports and the words of messages, with what holds it."""
    for field, value in ast.iter_fields(node):
        if field in (
            "annotation",
            "returns",
            "decorator_list",
            "type_params",
            "bases",
            "ctx",
            "format_spec",
            "op",
            "ops",
        ):
            continue
        children = value if isinstance(value, list) else [value]
        for k, child in enumerate(children):
            if not isinstance(child, ast.AST) or is_docstring(field, child):
                continue
            if isinstance(child, (ast.Import, ast.ImportFrom, ast.expr_context)):
                continue
            if isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant):
                continue
            if (
                isinstance(child, ast.keyword) and child.arg == "strict"
            ):  # of zip: where it acts, something else is wrong
                continue
            yield scope, node, field, k if isinstance(value, list) else None
            named = isinstance(child, (ast.FunctionDef, ast.ClassDef))
            inner = (child.name if scope == "module" else f"{scope}.{child.name}") if named else scope
            yield from places(child, inner)


def is_docstring(field: str, child: ast.AST) -> bool:
    return field == "body" and isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """The node, each time with one thing wrong."""
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            changed = copy.deepcopy(node)
            changed.ops[k] = SWAPPED[type(op)]()
            yield changed
    elif isinstance(node, (ast.BinOp, ast.BoolOp, ast.AugAssign)):
        if type(node.op) in SWAPPED:
            changed = copy.deepcopy(node)
            changed.op = SWAPPED[type(node.op)]()
            yield changed
        if isinstance(node, ast.AugAssign):
            yield ast.Pass()
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.USub, ast.Invert)):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from constants(node.value)
    elif isinstance(node, ast.FormattedValue):
        yield ast.FormattedValue(ast.Constant(""), -1, None)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.If):
        yield ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif isinstance(node, ast.Return) and node.value is not None and not is_none(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, (ast.Expr, ast.Raise)) or (isinstance(node, ast.Assign) and again(node)):
        yield ast.Pass()
    elif isinstance(node, ast.Call):
        yield from calls(node)


def constants(value: object) -> Iterator[ast.AST]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, (int, float)):
        yield ast.Constant(value + 1)
    elif isinstance(value, str) and value:
        yield ast.Constant("")


def calls(node: ast.Call) -> Iterator[ast.AST]:
    """Without each of its keywords; and a method without arguments not called, as `array.copy()`."""
    for k, keyword in enumerate(node.keywords):
        if keyword.arg == "strict":
            continue
        changed = copy.deepcopy(node)
        del changed.keywords[k]
        yield changed
    if isinstance(node.func, ast.Attribute) and not node.args and not node.keywords:
        yield node.func.value


def is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def again(node: ast.Assign) -> bool:
    """Whether what is assigned has a value before: without the line the code still runs."""
    names = {
        target.id for target in ast.walk(node) if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store)
    }
    read = {name.id for name in ast.walk(node.value) if isinstance(name, ast.Name)}
    attributes = all(isinstance(target, ast.Attribute) for target in node.targets)
    return attributes or bool(names & read)
