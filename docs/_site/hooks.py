"""The only file that knows MkDocs: puts figures, evidence, formulas and the executed notebook into the pages."""

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin

from jinja2 import Environment
from latex2mathml.converter import convert
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs_jupyter.config import settings

sys.path.append(str(Path(__file__).parent.parent / "evidence"))

import cite
import items
import marks
import meta
import notebooks
import plain
import publish
import scripts
from docs.sitebuild import cards, wheel

IMAGE = re.compile(r'(<p>\s*)?(<img\b[^>]*\bsrc="([^"]+)\.svg"[^>]*>)(\s*</p>)?')
FORMULA = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
CONTENTS = re.compile(r"<!-- contents of (\S+) -->")
TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)

TEXTS = ("LICENSE", "LICENSE-docs")
LATE = ("figures/manifest.json", "llms.txt")  # pages link to them, and they are written when all pages are known

figures: dict[str, dict] = {}
of_pages: dict[str, scripts.Script] = {}
about: dict[str, meta.About] = {}  # the pages, by their addresses
beside: dict[str, str] = {}  # files of the site that no page of docs/ becomes


def on_config(config: MkDocsConfig) -> None:
    settings.templates_dir = str(Path(__file__).parent / "notebook")  # hands over the notebook as JSON
    if not config.site_url:
        raise PluginError("site_url must be an address: SITE_URL is set, and empty.")
    if not config.repo_url:
        config.edit_uri = None


def on_files(files: Files, config: MkDocsConfig) -> Files:
    root = Path(config.config_file_path).parent
    out = root / ".cache/figures"
    # A new process: this one would go on using the modules that it imported for the first build.
    if subprocess.run([sys.executable, "-m", "diagrams", str(out)], cwd=root).returncode:
        raise PluginError("The figures could not be drawn: `python -m diagrams` failed, see above.")
    for state in (figures, of_pages, about, beside):
        state.clear()
    for figure in json.loads((out / "index.json").read_text(encoding="utf-8")):
        figures[figure["name"]] = figure | {"html": (out / f"{figure['name']}.html").read_text(encoding="utf-8")}
        figures[figure["name"]] |= publish.sizes(out, figure["name"])
    for name in LATE:
        files.append(File.generated(config, name, content=""))
    for name in ["index.json", "figures.css", *(f"{name}.{kind}" for name in figures for kind in ("svg", "png"))]:
        files.append(File.generated(config, f"figures/{name}", abs_src_path=str(out / name)))
    for page in files.documentation_pages():
        if page.src_uri.endswith(".py"):
            files.append(File.generated(config, notebook_uri(page), content=""))
    try:
        package = wheel.build(root, config.site_url)
    except RuntimeError as error:
        raise PluginError(str(error)) from None
    files.append(File.generated(config, f"wheels/{wheel.name(root)}", content=package))
    for text in TEXTS:
        files.append(File.generated(config, text, abs_src_path=str(root / text)))
    said, day = (root / "CITATION.cff").read_text(encoding="utf-8"), publish.last_change(root, "docs", "lstm_ref")
    said = publish.citation_file(said, config.site_url, config.repo_url, day)
    files.append(File.generated(config, "CITATION.cff", content=said))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    about.update(dict.fromkeys(page.url for page in nav.pages))  # their order


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    docs, uri = Path(config.docs_dir), page.file.src_uri
    markdown = markdown.replace("{{ wheel }}", wheel_address(config)).replace("{{ site }}", config.site_url)
    markdown = CONTENTS.sub(lambda mark: items.contents(docs, str(PurePosixPath(uri).parent / mark[1]), uri), markdown)
    if "/" not in uri and uri.endswith(".md"):
        markdown += items.settled(docs, uri)
    try:
        markdown = marks.expand(markdown, uri)
    except LookupError as error:
        raise PluginError(f"{uri}: {error.args[0]}") from error
    return markdown if uri.endswith(".py") else with_scripts(markdown, page, config, files)


