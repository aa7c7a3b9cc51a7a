"""Command line: `python -m diagrams OUT`, and with `--cards` the cards of the pages that standard input names."""

import argparse
import json
import sys
from pathlib import Path

from diagrams.build import build, cards


def main() -> int:
    """Read the arguments and draw; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m diagrams", description="Draw all figures into a folder.")
    parser.add_argument("out", type=Path, help="folder for NAME.svg, NAME.png, NAME.html, index.json and figures.css")
    parser.add_argument(
        "--cards", action="store_true", help='draw cards instead: {"NAME": {"title": …, "figure": … or ""}}'
    )
    arguments = parser.parse_args()
    try:
        if arguments.cards:
            cards(json.load(sys.stdin), arguments.out)
        else:
            build(arguments.out)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
