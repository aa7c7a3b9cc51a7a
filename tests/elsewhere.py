"""Export: a machine that can read the site's addresses and has no repository."""

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from uv import find_uv_bin

CACHE = Path(__file__).parent.parent / ".cache/packages"  # several gigabytes with the frameworks


def get(address: str) -> bytes:
    with urlopen(address) as response:
        return response.read()


def attempt(command: list[str], cwd: Path, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run a command without the settings that would lead to the repository."""
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV", "UV_"))}
    return subprocess.run(command, cwd=cwd, input=stdin, env=env | settings, capture_output=True, encoding="utf-8")


def run(command: list[str], cwd: Path, **settings: str) -> str:
    done = attempt(command, cwd, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def uv(*arguments: str, cwd: Path, **settings: str) -> str:
    settings |= {"UV_CACHE_DIR": str(CACHE), "UV_NO_CONFIG": "1", "UV_LINK_MODE": "hardlink"} | registries_of_pip()
    command = 2 if arguments[0] == "pip" else 1  # options go before the script, or they are its arguments
    refresh = ("--refresh-package", "lstm_ref")
    return run([find_uv_bin(), *arguments[:command], *refresh, *arguments[command:]], cwd, **settings)


def registries_of_pip() -> dict[str, str]:
    """Tell uv about the registries that pip knows, all equal as they are to pip."""
    told = run([sys.executable, "-m", "pip", "config", "list"], Path.cwd())
    known = dict(re.findall(r"^(?:global|install|:env:)\.([\w-]+)='(.*)'$", told, re.MULTILINE))
    names = {"index-url": "UV_DEFAULT_INDEX", "extra-index-url": "UV_INDEX", "find-links": "UV_FIND_LINKS"}
    return {names[key]: value for key, value in known.items() if key in names} | {
        "UV_INDEX_STRATEGY": "unsafe-best-match"
    }


def environment(folder: Path, *requirements: str) -> str:
    """Make a fresh environment with these requirements and nothing else; return its interpreter."""
    uv("venv", "-q", "--python", sys.executable, str(folder), cwd=folder.parent)
    python = str(folder / "bin/python")
    uv("pip", "install", "-q", "--python", python, *requirements, cwd=folder.parent)
    return python
