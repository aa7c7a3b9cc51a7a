"""The only file that knows MkDocs: hands its pages to `Build`, and what that makes back to it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from mkdocs_jupyter.config import settings

from docs.sitebuild.build import Build
from docs.sitebuild.extension import SiteExtension, citation_control
from docs.sitebuild.lean import lean_templates


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
    settings.templates_dir = str(Path(__file__).parent / "notebook")  # hands over the notebook as JSON
    plugins: Any = config.plugins
    plugins["mkdocs-jupyter"].config["cache_dir"] = str(build.notebook_runs)
    plugins["mkdocstrings"].get_handler("python")  # now: its style and inventory are written even if its page is kept


@stopping()
def on_files(files: Files, config: MkDocsConfig) -> None:
    for uri, it in config.extra["build"].generated().items():
        files.append(File.generated(config, uri, **{"abs_src_path" if isinstance(it, Path) else "content": it}))


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    if page.file.src_uri.endswith(".md"):  # a notebook is run by mkdocs-jupyter first
        page.render = lambda config, files: render(page, config, files)  # type: ignore[method-assign]
    return str(config.extra["build"].markdown.get(page.file.src_uri, markdown))


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        with stopping():
            page.markdown = config.extra["build"].notebook(page.file.src_uri, html)
        render(page, config, files)
    return page.content or ""


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Render a page, or take what it was rendered to from the same."""
    plugins: Any = config.plugins
    search, inventory = plugins["material/search"].search_index, plugins["mkdocstrings"].handlers.inventory

    def rendered() -> dict[str, Any]:
        Page.render(page, config, files)  # mkdocs-jupyter has replaced this page's own
        alone = type(search)(**search.config)
        alone.add_entry_from_context(page)
        values = {name: getattr(page, name) for name in ("content", "toc", "_title_from_render", "present_anchor_ids")}
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        documented = [it for it in inventory.values() if it.uri.startswith(f"{page.url}#")]
        return values | {"links": links, "in_search": alone.entries, "documented": documented}

    build, text = config.extra["build"], f"{page.file.src_uri} {page.meta} {page.markdown}"
    vars(page).update(build.remembered(text, files.src_uris, rendered, logging.getLogger("mkdocs")))
    page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in vars(page)["links"].items()}
    for it in vars(page)["documented"]:
        inventory[it.name] = it
        plugins["autorefs"].register_anchor(page, it.name, it.uri.split("#")[1], title=it.uri.split(".")[-1])


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    lean_templates(env, (build := config.extra["build"]).compiled_templates)
    env.globals |= {"build": build, "citation_control": citation_control}
    search = vars(config.plugins["material/search"])["search_index"]
    search.add_entry_from_context = lambda page: build.in_search.extend(page.in_search)  # the theme's own stays empty
    config.extra_css.remove("assets/_mkdocstrings.css")  # ours are simpler
    for page in (file.page for file in files.documentation_pages() if file.page):
        page.meta.setdefault("description", build.page_info[page.file.src_uri].description)  # a notebook has none
        page.update_date = build.page_info[page.file.src_uri].changed or page.update_date  # for the sitemap


@stopping()
def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    for uri, it in config.extra["build"].late_files(site).items():  # before, .md would be taken for pages
        write_file(it, str(site / uri))
