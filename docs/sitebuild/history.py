"""On which day a file last changed, by the commits."""

import subprocess
from collections.abc import Iterable
from pathlib import Path


class History:
    """Reads the log once; where there is none, every day is ""."""

    def __init__(self, root: Path) -> None:
        command = ["git", "-c", "core.quotePath=off", "log", "--format=%x00%cs", "--name-only", "--diff-merges=first-parent", "--relative"]
        try:
            log = subprocess.run(command, cwd=root, capture_output=True, text=True).stdout
        except FileNotFoundError:
            log = ""
        self.days: dict[str, str] = {}
        for commit in log.split("\0")[1:]:
            day, *names = commit.split()
            for name in names:
                self.days[name] = max(day, self.days.get(name, ""))

    def last_change(self, paths: Iterable[str]) -> str:
        """Return the last day on which one of these files, or what is in one of these folders, changed."""
        wanted = tuple(paths)
        inside = tuple(f"{path}/" for path in wanted)
        return max((day for name, day in self.days.items() if name in wanted or name.startswith(inside)), default="")
