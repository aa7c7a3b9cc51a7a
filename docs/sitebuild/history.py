"""On which day a file last changed, by the commits."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

LOG = "git -c core.quotePath=off log --format=%x00%cs --name-only --diff-merges=first-parent --relative"


class History:
    """Reads the log once; where there is none, every day is ""."""

    def __init__(self, root: Path) -> None:
        done = subprocess.run(LOG, cwd=root, shell=True, capture_output=True, text=True)  # where there is no git, too
        self.days: dict[str, str] = {}
        for day, *names in (commit.split() for commit in done.stdout.split("\0")[1:]):
            self.days |= {name: max(day, self.days.get(name, "")) for name in names}

    def last_change(self, paths: Iterable[str]) -> str:
        """Return the last day on which one of these files, or what is in one of these folders, changed."""
        inside = tuple(f"{path}/" for path in paths)
        return max((day for name, day in self.days.items() if f"{name}/".startswith(inside)), default="")
