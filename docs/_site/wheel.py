"""The wheel of lstm_ref, built from the tree as it is: no network, nothing but the setuptools that is installed."""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

PARTS = ("pyproject.toml", "LICENSE")
BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"


def name(root: Path) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['name']}-{project['version']}-py3-none-any.whl"


def build(root: Path, home: str) -> bytes:
    """Return the wheel, with the address of the site in it, or say why there is none."""
    with tempfile.TemporaryDirectory() as copy:  # setuptools leaves its own things where it builds
        for part in PARTS:
            shutil.copy2(root / part, copy)
        with Path(copy, "pyproject.toml").open("a", encoding="utf-8") as project:
            project.write(f'\n[project.urls]\nDocumentation = "{home}"\n')
        shutil.copytree(root / "lstm_ref", Path(copy, "lstm_ref"))
        command = [sys.executable, "-c", BUILD, copy]
        done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode:
            raise RuntimeError(f"The wheel of lstm_ref could not be built:\n{done.stderr.strip()[-2000:]}")
        return Path(copy, name(root)).read_bytes()
