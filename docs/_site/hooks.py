"""The only file that knows MkDocs: puts figures, evidence, formulas and the executed notebook into the pages."""

import html
import json
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs_jupyter.config import settings

import items

IMAGE = re.compile(r'(<p>\s*)?(<img\b[^>]*\bsrc="([^"]+)\.svg"[^>]*>)(\s*</p>)?')
FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
CONTENTS = re.compile(r"<!-- contents of (\S+) -->")
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)

figures: dict[str, dict] = {}


def on_config(config: MkDocsConfig) -> None:
    settings.templates_dir = str(Path(__file__).parent / "notebook")  # hands over the notebook as JSON
    if not config.repo_url:
        config.edit_uri = None


def on_files(files: Files, config: MkDocsConfig) -> Files:
    root = Path(config.config_file_path).parent
    out = root / ".cache/figures"
    # A new process: this one would go on using the modules that it imported for the first build.
    if subprocess.run([sys.executable, "-m", "diagrams", str(out)], cwd=root).returncode:
        raise PluginError("The figures could not be drawn: `python -m diagrams` failed, see above.")
    figures.clear()
    for figure in json.loads((out / "index.json").read_text()):
        figures[figure["name"]] = figure | {"html": (out / f"{figure['name']}.html").read_text()}
    for name in ["index.json", "figures.css", *(f"{name}.{kind}" for name in figures for kind in ("svg", "png"))]:
        files.append(File.generated(config, f"figures/{name}", abs_src_path=str(out / name)))
    for page in files.documentation_pages():
        if page.src_uri.endswith(".py"):
            files.append(File.generated(config, notebook_uri(page), content=""))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    docs, uri = Path(config.docs_dir), page.file.src_uri
    markdown = CONTENTS.sub(lambda mark: items.contents(docs, str(PurePosixPath(uri).parent / mark[1]), uri), markdown)
    if "/" not in uri and uri.endswith(".md"):
        markdown += items.settled(docs, uri)
    if "{{" not in markdown:
        return markdown
    command = [sys.executable, "-B", "-X", "utf8", str(docs / "evidence/marks.py"), uri]
    done = subprocess.run(command, input=markdown, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise PluginError(done.stderr.strip())
    return done.stdout


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        notebook = json.loads(content)
        page.markdown = as_markdown(notebook)
        files.get_file_from_path(notebook_uri(page.file)).content_string = for_download(notebook)
        Page.render(page, config, files)  # mkdocs-jupyter has replaced this page's own render
        content = page.content
    inline: set[str] = set()
    content = IMAGE.sub(lambda image: figure_html(image, page, inline), content)
    content = FORMULA.sub(formula_html, content)
    return TABLE.sub(lambda table: scroll_box(table[0], "Table: " + first_row(table[0])), content)


def figure_html(image: re.Match[str], page: Page, inline: set[str]) -> str:
    paragraph, tag, src, end = image.groups()
    folder, _, name = urljoin(page.url, src).rpartition("/")
    if folder != "figures":
        return image[0]
    if name not in figures:
        raise PluginError(f"{page.file.src_uri}: there is no figure {name!r}. Known: {', '.join(figures)}.")
    if not (paragraph and end):
        raise PluginError(f"{page.file.src_uri}: the figure {name!r} needs a paragraph of its own.")
    figure = figures[name]
    if 'class="file"' in tag:
        links = "".join(f'<a href="{src}.{kind}" download>{kind.upper()}</a>' for kind in ("svg", "png"))
        return (
            f'<div class="figure-file"><img src="{src}.svg" alt="{html.escape(figure["alt"])}" loading="lazy" '
            f'width="{figure["width"]}" height="{figure["height"]}"><p>{links}</p></div>'
        )
    if name in inline:
        raise PluginError(f"{page.file.src_uri}: the figure {name!r} stands on the page twice.")
    inline.add(name)
    return figure["html"]


def formula_html(formula: re.Match[str]) -> str:
    block = formula[1] == "div"
    mathml = convert(html.unescape(formula[2]).strip(), display="block" if block else "inline")
    return scroll_box(mathml, "Formula") if block else mathml


def first_row(table: str) -> str:
    return ", ".join(re.sub(r"<.*?>", "", cell) for cell in re.findall(r"<th\b.*?>(.*?)</th>", table))


def scroll_box(inner: str, label: str) -> str:
    """Wide things scroll in a box of their own, which the keyboard must reach."""
    label = html.escape(html.unescape(label))
    return f'<div class="scroll-box" role="group" tabindex="0" aria-label="{label}">{inner}</div>'


def notebook_uri(page: File) -> str:
    return page.src_uri.removesuffix(".py") + ".ipynb"


def for_download(notebook: dict) -> str:
    for number, cell in enumerate(notebook["cells"], 1):
        cell["id"] = f"cell-{number}"  # random, and execution times: two builds would differ
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "markdown":
            cell["source"] = re.sub(r" *\{ *#[^}]*\}$", "", cell["source"], flags=re.MULTILINE)  # heading ids
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def as_markdown(notebook: dict) -> str:
    parts = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            parts.append(fence("python", cell["source"]))
            parts += [fence("text", output_text(output)) for output in cell["outputs"]]
        else:
            parts.append(cell["source"])
    return "\n\n".join(parts)


def output_text(output: dict) -> str:
    return output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"]


def fence(language: str, text: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"