def with_scripts(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    site, package = config.site_url, wheel_address(config)
    markdown, found = scripts.extracted(markdown, page.file.src_uri, page.url, site, package)
    for script in found:
        if script.name not in of_pages:
            of_pages[script.name] = script
            files.append(File.generated(config, f"scripts/{script.name}.py", content=script.text(site)))
    return markdown


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        notebook = notebooks.read(content)
        page.markdown = notebooks.as_markdown(notebook)
        made = notebooks.for_download(notebook, page.url, config.site_url, wheel_address(config))
        files.get_file_from_path(notebook_uri(page.file)).content_string = made
        Page.render(page, config, files)  # mkdocs-jupyter has replaced this page's own render
        content = page.content
    content = publish.without_spans(taken_along(content, page, config))
    inline: set[str] = set()
    content = IMAGE.sub(lambda image: figure_html(image, page, inline), content)
    content = FORMULA.sub(formula_html, content)
    return TABLE.sub(lambda table: scroll_box(table[0], f"Table: {first_row(table[0])}"), content)


def taken_along(content: str, page: Page, config: MkDocsConfig) -> str:
    """Put the controls that cite into the content, and note what is told of the page beside it."""
    bare, listings = plain.uncoloured(content)
    soup = plain.parsed(bare)
    answer = soup.h1 and soup.h1.find_next("strong")
    if not answer:
        raise PluginError(f"{page.file.src_uri}: a page begins with a heading and its answer in bold.")
    title = plain.words(soup.h1)
    changed = publish.last_change_of_page(Path(config.config_file_path).parent, page.file.src_uri)
    page.update_date = changed or page.update_date  # for the sitemap
    page.meta.setdefault("description", plain.words(answer))  # a notebook has none
    package = wheel_address(config)
    source = cite.Source(config.site_name, config.site_url, config.site_author, package, page.url, title, changed)
    control, files = cite.of_the_page(soup, source, figures, page.meta["description"])
    about[page.url] = meta.about(source, page.meta, soup, figures, control)
    beside.update(files | {source.twin: publish.twin(bare, source, figures, about[page.url])})
    files = cite.add_controls(soup, source, figures)
    beside.update(files)
    return plain.coloured(str(soup), listings) if files else content


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    env.trim_blocks = env.lstrip_blocks = True
    files.append(File.generated(config, "scripts/index.json", content=scripts.index(of_pages.values())))
    config.extra_css.remove("assets/_mkdocstrings.css")  # main.html has it, for the pages that need it
    pages, home = about.values(), config.site_url
    manifest = publish.figures_manifest(figures, pages, home)
    listed = publish.llms(pages, config.site_name, config.site_description, home, wheel_address(config))
    for name, text in zip(LATE, (manifest, listed), strict=True):
        files.get_file_from_path(name).content_string = text


def on_page_context(context: dict, page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG001
    context["about"] = about[page.url]
    if page.file.src_uri.endswith(".py"):
        context["colab"] = publish.colab(config.repo_url, page.file.src_uri.removesuffix(".py"))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    return publish.lean_page(output)


def on_post_build(config: MkDocsConfig) -> None:
    site, root = Path(config.site_dir), Path(config.config_file_path).parent
    beside["robots.txt"] = publish.robots(config.site_url)
    moved = json.loads((Path(config.docs_dir) / "redirects.json").read_text(encoding="utf-8"))
    try:
        beside.update(publish.redirects(moved, site, config.site_url))
    except LookupError as error:
        raise PluginError(error.args[0]) from error
    for name, leaner in {"site.css": publish.lean, "site.js": publish.lean_script}.items():
        file = site / "assets" / name
        file.write_text(leaner(file.read_text(encoding="utf-8")), encoding="utf-8")
    for name, text in beside.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    wanted = [cards.Card(page.source.name, page.card_title, page.card_figure) for page in about.values()]
    try:
        cards.draw(wanted, root / ".cache/figures", root / ".cache/cards")
    except RuntimeError as error:
        raise PluginError(str(error)) from None
    for name, _, _ in wanted:
        (site / f"cards/{name}.png").parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / f".cache/cards/{name}.png", site / f"cards/{name}.png")


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
        return (
            f'<div class="figure-file"><img src="{src}.svg" alt="{html.escape(figure["alt"])}" loading="lazy" '
            f'width="{figure["width"]}" height="{figure["height"]}"><p>{publish.downloads(figure, src)}</p></div>'
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
    return ", ".join(plain.words(cell) for cell in plain.parsed(table)("th"))


def scroll_box(inner: str, label: str) -> str:
    """Wide things scroll in a box of their own, which the keyboard must reach."""
    return f'<div class="scroll-box" role="group" tabindex="0" aria-label="{html.escape(label)}">{inner}</div>'


def notebook_uri(page: File) -> str:
    return page.src_uri.removesuffix(".py") + ".ipynb"


def wheel_address(config: MkDocsConfig) -> str:
    return f"{config.site_url}wheels/{wheel.name(Path(config.config_file_path).parent)}"
