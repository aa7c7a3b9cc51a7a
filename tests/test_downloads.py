"""What can be taken along: from a served copy of the site, without the repository, in environments of its own."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from itertools import takewhile
from pathlib import Path
from urllib.request import urlopen

import pytest
from bs4 import Tag
from packaging.metadata import Metadata
from packaging.requirements import Requirement
from uv import find_uv_bin

import scripts
import wheel
from conftest import ROOT, Site
from recordings import BACKENDS, facts, imports, recording

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
METADATA = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")  # as PEP 723 has it
WHEEL = f"wheels/lstm_ref-{PROJECT['version']}-py3-none-any.whl"
BY_UV = ["units-q0-dense", "answers-a3", "questions-state-when-reset"]


def get(address: str) -> bytes:
    with urlopen(address) as response:
        return response.read()


def metadata(script: str) -> dict:
    """Read a script's own metadata in the manner of the PEP's reference implementation."""
    (block,) = METADATA.finditer(script)
    assert block["type"] == "script"
    return tomllib.loads(
        "".join(line[2:] if line[1:2] == " " else line[1:] for line in block["content"].splitlines(True))
    )


def body(script: str) -> str:
    return script[METADATA.search(script).end() :].strip("\n")


def clean(**settings: str) -> dict[str, str]:
    """Return this environment without what would lead to the repository."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))} | settings


