"""The project of three pages: made and built once, and a copy for each test to break."""

import shutil
from pathlib import Path

import pytest

from tests.shared import Host
from tests.sitebuild.project import make_project


@pytest.fixture
def project(host: Host, tmp_path: Path) -> Path:
    return shutil.copytree(host.once("project", make_project), tmp_path / "project")
