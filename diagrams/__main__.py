"""Command line: `python -m diagrams OUT`."""

import argparse
import sys
from pathlib import Path

from diagrams.build import build


def main() -> int:
    """Read the arguments and draw; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m diagrams", description="Draw all figures into a folder.")
    parser.add_argument(
        "out",
        type=Path,
        help="folder for NAME.svg, NAME.png, NAME.html, NAME.json, NAME.pdf of a sheet, their indexes, figures.css",
    )
    try:
        build(parser.parse_args().out)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
