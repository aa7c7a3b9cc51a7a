"""The snippets as scripts that name what they need: each runs in an environment that has that and nothing else."""

import json
import os
import re
import sys
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import Tag
from packaging.requirements import Requirement

from docs.sitebuild import wheel
from docs.sitebuild.records import Records, imports
from docs.sitebuild.systems import BACKENDS
from tests.built import Site
from tests.elsewhere import attempt, get, uv
from tests.project import ROOT
from tests.site.sources import PAGES

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LONG = 8  # lines; fewer are sooner copied than downloaded
METADATA = re.compile(r"(?m)^# /// (?P<type>[a-zA-Z0-9-]+)$\s(?P<content>(^#(| .*)$\s)+)^# ///$")  # as PEP 723 has it
WHEEL = f"wheels/{wheel.name(ROOT)}"
RECORDS = Records(ROOT / "docs/evidence")
RECORDED = {f"{file.parent.name}-{file.stem}": file for file in ROOT.glob("docs/evidence/snippets/*/*.py")}
NAMES = {file.read_text(encoding="utf-8").strip("\n"): name for name, file in RECORDED.items()}
BY_UV = ["units-q0-dense", "answers-a3", "questions-state-when-reset"]
RUN = Path(__file__).with_name("run_snippets.py")
SAMPLE = ["cases-jax-gradient", "questions-parameters-flax-one-bias", "errors-silent-gate-order-fixed"]  # no gigabytes


def metadata(script: str) -> dict:
    """Read a script's own metadata in the manner of the PEP's reference implementation."""
    (block,) = METADATA.finditer(script)
    assert block["type"] == "script"
    return tomllib.loads(
        "".join(line[2:] if line[1:2] == " " else line[1:] for line in block["content"].splitlines(True))
    )


def body(script: str) -> str:
    return script[METADATA.search(script).end() :].strip("\n")


@pytest.fixture(scope="session")
def listed(site: Site) -> dict[str, dict]:
    return {each["name"]: each for each in json.loads(get(site.url + "scripts/index.json"))}


@pytest.fixture(scope="session")
def texts(site: Site, listed: dict[str, dict]) -> dict[str, str]:
    return {name: get(f"{site.url}scripts/{name}.py").decode() for name in listed}


def shown(site: Site) -> list[tuple[str, Tag]]:
    """Return the snippets that the pages show, with the address of the page; not those of docstrings and notebooks."""
    return [
        (page.url, block)
        for page in site.pages
        if not (site.root / f"{page.path.parent.name}.ipynb").exists()
        for block in page.soup.select(".language-python, .language-py")
        if not block.find_parent(class_=("doc", "doc-contents", "listing")) and "listing" not in block["class"]
    ]


def below(block: Tag) -> list[Tag]:
    """Return what stands between a snippet and the next one, or the next heading."""

    def belongs(tag: Tag) -> bool:
        return not (re.fullmatch("h[1-6]", tag.name) or {"language-python", "language-py"} & {*tag.get("class", ())})

    return list(takewhile(belongs, block.find_next_siblings()))


def about(block: Tag) -> Tag | None:
    """Return the quiet line below a snippet."""
    lines = [tag for tag in below(block) if "about-snippet" in tag.get("class", ())]
    assert len(lines) < 2
    return lines[0] if lines else None


def script_of(block: Tag) -> str | None:
    line = about(block)
    links = [link["href"] for link in line.find_all("a", string="script")] if line else []
    assert len(links) < 2
    return Path(links[0]).stem if links and Path(links[0]).parent.name == "scripts" else None


def test_every_longer_snippet_is_a_script_and_no_other(site: Site, texts: dict[str, str]) -> None:
    found = []
    for url, block in shown(site):
        source, name, line = block.code.text.strip("\n"), script_of(block), about(block)
        assert bool(name) == (len(source.splitlines()) >= LONG), f"{url}: {source}"
        commands = [button["data-clipboard-text"] for button in line.select("button")] if line else []
        assert commands == ([f"uv run {site.url}scripts/{name}.py"] if name else [])
        if name:
            found.append(name)
            assert body(texts[name]) == source
    assert {*found} == texts.keys() and len(found) > 150
    replaced = [it for page in PAGES.values() for it in page.front.get("scripts_before", {}).items()]
    before = {name: now for now, names in replaced for name in names}
    files = {"index.json", *(f"{name}.py" for name in (*texts, *before))}
    assert {path.name for path in (site.root / "scripts").iterdir()} == files
    for name, now in before.items():
        assert get(f"{site.url}scripts/{name}.py").decode() == texts[now]


