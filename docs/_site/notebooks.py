"""Executed notebooks: as Markdown for their pages, and as files to take along."""

import json
import re

import nbformat
from nbconvert.preprocessors.coalescestreams import CoalesceStreamsPreprocessor

from cite import LICENCE

RECORD = re.compile(r"\bevidence/[\w-]+\.json\b")


def read(text: str) -> nbformat.NotebookNode:
    """Return the notebook, with prints that came in pieces as one."""
    return CoalesceStreamsPreprocessor().preprocess(nbformat.reads(text, 4), {})[0]


def for_download(notebook: nbformat.NotebookNode, page: str, site: str, package: str) -> str:
    """Return the notebook with where it is from, and a cell that gets what it needs: the library, and records that it reads."""
    by = f"From <{site}{page}>. Text: [CC BY 4.0]({LICENCE}), code: [MIT]({site}LICENSE)."
    notebook["cells"][0]["source"] += f"\n\n{by}"
    get = [f"%pip install -q {package}"]
    if records := sorted({*RECORD.findall(json.dumps(notebook["cells"]))}):
        get += [
            "from pathlib import Path",
            "from urllib.request import urlretrieve",
            "",
            'Path("evidence").mkdir(exist_ok=True)',
        ]
        get += [f'urlretrieve("{site}{record}", "{record}");' for record in records]
    notebook["metadata"]["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook["cells"].insert(1, nbformat.v4.new_code_cell("\n".join(get)))
    for number, cell in enumerate(notebook["cells"], 1):
        cell["id"] = f"cell-{number}"  # random, and execution times: two builds would differ
        cell["metadata"].pop("execution", None)
        if cell["cell_type"] == "markdown":
            cell["source"] = re.sub(r" *\{ *#[^}]*\}$", "", cell["source"], flags=re.MULTILINE)  # heading ids
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def as_markdown(notebook: nbformat.NotebookNode) -> str:
    parts = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            parts.append(fence("python", cell["source"]))
            parts += [fence("text", output_text(output)) for output in cell["outputs"]]
        else:
            parts.append(cell["source"])
    return "\n\n".join(parts)


def output_text(output: nbformat.NotebookNode) -> str:
    return output["text"] if output["output_type"] == "stream" else output["data"]["text/plain"]


def fence(language: str, text: str) -> str:
    return f"````{language}\n{text.rstrip()}\n````"
