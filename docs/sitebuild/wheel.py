"""The wheel of lstm_ref, built from the tree as it is: no network, nothing but the setuptools that is installed."""

import hashlib
import os
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

BUILD = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"


def name(root: Path) -> str:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['name']}-{project['version']}-py3-none-any.whl"


def build(root: Path, home: str) -> bytes:
    """Return the wheel, with the address of the site in it; build it only when what goes into it changed."""
    parts = [root / "pyproject.toml", root / "LICENSE", *sorted((root / "lstm_ref").glob("*.*"))]
    made_with = [home, version("setuptools"), os.environ.get("SOURCE_DATE_EPOCH")]
    inputs = [*made_with, *((part.name, part.read_bytes()) for part in parts)]
    kept = root.resolve() / f".cache/wheels/{hashlib.sha256(repr(inputs).encode()).hexdigest()}.whl"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=kept.parent) as copy:  # setuptools leaves its own things where it builds
            Path(copy, "lstm_ref").mkdir()
            for part in parts:
                shutil.copy2(part, Path(copy, part.relative_to(root)).parent)
            with Path(copy, "pyproject.toml").open("a", encoding="utf-8") as project:
                project.write(f'\n[project.urls]\nDocumentation = "{home}"\n')
            command = [sys.executable, "-c", BUILD, copy]
            done = subprocess.run(command, cwd=copy, capture_output=True, encoding="utf-8", errors="replace")
            if done.returncode:
                raise RuntimeError(f"The wheel of lstm_ref could not be built:\n{done.stderr.strip()[-2000:]}")
            Path(copy, name(root)).replace(kept)
    return kept.read_bytes()
