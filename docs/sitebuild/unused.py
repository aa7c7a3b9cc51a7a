"""The theme's style sheets without what no page of the site uses."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

NESTED = ("media", "supports")
WORD, VARIABLE = re.compile(r"[a-zA-Z_-][\w-]*"), re.compile(r"var\((--[\w-]+)")


def lighter(site: Path) -> dict[str, str]:
    """Return the theme's style sheets by their addresses, without the rules and variables that a built site does not use."""

    def texts(pattern: str) -> dict[str, str]:
        return {str(file.relative_to(site)): file.read_text(encoding="utf-8") for file in site.rglob(pattern)}

    pages, scripts, styles = (texts(pattern) for pattern in ("*.html", "*.js", "*.css"))
    words = set().union(*map(WORD.findall, (*pages.values(), *scripts.values())))
    if not any('dir="rtl"' in page for page in pages.values()):
        words.discard("rtl")  # which scripts know
    theme = {name: without_unused(css, words) for name, css in styles.items() if name.startswith("assets/stylesheets/")}
    variables = words.union(*map(VARIABLE.findall, {**styles, **theme}.values()))
    return {name: without_unused(css, words, variables) for name, css in theme.items()}


def without_unused(css: str | list[Node], words: set[str], variables: set[str] | None = None) -> str:
    """Return a style sheet without the selectors that ask for a class, or for a value of an attribute, that is none of the words.

    If variables are named, all others go, too.

    >>> without_unused(".a, .b > .c { color: red } @media print { .c { top: 0 } }", {"a", "b"})
    '.a{color: red }'
    >>> without_unused(".a { --a: 1px; --b: url(x;y); top: 0; }", {"a"}, {"--a"})
    '.a{--a: 1px;top: 0}'
    """
    beginnings = tuple(word for word in words if word.endswith("--"))  # a script puts the rest behind it
    kept = []
    for rule in tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True):
        if isinstance(rule, QualifiedRule):
            used = (it for it in selectors(rule) if all(w in words or w.startswith(beginnings) for w in asked_for(it)))
            heads = ",".join(tinycss2.serialize(it).strip() for it in used)
            found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            body = [it.serialize() for it in found if variables is None or it.name[:2] != "--" or it.name in variables]
            kept += [f"{heads}{{{';'.join(body)}}}"] if heads and body else []
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in NESTED:
            inner = without_unused(rule.content, words, variables)
            kept += [f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"] if inner else []
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def selectors(rule: QualifiedRule) -> Iterator[list[Node]]:
    """Split at the commas that stand in no brackets."""
    for is_comma, group in groupby(rule.prelude, lambda node: node == ","):
        if not is_comma:
            yield list(group)


def asked_for(selector: list[Node]) -> Iterator[str]:
    """Yield the classes and the values of attributes that an element must have: none of those in `:is()` and `:not()`."""
    for before, node in pairwise(selector):
        if before == "." and node.type == "ident":
            yield node.value
    for node in selector:
        if node.type == "[] block" and "=" in node.content:
            yield node.content[-1].value
