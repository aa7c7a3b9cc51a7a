"""A reader's own Python."""

import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.built import Site
from tests.elsewhere import get, run
from tests.shared import Host


@pytest.fixture(scope="session")
def python(site: Site, host: Host) -> str:
    """A fresh environment, after the one command that the first page names."""
    commands = BeautifulSoup(get(site.url), "html.parser").select(".language-sh code")
    install = next(each.text for each in commands if each.text.startswith("pip install")).split()

    def make(folder: Path) -> None:
        run([sys.executable, "-m", "venv", str(folder)], host.folder)
        run([str(folder / "bin/python"), "-m", *install, "-q", "--disable-pip-version-check"], host.folder)

    return str(host.once("reader", make) / "bin/python")
