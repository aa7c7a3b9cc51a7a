"""The mutator makes each kind of change, and what is said to be equivalent exists."""

import ast

import pytest
import yaml

from tests.mutants.mutate import mutants
from tests.project import ROOT

LIBRARY = ROOT / "lstm_ref"
EQUIVALENT = yaml.safe_load((ROOT / "tests/mutants/equivalent.yml").read_text(encoding="utf-8")) or {}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("a < b", {"a <= b"}),
        ("a in b", {"a not in b"}),
        ("a < b < 2", {"a <= b < 2", "a < b <= 2", "a < b < 3"}),
        ("a + b", {"a - b"}),
        ("a and b", {"a or b"}),
        ("not a", {"a"}),
        ("-a", {"a"}),
        ("True", {"False"}),
        ("0.5", {"1.5"}),
        ("'kernel'", {"''"}),
        ("''", set()),
        ("a if b else c", {"c if b else a"}),
        ("f(a, k=b)", {"f(a)"}),
        ("a.copy()", {"a"}),
        ("f'x is {a}; expected more'", {"f\"x is {''}; expected more\""}),
    ],
)
def test_an_expression_made_wrong(line, wrong):
    found = mutants("file.py", f"value = {line}")
    assert {ast.unparse(ast.parse(mutant.source()).body[0].value) for mutant in found} == wrong


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("if a:\n    b", {"if not a:\n    b", "if a:\n    pass"}),
        ("raise a", {"pass"}),
        ("a = f(a)", {"pass"}),
        ("a = f(b)", set()),
        ("a.b = c", {"pass"}),
        ("a += b", {"a -= b", "pass"}),
        ("import a", set()),
        ("a: int", set()),
        ('def f(a: "int") -> "int":\n    """Words."""\n    return a', {'def f(a: \'int\') -> \'int\':\n    """Words."""\n    return None'}),
    ],
)  # fmt: skip
def test_a_statement_made_wrong(lines, wrong):
    assert {mutant.source() for mutant in mutants("file.py", lines)} == wrong


def test_each_mutant_of_the_library_has_a_name_of_its_own_and_what_is_equivalent_is_one_of_them():
    found = [
        mutant
        for file in LIBRARY.rglob("*.py")
        for mutant in mutants(file.relative_to(LIBRARY).as_posix(), file.read_text(encoding="utf-8"))
    ]
    names = {mutant.name for mutant in found}
    assert len(names) == len(found)
    assert not EQUIVALENT.keys() - names
    assert all(len(reason.split()) >= 3 for reason in EQUIVALENT.values())
