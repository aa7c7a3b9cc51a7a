"""What is written of a topic into TOPIC.json."""

import json
import platform
import re
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from docs.sitebuild.records import ran_with
from docs.sitebuild.systems import INSTALLED_AS, PACKAGES


def record(folder: Path, topic: str, facts: Any) -> dict[str, Any]:
    """Return facts with when and where they were recorded: versions without the build that one may name."""
    ran = ran_with(facts, topic) | {"numpy"}
    recorded: dict[str, Any] = {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "versions": {
            name: version(INSTALLED_AS.get(name, name)).partition("+")[0]
            for name in (*PACKAGES, "numpy")
            if name in ran
        },
    }
    if sources := digests(folder, topic):
        recorded["sources"] = sources
    return {"topic": topic, "recorded": recorded, "facts": facts}


def digests(folder: Path, topic: str) -> dict[str, str]:
    """Return a digest of each snippet of a topic: a record holds for the source that was run."""
    files = sorted((folder / "snippets" / topic).glob("*.py"))
    return {file.stem: sha256(file.read_bytes()).hexdigest()[:12] for file in files}


def as_text(recorded: Any) -> str:
    """Return JSON with one line for each list that fits on it."""

    def fitted(found: re.Match[str]) -> str:
        line = re.sub(r"\n\s*", " ", found[1]).strip()
        return f"[{line}]" if len(line) < 100 else found[0]

    text = json.dumps(recorded, ensure_ascii=False, allow_nan=False, indent=1)
    return re.sub(r"\[(\n[^\[\]{}]*)\]", fitted, text) + "\n"  # in a string no line breaks
