"""The systems that are run, as systems.yml has them."""

from pathlib import Path
from typing import Any

import yaml

TABLE = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
PACKAGES: dict[str, str] = TABLE["packages"]
INSTALLED_AS: dict[str, str] = TABLE["installed_as"]
BACKENDS: tuple[str, ...] = (*TABLE["backends"],)
SYSTEMS: list[dict[str, Any]] = TABLE["systems"]
READ: list[dict[str, str]] = yaml.safe_load(Path(__file__).with_name("read_systems.yml").read_text(encoding="utf-8"))
