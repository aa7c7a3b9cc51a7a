"""What the experiments recorded. Figures draw it; they train nothing themselves, and read nothing else of docs/."""

import json
from pathlib import Path
from typing import Any

EXPERIMENTS = Path(__file__).parent.parent / "docs/evidence/experiments"


def outcomes(name: str) -> dict[str, Any]:
    """Return what an experiment found under each of its conditions.

    >>> sorted(outcomes("who_holds_what"))
    ['flip_flops-2', 'flip_flops-3', 'flip_flops-4', 'ran']
    """
    facts: dict[str, Any] = json.loads((EXPERIMENTS / f"{name}.json").read_text(encoding="utf-8"))["facts"]
    return facts