def test_a_notebook_has_no_scripts_its_cells_go_together(site: Site) -> None:
    for notebook in site.root.glob("*.ipynb"):
        article = site.page(f"{notebook.stem}/").soup.article
        assert article.select(".language-python") and not article.select(".about-snippet, [data-clipboard-text]")


def test_a_script_says_where_it_is_from(site: Site, listed: dict[str, dict], texts: dict[str, str]) -> None:
    on_page = {(url, block.code.text.strip("\n")) for url, block in shown(site)}
    for name, text in texts.items():
        page, section = site.url + listed[name]["page"], listed[name]["section"]
        assert text.splitlines()[0] == f"# From {page}#{section}. MIT licence, © 2026 the authors of lstm_ref."
        assert (page, body(text)) in on_page
        mistakes = not name.endswith("-fixed") and (name.startswith("errors-") or f"{name}-fixed" in texts)
        assert ("It shows a mistake" in text) == mistakes, name
        link = site.page(listed[name]["page"]).soup.find("a", href=re.compile(rf"scripts/{name}\.py$"))
        assert link.find_previous(re.compile("h[1-6]"), id=True)["id"] == section, name


def test_a_script_names_what_it_imports_and_no_more(site: Site, listed: dict[str, dict], texts: dict[str, str]) -> None:
    for name, text in texts.items():
        held = metadata(text)
        pinned = any("==" in each for each in listed[name]["dependencies"])
        python = f"{PROJECT['requires-python']}{',<3.14' * pinned}"  # as the wheels of the pinned versions
        assert held == {"requires-python": python, "dependencies": listed[name]["dependencies"]}
        needed = {each.name: each for each in map(Requirement, held["dependencies"])}
        imported = imports(text) - sys.stdlib_module_names
        backend = needed.keys() - imported - ({"numpy"} if "torch" in needed else set())
        assert imported <= needed.keys(), name
        assert "torch" not in needed or "numpy" in needed, f"{name}: torch warns without NumPy"
        assert len(backend) <= ("keras" in imported) and backend <= {*BACKENDS}, f"{name}: what is {backend} for?"
        if "keras" in imported:  # starts with TensorFlow unless told otherwise
            told = re.search(r'"KERAS_BACKEND"\] = "(\w+)"', text)
            assert (told[1] if told else "tensorflow") in needed, name
        if "lstm_ref" in needed:
            assert needed["lstm_ref"].url == site.url + WHEEL


def test_a_recorded_script_has_the_name_and_the_versions_of_its_record(site: Site, listed: dict[str, dict]) -> None:
    seen = set()
    for url, block in shown(site):
        if "recorded" in block["class"]:
            recorded, name, line = NAMES[block.code.text.strip("\n")], script_of(block), about(block)
            file = RECORDED[recorded]
            assert name in (recorded, None)
            recording = Path("evidence", f"{file.parent.name}.json")
            links = {
                link.text: site.file(urljoin(url, link["href"])).relative_to(site.root) for link in line.select("a")
            }
            script = Path("scripts", f"{name}.py") if name else file.relative_to(ROOT / "docs")
            assert links == {"evidence": recording, "script" if name else "snippet": script}
            versions = RECORDS.record(file.parent.name)["recorded"]["versions"]
            for each in map(Requirement, listed[name]["dependencies"] if name else ()):
                assert each.name == "lstm_ref" or str(each.specifier) == f"=={versions[each.name]}", name
            seen |= {name}
    assert len(seen) > 100


def printed_on_its_page(site: Site) -> dict[str, str]:
    """Return what each script prints, as its page says."""
    said = {}
    for _, block in shown(site):
        if name := script_of(block):
            said[name] = "".join(tag.code.text for tag in below(block) if "language-text" in tag.get("class", ()))
    return said


def needs(texts: dict[str, str]) -> dict[str, list[str]]:
    return {name: metadata(text)["dependencies"] for name, text in texts.items()}


def is_ours(dependencies: list[str]) -> bool:
    return {Requirement(each).name for each in dependencies} <= {"lstm_ref", "numpy"}


