"""The only file that knows MkDocs: hands its pages to `Build`, and what that makes back to it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs_jupyter.config import settings

from docs.sitebuild import notebooks, wheel
from docs.sitebuild.addresses import Site
from docs.sitebuild.build import Build
from docs.sitebuild.extension import SiteExtension, control

LATE = ("figures/manifest.json", "scripts/index.json", "llms.txt")  # pages link to them; written when all pages are known
TEXTS = ("llms", "robots")


@contextmanager
def stopping(where: str = "") -> Iterator[None]:
    """Stop the build with a message, and without a traceback, where a page or the tree is wrong."""
    try:
        yield
    except (LookupError, RuntimeError) as error:
        raise PluginError(where + str(error.args[0])) from error


def on_config(config: MkDocsConfig) -> None:
    root = Path(config.config_file_path).resolve().parent
    if not config.site_url:
        raise PluginError("site_url must be an address: SITE_URL is set, and empty.")
    if not config.repo_url:
        config.edit_uri = None
    with stopping():
        about = config.site_name, config.site_url, config.site_author or "", config.site_description or ""
        site = Site(*about, config.repo_url or "", f"{config.site_url}wheels/{wheel.name(root)}")
        build = config.extra["build"] = Build(root, site)
        config.markdown_extensions.append(SiteExtension(build.figures))  # type: ignore[arg-type]
    settings.templates_dir = str(Path(__file__).parent / "notebook")  # hands over the notebook as JSON
    config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(notebooks.cache(root))


def on_files(files: Files, config: MkDocsConfig) -> None:
    build: Build = config.extra["build"]
    with stopping():
        made = build.generated() | dict.fromkeys(LATE, "")
    for page in files.documentation_pages():
        if page.src_uri.endswith(".py"):
            made[page.src_uri.removesuffix(".py") + ".ipynb"] = ""
    for uri, it in made.items():
        how = {"abs_src_path": str(it)} if isinstance(it, Path) else {"content": it}
        files.append(File.generated(config, uri, **how))  # type: ignore[arg-type]


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    config.extra["build"].order = [page.file.src_uri for page in nav.pages]


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    is_notebook = page.file.src_uri.endswith(".py")  # which mkdocs-jupyter runs first
    return markdown if is_notebook else made(page, config, files)


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    if page.file.src_uri.endswith(".py"):
        page.markdown = made(page, config, files, notebook=html)
        Page.render(page, config, files)  # mkdocs-jupyter has replaced this page's own render
    return page.content or html


def made(page: Page, config: MkDocsConfig, files: Files, notebook: str = "") -> str:
    build, uri = config.extra["build"], page.file.src_uri
    with stopping(f"{uri}: "):
        markdown: str = build.notebook(uri, notebook) if notebook else build.markdown(uri)
    about = build.about[uri]
    page.update_date = about.changed or page.update_date  # for the sitemap
    page.meta.setdefault("description", about.description)  # a notebook has none
    for script in build.scripts_of(uri):
        files.append(File.generated(config, f"scripts/{script.name}.py", content=script.text(build.site)))
    return markdown


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    env.trim_blocks = env.lstrip_blocks = True
    build: Build = config.extra["build"]
    config.extra_css.remove("assets/_mkdocstrings.css")  # main.html has it, for the pages that need it
    told = {"site": build.site, "pages": [build.about[uri] for uri in build.order]}
    texts = build.lists() | {f"{name}.txt": env.get_template(f"files/{name}.html").render(told) for name in TEXTS}
    with stopping():
        for old, to in build.moved().items():
            texts[f"{old}index.html"] = env.get_template("files/moved.html").render(told, to=to)
            texts[f"{old.strip('/')}.md"] = f"This page moved to <{to}>.\n"
    build.texts = texts


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG001
    context |= {"about": config.extra["build"].about[page.file.src_uri], "control": control}


def on_post_build(config: MkDocsConfig) -> None:
    build, site = config.extra["build"], Path(config.site_dir)
    with stopping():
        shutil.copytree(build.cards(), site / "cards")
    for uri, text in build.texts.items():  # MkDocs would take what ends in .md for pages
        (site / uri).parent.mkdir(parents=True, exist_ok=True)
        (site / uri).write_text(text, encoding="utf-8")