def run(command: list[str], cwd: Path, **settings: str) -> str:
    done = subprocess.run(command, cwd=cwd, env=clean(**settings), capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def listed(site: Site) -> dict[str, dict]:
    return {each["name"]: each for each in json.loads(get(site.url + "scripts/index.json"))}


@pytest.fixture(scope="session")
def texts(site: Site, listed: dict[str, dict]) -> dict[str, str]:
    return {name: get(f"{site.url}scripts/{name}.py").decode() for name in listed}


@pytest.fixture(scope="session")
def python_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Make a fresh environment with these requirements and nothing else; return its interpreter."""

    @cache
    def make(*requirements: str) -> str:
        folder = tmp_path_factory.mktemp("environment")
        run([sys.executable, "-m", "venv", str(folder)], folder)
        python = str(folder / "bin/python")
        run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *requirements], folder)
        return python

    return make


def shown(site: Site) -> list[tuple[str, Tag]]:
    """Return the snippets that the pages show, with the address of the page; not those of docstrings and notebooks."""
    return [
        (page.url, block)
        for page in site.pages
        if not (site.root / f"{page.path.parent.name}.ipynb").exists()
        for block in page.soup.select(".language-python, .language-py")
        if not block.find_parent(class_=("doc", "doc-contents"))
    ]


def below(block: Tag) -> list[Tag]:
    """Return what stands between a snippet and the next one, or the next heading."""

    def belongs(tag: Tag) -> bool:
        return not (re.fullmatch("h[1-6]", tag.name) or {"language-python", "language-py"} & {*tag.get("class", ())})

    return list(takewhile(belongs, block.find_next_siblings()))


# The wheel


def test_the_wheel_holds_the_library_and_nothing_else(site: Site) -> None:
    with zipfile.ZipFile(BytesIO(get(site.url + WHEEL))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    described = Metadata.from_email(held[f"lstm_ref-{PROJECT['version']}.dist-info/METADATA"])
    assert (described.name, str(described.version)) == ("lstm_ref", PROJECT["version"])
    assert [str(each) for each in described.requires_dist] == PROJECT["dependencies"]
    assert (str(described.requires_python), described.license_expression) == (PROJECT["requires-python"], "MIT")
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "lstm_ref").iterdir() if path.is_file()}
    assert {name: data for name, data in held.items() if ".dist-info/" not in name} == {
        name: path.read_bytes() for name, path in files.items()
    }


def test_pip_installs_the_wheel_by_its_address(site: Site, python_with: Callable[..., str], tmp_path: Path) -> None:
    code = "import lstm_ref, sys; print(lstm_ref.__version__, lstm_ref.__file__.startswith(sys.prefix))"
    python = python_with(f"lstm_ref @ {site.url}{WHEEL}")
    assert run([python, "-c", code], tmp_path).split() == [PROJECT["version"], "True"]


def test_building_leaves_nothing_behind(tmp_path: Path) -> None:
    before = sorted(ROOT.iterdir())
    (tmp_path / "lstm_ref-0.0.0-py3-none-any.whl").write_text("an old one")
    assert wheel.build(ROOT, tmp_path) == Path(WHEEL).name
    assert [path.name for path in tmp_path.iterdir()] == [Path(WHEEL).name]
    assert sorted(ROOT.iterdir()) == before


# The scripts


def script_of(block: Tag) -> str | None:
    links = [link for tag in below(block) for link in tag.select(".script a[download]")]
    assert len(links) < 2
    return Path(links[0]["href"]).stem if links else None


def test_every_longer_snippet_is_a_script_and_no_other(site: Site, texts: dict[str, str]) -> None:
    found = set()
    for url, block in shown(site):
        source, name = block.code.text.strip("\n"), script_of(block)
        assert bool(name) == (len(source.splitlines()) >= scripts.LINES), f"{url}: {source}"
        if name:
            found.add(name)
            assert body(texts[name]) == source
            (line,) = [tag.select_one(".script") for tag in below(block) if tag.select_one(".script")]
            assert line.code.text == f"uv run {site.url}scripts/{name}.py"
    assert found == texts.keys()
    assert {path.name for path in (site.root / "scripts").iterdir()} == {"index.json", *(f"{n}.py" for n in texts)}


def test_a_script_says_where_it_is_from(site: Site, listed: dict[str, dict], texts: dict[str, str]) -> None:
    on_page = {(url, block.code.text.strip("\n")) for url, block in shown(site)}
    for name, text in texts.items():
        page, section = site.url + listed[name]["page"], listed[name]["section"]
        assert text.splitlines()[0] == f"# From {page}#{section}, MIT licence."
        assert (page, body(text)) in on_page
        assert site.page(listed[name]["page"]).soup.find(re.compile("h[1-6]"), id=section), name


def test_a_script_names_what_it_imports_and_no_more(site: Site, listed: dict[str, dict], texts: dict[str, str]) -> None:
    for name, text in texts.items():
        held = metadata(text)
        assert held == {"requires-python": PROJECT["requires-python"], "dependencies": listed[name]["dependencies"]}
        needed = {each.name: each for each in map(Requirement, held["dependencies"])}
        imported = imports(text) - sys.stdlib_module_names
        backend = needed.keys() - imported
        assert imported <= needed.keys(), name
        assert len(backend) <= ("keras" in imported) and backend <= BACKENDS, f"{name}: what is {backend} for?"
        if "keras" in imported:  # starts with TensorFlow unless told otherwise
            told = re.search(r'"KERAS_BACKEND"\] = "(\w+)"', text)
            assert (told[1] if told else "tensorflow") in needed, name
        if "lstm_ref" in needed:
            assert needed["lstm_ref"].url == site.url + WHEEL


def test_a_recorded_script_has_the_name_and_the_versions_of_its_record(site: Site, listed: dict[str, dict]) -> None:
    seen = set()
    for _, block in shown(site):
        if "recorded" in block["class"] and (name := script_of(block)):
            links = [link["href"] for tag in below(block) for link in tag.select(".evidence a")]
            file = Path(next(link for link in links if "/snippets/" in link))
            assert name == f"{file.parent.name}-{file.stem}"
            versions = recording(file.parent.name)["recorded"]["versions"]
            for each in map(Requirement, listed[name]["dependencies"]):
                assert each.name == "lstm_ref" or str(each.specifier) == f"=={versions[each.name]}", name
            seen.add(name)
    assert len(seen) > 100


def printed_on_its_page(site: Site) -> dict[str, str]:
    """Return what each script prints, as its page says."""
    said = {}
    for _, block in shown(site):
        if name := script_of(block):
            said[name] = "".join(tag.code.text for tag in below(block) if "language-text" in tag.get("class", ()))
    return said


def test_the_scripts_for_lstm_ref_print_what_their_pages_say(
    site: Site, texts: dict[str, str], python_with: Callable[..., str], tmp_path: Path
) -> None:
    said, needs = printed_on_its_page(site), {name: metadata(text)["dependencies"] for name, text in texts.items()}
    ours = [name for name in texts if {Requirement(each).name for each in needs[name]} <= {"lstm_ref", "numpy"}]
    assert len(ours) > 60
    pythons = {name: python_with(*needs[name]) for name in ours}

    def printed(name: str) -> str:
        (tmp_path / f"{name}.py").write_text(texts[name], encoding="utf-8")
        return run([pythons[name], f"{name}.py"], tmp_path)

    with ThreadPoolExecutor(4) as pool:
        assert dict(zip(ours, pool.map(printed, ours), strict=True)) == {name: said[name] for name in ours}


def indexes_of_pip() -> dict[str, str]:
    """Tell uv about the registries that pip knows."""
    told = run([sys.executable, "-m", "pip", "config", "list"], ROOT)
    known = dict(re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", told, re.MULTILINE))
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}
    return {names[key]: value for key, value in known.items() if key in names}


@pytest.mark.parametrize("name", BY_UV)
def test_uv_runs_a_script_by_its_address(
    name: str, site: Site, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    settings = {"UV_CACHE_DIR": str(tmp_path_factory.getbasetemp() / "uv"), "UV_NO_CONFIG": "1"}  # knows no older wheel
    command = [find_uv_bin(), "run", "--python", sys.executable, f"{site.url}scripts/{name}.py"]
    assert run(command, tmp_path, **settings, **indexes_of_pip()) == printed_on_its_page(site)[name]


def extracted(markdown: str) -> tuple[str, list[scripts.Script]]:
    return scripts.extracted(
        markdown, "questions/state.md", "questions/state/", "https://a.site/", "https://a.site/w.whl"
    )


LONG = "\n".join(f"print({n})" for n in range(scripts.LINES))


def test_scripts_are_named_by_section_and_counted_in_it() -> None:
    fence = f"```python\n{LONG}\n```\n"
    markdown = f"# A {{ #a }}\n{fence}\n```text\n0\n```\n\n{fence}\n## B {{ #reset-at-epoch }}\n\n{fence}"
    _, found = extracted(markdown)
    assert [script.name for script in found] == [
        "questions-state-a",
        "questions-state-a-2",
        "questions-state-reset-at-epoch-2",  # the first is the recorded snippet of this name
    ]
    assert {script.source for script in found} == {LONG + "\n"}


def test_the_line_stands_below_the_output_wherever_the_snippet_stands() -> None:
    inside = "\n".join(f"    {line}" for line in f"```py\n{LONG}\n```\n\n```text\n0\n```".splitlines())
    markdown, (script,) = extracted(f'# A {{ #a }}\n\n=== "Tab"\n\n{inside}\n\nAfter.')
    assert script.source == LONG + "\n"
    before, line, after = markdown.partition('\n\n    <span class="script"')
    assert (before.endswith("    ```"), bool(line)) == (True, True)
    assert "(../scripts/questions-state-a.py)" in after
    assert after.endswith("</span>\n\nAfter.")


@pytest.mark.parametrize("fence", [f"```text\n{LONG}\n```", f"```pycon\n{LONG}\n```", "```python\nprint(1)\n```"])
def test_other_fences_are_no_scripts(fence: str) -> None:
    assert extracted(f"# A {{ #a }}\n\n{fence}\n") == (f"# A {{ #a }}\n\n{fence}\n", [])


# The notebooks


@pytest.mark.parametrize("source", sorted((ROOT / "docs").glob("*.py")), ids=lambda path: path.stem)
def test_a_notebook_runs_where_only_the_wheel_is_installed(
    source: Path, site: Site, python_with: Callable[..., str], tmp_path: Path
) -> None:
    notebook = json.loads(get(f"{site.url}{source.stem}.ipynb"))
    install, *cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert install["source"] == f"%pip install -q {site.url}{WHEEL}"
    (tmp_path / "evidence").mkdir()
    for record in re.findall(r'Path\("(evidence/\w+\.json)"\)', source.read_text(encoding="utf-8")):
        (tmp_path / record).write_bytes(get(site.url + record))
    (tmp_path / "notebook.py").write_text("\n\n".join(cell["source"] for cell in cells), encoding="utf-8")
    printed = run([python_with(f"lstm_ref @ {site.url}{WHEEL}"), "notebook.py"], tmp_path)
    assert printed == "".join(output["text"] for cell in cells for output in cell["outputs"])


@pytest.mark.parametrize(
    ("package", "system"),
    [("keras", "keras3"), ("torch", "pytorch"), ("flax", "flax"), ("onnxruntime", "onnx-runtime")],
)
def test_a_framework_that_is_not_installed_is_not_run_and_its_record_is_shown(
    package: str, system: str, site: Site
) -> None:
    printed = site.page("same-weights/").soup.text
    difference, version = (
        facts("layouts", f"systems.{system}.differences.to"),
        recording("layouts")["recorded"]["versions"],
    )
    assert f"{package}, here: not installed" in printed
    assert f"{package} {version[package]}, recorded: largest difference {difference:.1e}" in printed