def test_the_scripts_for_lstm_ref_print_what_their_pages_say(
    site: Site, texts: dict[str, str], python_with: Callable[..., str], tmp_path: Path
) -> None:
    said = printed_on_its_page(site)
    pythons = {name: python_with(*needed) for name, needed in needs(texts).items() if is_ours(needed)}
    assert len(pythons) > 60

    for python in {*pythons.values()}:
        names = [name for name in pythons if pythons[name] == python]
        done = attempt([python, "-P", str(RUN)], tmp_path, stdin=json.dumps([texts[name] for name in names]))
        for name, (ended_well, printed, told) in zip(names, json.loads(done.stdout), strict=True):
            assert ended_well, f"{name}: {told}"
            assert printed == said[name], name


def test_every_other_script_has_its_record(texts: dict[str, str]) -> None:
    others = {name for name, needed in needs(texts).items() if not is_ours(needed)}
    assert others <= RECORDED.keys() and len(others) > 100


@pytest.mark.frameworks
@pytest.mark.parametrize("python", ["3.11", "3.13"])
def test_each_python_that_a_script_allows_has_wheels_for_it(python: str, texts: dict[str, str], tmp_path: Path) -> None:
    pinned = sorted({each for needed in needs(texts).values() for each in needed if "==" in each})
    assert len(pinned) > 5
    (tmp_path / "requirements.txt").write_text("\n".join(pinned))
    options = ("--no-deps", "--only-binary", ":all:", "--python-version", python, "--python-platform", "linux")
    resolved = uv("pip", "compile", "-q", *options, "requirements.txt", cwd=tmp_path)
    found = {line.partition("+")[0] for line in resolved.splitlines() if "==" in line}
    assert found == {each.replace("_", "-") for each in pinned}


@pytest.mark.frameworks
@pytest.mark.parametrize("topic", sorted({file.parent.name for file in RECORDED.values()}))
def test_the_scripts_for_frameworks_print_what_is_recorded(
    topic: str, texts: dict[str, str], python_with: Callable[..., str], tmp_path: Path
) -> None:
    of_topic = {
        name: needed for name, needed in needs(texts).items() if RECORDED.get(name, Path()).parent.name == topic
    }
    pythons = {name: python_with(*needed) for name, needed in of_topic.items()}

    def difference(name: str) -> str:
        home = tmp_path / name
        home.mkdir()
        (home / "it.py").write_text(texts[name], encoding="utf-8")
        done = attempt([pythons[name], "it.py"], home, KERAS_HOME=str(home), CUDA_VISIBLE_DEVICES="-1")
        ran = RECORDS.snippet(topic, RECORDED[name].stem).printed
        backend = next((each for each in ran if any(need.startswith(f"{each}==") for need in of_topic[name])), None)
        return differs(ran[backend or next(iter(ran))], done.stdout, done.stderr, failed=done.returncode != 0)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        assert not {name: how for name, how in zip(pythons, pool.map(difference, pythons), strict=True) if how}


def differs(recorded: list[str], printed: str, told: str, *, failed: bool) -> str:
    """Say how a run differs from the lines of a record, which has warnings and the exception among what was printed."""
    warned = [line for line in recorded if line.startswith("UserWarning: ")]
    expected = [line for line in recorded if line not in warned]
    raised = expected.pop() if failed and expected else ""
    said = [part[:60] for line in (*warned, raised) for part in line.partition(": ")[::2]]  # the kind, and its message
    unexpected = "UserWarning" in told and not warned
    lacking = [part for part in said if part not in " ".join(told.split())]
    if unexpected or lacking or failed != bool(raised) or printed.rstrip().splitlines() != expected:
        return f"recorded {recorded}, printed {printed!r} and {told[-1000:]!r}"
    return ""


@pytest.mark.parametrize("name", BY_UV)
def test_uv_runs_a_script_by_its_address(name: str, site: Site, tmp_path: Path) -> None:
    printed = uv("run", "-q", f"{site.url}scripts/{name}.py", cwd=tmp_path)
    assert printed == printed_on_its_page(site)[name]


@pytest.mark.sample
@pytest.mark.parametrize("name", SAMPLE)
def test_uv_runs_a_script_for_a_framework_by_its_address(name: str, site: Site, tmp_path: Path) -> None:
    printed = uv("run", "-q", f"{site.url}scripts/{name}.py", cwd=tmp_path, KERAS_HOME=str(tmp_path))
    file = RECORDED[name]
    assert printed.splitlines() in RECORDS.snippet(file.parent.name, file.stem).printed.values()
