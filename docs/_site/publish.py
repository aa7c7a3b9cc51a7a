"""Files of the site beside its pages: what crawlers, programs and old links read."""

import html
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urljoin

from cite import LICENCE, Source
from docs.sitebuild.records import Records
from docs.sitebuild.tables import table
from marks import FOLDER
from meta import About
from plain import cleaned, markdown, parsed

READ = {  # what a page's source names, and where that stands
    r"\{\{ (?:checked|value|versions) ([\w-]+)": "docs/evidence/{}.json",
    r"\{\{ snippet ([\w-]+)/": "docs/evidence/{}.json",
    r"\{\{ snippet ([\w/-]+) \}\}": "docs/evidence/snippets/{}.py",
    r"\{\{ listing (\S+) \}\}": "docs/{}",
    r"\bevidence/([\w-]+)\.json\b": "docs/evidence/{}.json",
    r"\bfigures/([\w-]+)\.svg\b": "diagrams/figures/{}.py",
    r"^::: ([\w]+)": "{}",
    r"<!-- contents of (\S+) -->": "docs/questions/{}",
}


def read_by(source: str) -> set[str]:
    """Return what the source of a page reads, below the root.

    >>> sorted(read_by("![a](../figures/n-units.svg) {{ checked state jax.fit #claim }} {{ snippet cases/one }}"))
    ['diagrams/figures/n_units.py', 'docs/evidence/cases.json', 'docs/evidence/snippets/cases/one.py', 'docs/evidence/state.json']
    >>> sorted(read_by("{{ value counts a:.2f }} {{ versions layouts }} {{ listing vectors/check.py }} {{ table agreement_keras }}"))
    ['docs/evidence/agreement_keras.json', 'docs/evidence/agreement_keras2.json', 'docs/evidence/counts.json', 'docs/evidence/layouts.json', 'docs/vectors/check.py']
    """
    read = {
        place.format(name.replace("-", "_") if "diagrams" in place else name)
        for pattern, place in READ.items()
        for name in re.findall(pattern, source, re.MULTILINE)
    }
    records = Records(FOLDER)
    for name in re.findall(r"\{\{ table (\w+)", source):
        table(name, records)
    read |= {f"docs/evidence/{topic}.json" for topic in records.read}
    return read


def last_change_of_page(root: Path, uri: str) -> str:
    """Return the day of the last commit that changed a page or what it reads."""
    page = f"docs/{uri}"
    return last_change(root, page, *sorted(read_by((root / page).read_text(encoding="utf-8"))))


def last_change(root: Path, *paths: str) -> str:
    """Return the day of the last commit that changed one of these, or "" where there is no history."""
    try:
        command = ["git", "log", "-1", "--format=%cs", "--", *paths]
        return subprocess.run(command, cwd=root, capture_output=True, text=True).stdout.strip()
    except FileNotFoundError:
        return ""


def twin(content: str, source: Source, figures: dict[str, dict], about: About) -> str:
    """Return a page as Markdown that stands by itself."""
    date = f", {source.changed}" if source.changed else ""
    by = f"Source: <{source.url}>, {source.site}{date}. Text and figures: [CC BY 4.0]({LICENCE}), code: [MIT]({source.home}LICENSE)."
    if about.checked_with:
        by += f" Checked with {', '.join(about.checked_with)}."
    if about.installs:
        by += f" Snippets with `lstm_ref`: `pip install {source.wheel}`."
    soup = parsed(content)
    for mark in soup.select(".evidence + .evidence, .evidence + .script"):
        mark.insert_before("· ")
    return f"{markdown(cleaned(str(soup), source.url, figures))}\n{by}\n"


def colab(repository: str | None, notebook: str) -> str:
    """Return where Colab opens a notebook, from the repository's branch `notebooks`, or "": it opens none from elsewhere.

    >>> colab("https://github.com/owner/name/", "one-step")
    'https://colab.research.google.com/github/owner/name/blob/notebooks/one-step.ipynb'
    >>> colab("https://example.org/owner/name", "one-step"), colab(None, "one-step")
    ('', '')
    """
    found = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+?)(\.git)?/?", repository or "")
    return f"https://colab.research.google.com/github/{found[1]}/blob/notebooks/{notebook}.ipynb" if found else ""


def lean(css: str) -> str:
    """Return a style sheet without its comments and its layout.

    >>> lean("/* why */\\n.a :is(b, c) {\\n  margin: 0 1px;\\n}\\n")
    '.a :is(b,c){margin:0 1px;}'
    """
    words = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip()
    return re.sub(r" ?([{};,]) ?", r"\1", words).replace(": ", ":")


def lean_script(script: str) -> str:
    """Return a script without the comments that have a line to themselves."""
    return re.sub(r"^ *//.*\n", "", script, flags=re.MULTILINE)


