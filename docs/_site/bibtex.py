"""An entry that BibTeX and biber read, in what every TeX can print."""

import re

TEX = str.maketrans(
    {char: "\\" + char for char in "{}$&#_%"}
    | {char: f"${char}$" for char in "<>|"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {"−": "$-$", "×": r"$\times$", "·": r"$\cdot$", "√": r"$\surd$", "≤": r"$\le$", "→": r"$\to$", "σ": r"$\sigma$"}
    | {"“": "``", "”": "''", "–": "--", "…": r"\ldots{}"}
)
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def tex(words: str) -> str:
    """Return words as TeX prints them.

    >>> tex('100 % of "h" in 10⁻⁶')
    "100 \\\\% of ``h'' in 10$^{-6}$"
    """
    words = re.sub('"([^"]*)"', "“\\1”", words).translate(TEX)
    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda power: f"$^{{{power[0].translate(LOWERED)}}}$", words)


def entry(key: str, url: str, fields: dict[str, str]) -> str:
    """Return the entry; its address is in `howpublished`, which the standard styles print."""
    made = {name: tex(value) for name, value in fields.items() if value}
    made |= {"title": f"{{{made['title']}}}", "author": f"{{{made['author']}}}"}
    made["abstract"] = re.sub(":$", ".", made["abstract"])
    made["howpublished"] = f"\\url{{{url}}}"
    return "\n".join([f"@misc{{{key},", *(f"  {name} = {{{value}}}," for name, value in made.items()), "}", ""])
