"""Styles and scripts are served lighter than they are written, and mean the same."""

import re

from tests.built import Site
from tests.project import ROOT

ASSETS = ROOT / "docs/assets"
SCRIPTS = sorted(ASSETS.rglob("*.js"))


def nested_templates(source: str) -> list[str]:
    """The template literals that stand within another: what is left once all that hold no other are taken out."""
    source = re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.DOTALL)
    plain = re.sub(r"`(?:\\.|[^`\\$]|\$(?!\{)|\$\{[^`{}]*(?:\{[^`{}]*\}[^`{}]*)*\})*`", "''", source, flags=re.DOTALL)
    return re.findall(r"`[^`]*", plain)


def test_no_template_stands_in_another() -> None:
    """rjsmin takes the inner one for code, and its spaces away."""
    assert nested_templates("a = `b ${c ? `d e` : f} g`")
    assert not nested_templates("a = `b ${c ? 'd' : f({ g })} h` + `i` // don't `")
    assert len(SCRIPTS) > 8
    assert not {str(file): nested for file in SCRIPTS if (nested := nested_templates(file.read_text()))}


def test_what_is_served_is_lighter(site: Site) -> None:
    for file in (*SCRIPTS, *ASSETS.rglob("*.css")):
        served = (site.root / "assets" / file.relative_to(ASSETS)).read_text()
        assert 0 < len(served) < len(file.read_text()), file
