"""An entry that BibTeX and biber read, in what every TeX can print."""

import re

TEX = str.maketrans(
    {char: "\\" + char for char in "{}$&#_%"}
    | {char: f"${char}$" for char in "<>|"}
    | {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {"−": "$-$", "×": r"$\times$", "·": r"$\cdot$", "√": r"$\surd$", "≤": r"$\le$", "→": r"$\to$", "σ": r"$\sigma$"}
    | {"“": "``", "”": "''", "–": "--", "…": r"\ldots{}"}
)


def tex(words: str) -> str:
    """Return words as TeX prints them.

    >>> tex('100 % of "h" in 10^−6')
    "100 \\\\% of ``h'' in 10$^{-6}$"
    """
    words = re.sub('"([^"]*)"', "“\\1”", words)
    return re.sub(
        r"\\textasciicircum\{\}(\$-\$)?(\d+)",
        lambda power: f"$^{{{'-' * bool(power[1])}{power[2]}}}$",
        words.translate(TEX),
    )


def entry(key: str, url: str, fields: dict[str, str]) -> str:
    """Return the entry; its address is in `url`, and where styles that do not know `url` print it."""
    made = {name: tex(value) for name, value in fields.items() if value}
    made["title"] = f"{{{made['title']}}}"
    made["author"] = f"{{{made['author']}}}"
    made |= {"year": fields["date"][:4]} if fields["date"] else {}
    made["abstract"] = re.sub(":$", ".", made["abstract"])
    made |= {"howpublished": f"\\url{{{url}}}", "url": url}
    return "\n".join([f"@misc{{{key},", *(f"  {name} = {{{value}}}," for name, value in made.items()), "}", ""])
