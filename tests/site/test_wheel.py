"""The wheel of lstm_ref that the site serves: it is the library, and its address is enough to install it."""

import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

from packaging.metadata import Metadata

from tests.built import Site
from tests.elsewhere import get, run
from tests.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WHEEL = f"wheels/lstm_ref-{PROJECT['version']}-py3-none-any.whl"


def test_the_wheel_holds_the_library_and_nothing_else(site: Site) -> None:
    with zipfile.ZipFile(BytesIO(get(site.url + WHEEL))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    info = f"lstm_ref-{PROJECT['version']}.dist-info"
    described = Metadata.from_email(held[f"{info}/METADATA"])
    assert (described.name, str(described.version)) == ("lstm_ref", PROJECT["version"])
    assert [str(each) for each in described.requires_dist] == PROJECT["dependencies"]
    assert (str(described.requires_python), described.license_expression) == (PROJECT["requires-python"], "MIT")
    assert (described.summary, described.description_content_type) == (PROJECT["description"], "text/markdown")
    assert described.description.strip() == PROJECT["readme"]["text"].strip()
    assert described.project_urls == {"Documentation": site.url}
    assert held[f"{info}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "lstm_ref").iterdir() if path.is_file()}
    assert {name: data for name, data in held.items() if ".dist-info/" not in name} == {
        name: path.read_bytes() for name, path in files.items()
    }


def test_pip_installs_the_wheel_by_its_address(python: str, tmp_path: Path) -> None:
    """With the command of the first page, which the next test reads."""
    code = "import lstm_ref, sys; print(lstm_ref.__version__, lstm_ref.__file__.startswith(sys.prefix))"
    assert run([python, "-c", code], tmp_path).split() == [PROJECT["version"], "True"]


def test_the_pages_that_say_how_to_install_it_name_its_address(site: Site) -> None:
    for name in ("", "reference/"):
        blocks = [block.text.strip() for block in site.page(name).soup.select(".language-sh code")]
        assert [block for block in blocks if block.startswith("pip")] == [f"pip install {site.url}{WHEEL}"]
