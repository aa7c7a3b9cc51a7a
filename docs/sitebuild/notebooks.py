"""Executed notebooks: as Markdown for their pages, and as files to take along. mkdocs-jupyter runs and remembers them."""

import hashlib
import json
import re
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor

from docs.sitebuild.addresses import LICENCE, Site
from docs.sitebuild.export import fence

RECORD = re.compile(r"\bevidence/[\w-]+\.json\b")


def runs(root: Path) -> Path:
    """Return the folder in which mkdocs-jupyter finds its runs again, while what they rest on is the same."""
    digest = hashlib.sha256("".join(map(version, ("numpy", "nbconvert", "jupytext", "ipykernel"))).encode())
    for file in sorted([*root.glob("lstm_ref/*.py"), *root.glob("docs/evidence/*.json")]):  # what they import and read
        digest.update(file.read_bytes())
    return root / ".cache/notebooks" / digest.hexdigest()[:16]


def read(text: str) -> nbformat.NotebookNode:
    """Return the notebook, with prints that came in pieces as one."""
    return CoalesceStreamsPreprocessor().preprocess(nbformat.reads(text, 4), {})[0]


def as_markdown(notebook: nbformat.NotebookNode) -> str:
    """Return a notebook as the source of a page; a raw cell at its beginning is its front matter."""
    parts = []
    for cell in notebook["cells"]:
        parts.append(fence("python", cell["source"]) if cell["cell_type"] == "code" else cell["source"])
        texts = (it["text"] if "text" in it else it["data"]["text/plain"] for it in cell.get("outputs", ()))
        parts += [fence("text", text) for text in texts]
    return "\n\n".join(parts)


def for_download(notebook: nbformat.NotebookNode, page: str, site: Site) -> str:
    """Return the notebook with where it is from, and a cell that gets what it needs: the library, and records that it reads."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] != "raw"]
    get = [f"%pip install -q {site.wheel}"]
    if records := sorted({*RECORD.findall(json.dumps(cells))}):
        get += ["from pathlib import Path", "from urllib.request import urlretrieve", ""]
        get += ['Path("evidence").mkdir(exist_ok=True)']
        get += [f'urlretrieve("{site.home}{it}", "{it}");' for it in records]
    title, *rest = cells
    by = f"From <{site.home}{page}>. Text: [CC BY 4.0]({LICENCE}), code: [MIT]({site.home}LICENSE.txt)."
    title["source"] += f"\n\n{by}"
    notebook["cells"] = [title, nbformat.v4.new_code_cell("\n".join(get)), *rest]
    notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    for number, cell in enumerate(notebook["cells"], 1):
        cell["id"] = f"cell-{number}"  # random, and execution times: two builds would differ
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "markdown":
            cell["source"] = re.sub(r" *\{ *#[^}]*\}$", "", cell["source"], flags=re.MULTILINE)  # heading ids
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"
