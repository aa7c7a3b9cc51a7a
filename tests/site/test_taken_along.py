"""A reader without the repository and without JavaScript: everything begins with the site's address."""

import ast
import json
from pathlib import Path
from urllib.parse import urljoin

import markdown
import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from tests import oracle
from tests.built import Site
from tests.elsewhere import get, run, uv

WITH_SCRIPTS = ["units/", "sequences/", "questions/state/"]


def look(address: str) -> BeautifulSoup:
    return BeautifulSoup(get(address), "html.parser")


def command(page: Tag, start: str) -> list[str]:
    """Return the first command of a page that starts so."""
    return next(block.text for block in page.select(".language-sh code") if block.text.startswith(start)).split()


def printed_below(snippet: Tag) -> str:
    return snippet.find_next(class_="language-text").code.text


@pytest.fixture(scope="session")
def home(site: Site) -> str:
    return site.url


def test_a_copied_snippet_runs_after_that_one_command(home: str, python: str, tmp_path: Path) -> None:
    snippet = look(home).select_one(".language-python")
    assert run([python, "-c", snippet.code.text], tmp_path) == printed_below(snippet)


@pytest.mark.parametrize("name", WITH_SCRIPTS)
def test_a_script_runs_by_its_address(name: str, home: str, tmp_path: Path) -> None:
    buttons = look(home + name).select(".about-snippet button[data-clipboard-text]")
    commands = {button["data-clipboard-text"]: button for button in buttons}
    words, button = next(
        (words, commands[command]) for command in commands if b'"lstm_ref @' in get((words := command.split())[-1])
    )
    assert words[:2] == ["uv", "run"]
    printed = uv("run", "-q", *words[2:], cwd=tmp_path)
    assert printed == button.find_previous(class_="language-text").code.text


def test_a_notebook_opens_and_holds_what_it_printed(home: str) -> None:
    page = look(home + "one-step/")
    notebook = nbformat.reads(get(urljoin(home + "one-step/", page.select_one("a[href$='.ipynb']")["href"])), 4)
    nbformat.validate(notebook)
    outputs = [output.text for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs and [block.text for block in page.select("article .language-text code")] == outputs


def test_the_vectors_tell_a_right_lstm_from_a_wrong_one(home: str, python: str, tmp_path: Path) -> None:
    page = look(home + "vectors/")
    links = {link.text: urljoin(home + "vectors/", link["href"]) for link in page.select("article li a[href]")}
    (tmp_path / "check.py").write_bytes(get(links["check.py"]))
    _, *arguments = command(page, "python check.py")
    cases = json.loads(get(links["lstm-vectors.json"]))["cases"]
    said = run([python, "-I", "-S", *arguments], tmp_path).splitlines()
    assert said == [f"ok {case['name']}" for case in cases]

    ours = [case for case in cases if within_reach(case)]
    assert {case["settings"]["units"] for case in ours} > {1}
    assert all(passes(case, "ifgo") for case in ours)
    assert not any(passes(case, "iofg") for case in ours)  # the order of ONNX


def within_reach(case: dict) -> bool:
    """Is it one for an LSTM that knows tanh, sigmoid and one call, without a mask?"""
    settings, (first, *more) = case["settings"], case["calls"]
    plain = (settings["activation"], settings["recurrent_activation"]) == ("tanh", "sigmoid")
    return plain and not (more or "mask" in first or settings["go_backwards"] or case["name"].startswith("large-z"))


def passes(case: dict, order: str) -> bool:
    """Run a case on the LSTM of tests/oracle.py, with the blocks of the weights in this order."""
    units, (call,), start = case["settings"]["units"], case["calls"], case.get("initial_state", {})
    weights = case["weights"] | {"bias": case["weights"].get("bias", [0] * 4 * units)}
    columns = [range(units * "ifgo".index(gate), units * ("ifgo".index(gate) + 1)) for gate in order]

    def turned(row: list[float]) -> list[float]:
        return [row[column] for block in columns for column in block]

    kernel, recurrent_kernel = ([turned(row) for row in weights[name]] for name in ("kernel", "recurrent_kernel"))
    for b, sample in enumerate(call["x"]):
        states = [start[name][b] if start else () for name in "hc"]
        ran = oracle.scalar_lstm(sample, kernel, recurrent_kernel, turned(weights["bias"]), *states)
        for name in "ifgoch":
            for now, expected in zip(ran[name], call["steps"][name][b], strict=True):
                if not all(abs(p - q) <= case["tolerance"] for p, q in zip(now, expected, strict=True)):
                    return False
    return True


CITED = [
    "questions/units/#units-or-timesteps",
    "sequences/#claim-go-backwards",
    "arguments/#return-sequences",
    "errors/keras-shapes/#expected-ndim-3",
    "gates/#fig-gates-over-time",
]


@pytest.mark.parametrize("address", CITED)
def test_a_pasted_citation_is_a_full_answer(address: str, home: str, python: str, tmp_path: Path) -> None:
    page, name = look(home + address), address.partition("#")[2]
    cited = page.select_one(f".cite #cite-{name}").text
    (tmp_path / "answer.md").write_text(f"I had the same question.\n\n{cited}", encoding="utf-8")
    text = (tmp_path / "answer.md").read_text(encoding="utf-8")
    answer = BeautifulSoup(markdown.markdown(text, extensions=["fenced_code", "tables"]), "html.parser")

    links = [link["href"] for link in answer.select("a[href]")]
    assert home + address in links and "https://creativecommons.org/licenses/by/4.0/" in links
    for link in links:
        assert not link.startswith(home) or get(link), link
    assert all(get(image["src"]).startswith(b"\x89PNG") and image["alt"] for image in answer.select("img"))
    assert answer.img or not name.startswith("fig-")
    said = next(filter(None, (paragraph.get_text(" ", strip=True) for paragraph in answer.find_all("p"))))
    assert len(said) > 20 and said[-1] in ".:"

    if snippet := answer.select_one(".language-python"):
        ast.parse(snippet.text)
        if "lstm_ref" in snippet.text:
            install = next(link["href"] for link in answer.select("a") if link.text == "how to install it")
            assert look(install).find(id=install.partition("#")[2])
            assert command(look(install), "pip install") == command(look(home), "pip install")
            assert run([python, "-c", snippet.text], tmp_path) == answer.select_one(".language-text").text
    else:
        assert answer.img
