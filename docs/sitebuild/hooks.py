"""The only file that knows MkDocs: hands its pages to `Build`, and what that makes back to it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from logging.handlers import BufferingHandler
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs_jupyter.config import settings

from docs.sitebuild.build import Build
from docs.sitebuild.extension import LISTINGS, SiteExtension, citation_control

RENDERED = ("content", "toc", "_title_from_render", "present_anchor_ids")  # what rendering sets on a page


@contextmanager
def stopping() -> Iterator[None]:
    """Stop the build with a message, and without a traceback, where a page or the tree is wrong."""
    try:
        yield
    except (LookupError, RuntimeError) as error:
        raise PluginError(str(error.args[0])) from error


def on_config(config: MkDocsConfig) -> None:
    details = config.site_name, config.site_url, config.site_author, config.site_description, config.repo_url
    config.edit_uri = config.edit_uri if config.repo_url else None
    with stopping():
        build = config.extra["build"] = Build(Path(config.config_file_path).resolve().parent, *details)
    config.markdown_extensions.append(SiteExtension(build.figures))  # type: ignore[arg-type]
    config.mdx_configs["pymdownx.highlight"] |= LISTINGS
    settings.templates_dir = str(Path(__file__).parent / "notebook")  # hands over the notebook as JSON
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(build.notebook_runs)


def on_files(files: Files, config: MkDocsConfig) -> None:
    with stopping():
        made = config.extra["build"].generated()
    for uri, it in made.items():
        files.append(File.generated(config, uri, **{"abs_src_path" if isinstance(it, Path) else "content": it}))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    if page.file.src_uri.endswith(".py"):
        return markdown  # mkdocs-jupyter runs it first
    page.render = partial(render, page)  # type: ignore[method-assign]
    return str(config.extra["build"].markdown[page.file.src_uri])


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        with stopping():
            page.markdown = config.extra["build"].notebook(page.file.src_uri, html)
        render(page, config, files)
    return page.content or ""


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a page, or take what it was rendered to when all was the same that it is made from."""
    known = {file.src_uri: file for file in files}

    def rendered() -> tuple[list[Any], bool]:
        log, warnings = logging.getLogger("mkdocs.structure.pages"), BufferingHandler(99)  # to be given each time
        log.addHandler(warnings)
        Page.render(page, config, files)  # mkdocs-jupyter has replaced this page's own
        log.removeHandler(warnings)
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        return [links, *(getattr(page, name) for name in RENDERED)], not warnings.buffer

    links, *values = config.extra["build"].remembered(f"{page.file.src_uri} {page.markdown}", known, rendered)
    page.links_to_anchors = {known[uri]: anchors for uri, anchors in links.items()}
    for name, value in zip(RENDERED, values, strict=True):
        setattr(page, name, value)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    build, env.trim_blocks, env.lstrip_blocks = config.extra["build"], True, True
    env.bytecode_cache = FileSystemBytecodeCache(str(build.compiled_templates))
    env.globals |= {"site": build.site, "page_info": build.page_info, "citation_control": citation_control}
    env.filters["with_figures"] = build.with_figures
    config.extra_css.remove("assets/_mkdocstrings.css")  # main.html has it, for the pages that need it
    for page in (file.page for file in files.documentation_pages() if file.page):
        page.meta.setdefault("description", build.page_info[page.file.src_uri].description)  # a notebook has none
        page.update_date = build.page_info[page.file.src_uri].changed or page.update_date  # for the sitemap


def on_post_build(config: MkDocsConfig) -> None:
    with stopping():
        late = config.extra["build"].late_files()
    for uri, it in late.items():  # not before: MkDocs would take what ends in .md for pages
        Path(config.site_dir, uri).parent.mkdir(parents=True, exist_ok=True)
        Path(config.site_dir, uri).write_bytes(it)
