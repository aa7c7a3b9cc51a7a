"""The theme's style sheets without what no page of the site uses."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

NESTED = ("media", "supports")
WORD, VARIABLE = re.compile(r"[a-zA-Z_-][\w-]*"), re.compile(r"var\((--[\w-]+)")


def lighter(site: Path) -> dict[str, str]:
    """Return the theme's style sheets by their addresses, without the rules and variables that a built site does not use."""

    def texts(*patterns: str) -> dict[str, str]:
        files = {str(file.relative_to(site)): file for pattern in patterns for file in site.rglob(pattern)}
        return {name: file.read_text(encoding="utf-8") for name, file in files.items()}

    pages = texts("*.html").values()
    words = set().union(*map(WORD.findall, (*pages, *texts("*.js").values())))
    if not any('dir="rtl"' in page for page in pages):
        words.discard("rtl")  # which scripts know
    styles = texts("*.css")
    theme = {name: without_rules(css, words) for name, css in styles.items() if name.startswith("assets/stylesheets/")}
    words |= {name for css in {**styles, **theme}.values() for name in VARIABLE.findall(css)}
    return {name: without_variables(css, words) for name, css in theme.items()}


def without_rules(css: str, words: set[str]) -> str:
    """Return a style sheet without the selectors that ask for a class, or for a value of an attribute, that is none of the words.

    >>> without_rules(".a, .b > .c { color: red } @media print { .c { top: 0 } }", {"a", "b"})
    '.a{ color: red }'
    """
    beginnings = tuple(word for word in words if word.endswith("--"))  # a script puts the rest behind it
    return "".join(_kept(_rules(css), lambda name: name in words or name.startswith(beginnings)))


def without_variables(css: str, words: set[str]) -> str:
    """Return a style sheet without the variables that are none of the words.

    >>> without_variables(":root { --a: 1px; --b: url(x;y); top: 0; }", {"--a"})
    ':root {--a: 1px;top: 0}'
    """

    def text(rule: Node) -> str:
        head = tinycss2.serialize(rule.prelude)
        if isinstance(rule, QualifiedRule):
            declared = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            kept = [it for it in declared if not it.name.startswith("--") or it.name in words]
            return f"{head}{{{';'.join(it.serialize() for it in kept)}}}"
        if rule.lower_at_keyword in NESTED:
            return f"@{rule.at_keyword}{head}{{{''.join(map(text, _rules(rule.content)))}}}"
        return str(rule.serialize())

    return "".join(map(text, _rules(css)))


def _rules(css: str | list[Node]) -> list[Node]:
    return list(tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True))


def _kept(rules: Iterable[Node], is_used: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, AtRule) and rule.lower_at_keyword in NESTED:
            if kept := "".join(_kept(_rules(rule.content), is_used)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"
        elif isinstance(rule, QualifiedRule):
            selectors = [it for it in _selectors(rule.prelude) if all(map(is_used, _asked_for(it)))]
            heads = ",".join(tinycss2.serialize(it).strip() for it in selectors)
            if heads:
                yield f"{heads}{{{tinycss2.serialize(rule.content)}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """Split at the commas that stand in no brackets."""
    for is_comma, group in groupby(prelude, lambda node: node == ","):
        if not is_comma:
            yield list(group)


def _asked_for(selector: list[Node]) -> Iterator[str]:
    """Yield the classes and the values of attributes that an element must have: none of those in `:is()` and `:not()`."""
    for before, node in pairwise(selector):
        if before == "." and node.type == "ident":
            yield node.value
    for node in selector:
        if node.type == "[] block" and "=" in node.content:
            yield node.content[-1].value
