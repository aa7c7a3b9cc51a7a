"""The only file that knows MkDocs: hands its pages to `Build`, and what that makes back to it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs_jupyter.config import settings

from docs.sitebuild.build import Build
from docs.sitebuild.extension import SiteExtension, control

RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")  # of a page, by its render


@contextmanager
def stopping(where: str = "") -> Iterator[None]:
    """Stop the build with a message, and without a traceback, where a page or the tree is wrong."""
    try:
        yield
    except (LookupError, RuntimeError) as error:
        raise PluginError(where + str(error.args[0])) from error


def on_config(config: MkDocsConfig) -> None:
    if not config.repo_url:
        config.edit_uri = None
    about = config.site_name, config.site_url, config.site_author, config.site_description, config.repo_url
    with stopping():
        build = config.extra["build"] = Build(Path(config.config_file_path).resolve().parent, *about)
        config.markdown_extensions.append(SiteExtension(build.figures))  # type: ignore[arg-type]
    settings.templates_dir = str(Path(__file__).parent / "notebook")  # hands over the notebook as JSON
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(build.notebook_runs)


def on_files(files: Files, config: MkDocsConfig) -> None:
    with stopping():
        made = config.extra["build"].generated()
    for uri, it in made.items():
        how = {"abs_src_path": str(it)} if isinstance(it, Path) else {"content": it}
        files.append(File.generated(config, uri, **how))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        return markdown  # mkdocs-jupyter runs it first
    page.render = partial(render, page)  # type: ignore[method-assign]
    return made(page, config, files)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        page.markdown = made(page, config, files, notebook=html)
        render(page, config, files)
    return page.content or ""


def made(page: Page, config: MkDocsConfig, files: Files, notebook: str = "") -> str:
    build, uri = config.extra["build"], page.file.src_uri
    with stopping(f"{uri}: "):
        markdown: str = build.notebook(uri, notebook) if notebook else build.markdown(uri)
    page.about = build.about[uri]  # for the templates
    page.update_date = page.about.changed or page.update_date  # for the sitemap
    page.meta.setdefault("description", page.about.description)  # a notebook has none
    for name, text in build.scripts_of(uri).items():
        files.append(File.generated(config, name, content=text))
    return markdown


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a page, or take what it was rendered to when all was the same that it is made from."""
    known = {file.src_uri: file for file in files}

    def rendered() -> tuple[list[Any], bool]:
        warnings = BufferingHandler(1)  # which must be given each time
        warnings.setLevel("WARNING")
        logging.getLogger("mkdocs").addHandler(warnings)
        Page.render(page, config, files)  # mkdocs-jupyter has replaced this page's own
        logging.getLogger("mkdocs").removeHandler(warnings)
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        return [links, *(getattr(page, name) for name in RENDERED)], not warnings.buffer

    links, *values = config.extra["build"].remembered(page.file.src_uri, page.markdown, known, rendered)
    page.links_to_anchors = {known[uri]: anchors for uri, anchors in links.items()}
    for name, value in zip(RENDERED, values, strict=True):
        setattr(page, name, value)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    env.trim_blocks = env.lstrip_blocks = True
    env.globals |= {"site": config.extra["build"].site, "control": control}
    env.filters["with_figures"] = config.extra["build"].with_figures
    config.extra_css.remove("assets/_mkdocstrings.css")  # main.html has it, for the pages that need it


def on_post_build(config: MkDocsConfig) -> None:
    with stopping():
        for uri, it in config.extra["build"].late_files().items():  # MkDocs would take what ends in .md for pages
            file = Path(config.site_dir, uri)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(it)