def lean_page(page: str) -> str:
    r"""Return a page without its indentation, except where that shows.

    >>> lean_page("<p>\n  a\n   b</p><pre>\n  c</pre>")
    '<p>\na\nb</p><pre>\n  c</pre>'
    """
    kept_or_space = r"(<(pre|script|textarea)\b.*?</\2>)|\s*\n\s*"
    return re.sub(kept_or_space, lambda found: found[1] or "\n", page, flags=re.DOTALL)


def without_spans(html: str) -> str:
    """Return listings without the spans around names, operators and brackets: an eighth of the page of errors.

    >>> without_spans('<span class="k">for</span> <span class="n">x</span>')
    '<span class="k">for</span> x'
    """
    return re.sub(r'<span class="[nopw]">([^<]*)</span>', r"\1", html)


def sizes(folder: Path, name: str) -> dict[str, list[int]]:
    """Return what the files of a figure measure: bytes, and for the PNG its pixels."""
    png = (folder / f"{name}.png").read_bytes()
    pixels = [int.from_bytes(png[at : at + 4], "big") for at in (16, 20)]
    return {"svg": [(folder / f"{name}.svg").stat().st_size], "png": [len(png), *pixels]}


def downloads(figure: dict, address: str) -> str:
    """Return links to the two files of a figure that say how large they are."""
    size, width, height = figure["png"]
    svg = f'<a href="{address}.svg" download>SVG, {round(figure["svg"][0] / 1000)} kB</a>'
    return f'{svg}<a href="{address}.png" download>PNG, {width} × {height}, {round(size / 1000)} kB</a>'


def figures_manifest(figures: dict[str, dict], pages: Iterable[About], home: str) -> str:
    """Return all figures with their words, sizes, addresses and licence, and the pages that show them."""
    entries = []
    for name, figure in figures.items():
        size, width, height = figure["png"]
        entry = {key: figure[key] for key in ("name", "title", "alt", "caption", "width", "height")}
        entry["svg"] = {"url": f"{home}figures/{name}.svg", "bytes": figure["svg"][0]}
        entry["png"] = {"url": f"{home}figures/{name}.png", "bytes": size, "width": width, "height": height}
        entry |= {"licence": "CC BY 4.0", "licence_url": LICENCE}
        entry["pages"] = [f"{page.source.url}#fig-{name}" for page in pages if name in page.figures]
        entries.append(entry)
    return json.dumps(entries, indent=1, ensure_ascii=False) + "\n"


def citation_file(text: str, home: str, repository: str | None, day: str) -> str:
    """Return CITATION.cff with what only the build knows: the addresses, and the day of the last change."""
    known = {"url": home, "repository-code": repository, "date-released": day}
    return text + "".join(f"{key}: {value}\n" for key, value in known.items() if value)


def robots(home: str) -> str:
    return f"User-agent: *\nAllow: /\n\nSitemap: {home}sitemap.xml\n"


def llms(pages: Iterable[About], site: str, description: str, home: str, wheel: str) -> str:
    """Return the list of the pages' twins, as llmstxt.org describes it."""
    lines = [f"- [{page.source.title}]({home}{page.source.twin}): {page.description}" for page in pages]
    others = [
        f"- [Figures]({home}figures/manifest.json): names, captions, addresses and sizes of all figures",
        f"- [Test vectors]({home}vectors/lstm-vectors.json): weights, inputs, every gate and state, expected outputs",
        f"- [Scripts]({home}scripts/index.json): the longer snippets as programs, each with what it needs",
        f"- [The library]({wheel}): lstm_ref, which the snippets import; pip installs it by this address",
        f"- [Published addresses]({home}manifest.json): pages, sections, items, claims and figures, all permanent",
    ]
    return "\n".join([f"# {site}", "", f"> {description}", "", "## Pages", "", *lines, "", "## Data", "", *others, ""])


def redirects(moved: dict[str, str], site: Path, home: str) -> dict[str, str]:
    """Return a page, and its Markdown, for each address that moved.

    Raises:
        LookupError: an address still has a page, or leads to none.
    """
    made = {}
    for old, new in moved.items():
        page, _, anchor = new.partition("#")
        target = site / page / "index.html"
        if not re.fullmatch(r"([\w-]+/)+", old) or (site / old / "index.html").exists():
            raise LookupError(f"docs/redirects.json: {old!r} is no address of a page that moved")
        if not target.is_file() or (anchor and f'id="{anchor}"' not in target.read_text(encoding="utf-8")):
            raise LookupError(f"docs/redirects.json: {old!r} leads to {new!r}, which is not there")
        made[f"{old}index.html"] = redirect(urljoin(home, new), home)
        made[f"{old.strip('/')}.md"] = f"This page moved to <{urljoin(home, new)}>.\n"
    return made


def redirect(to: str, home: str) -> str:
    """Return a page that leads on: with JavaScript to the id that was asked for, without it to the page."""
    to = html.escape(to)
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Moved</title>\n'
        f'<link rel="canonical" href="{to}">\n<script src="{home}assets/moved.js"></script>\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>\n'
        f'<h1>This page moved</h1>\n<p>It is now at <a href="{to}">{to}</a>.</p>\n</html>\n'
    )
