"""What all benchmarks have in common on the command line: a short form, and saying what they lack."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

#: exit code of a benchmark that lacks what it needs, as in Automake
LACKING = 77


def parser(description: str | None) -> argparse.ArgumentParser:
    """A parser whose help is the script's own description."""
    return argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def options(parser: argparse.ArgumentParser, **short: object) -> argparse.Namespace:
    """What was asked for on the command line.

    Args:
        parser: knows the benchmark's own options.
        short: what `--short` takes for them, unless they are given as well: some seconds of everything, to see
            that it runs.
    """
    parser.add_argument(
        "--short", action="store_true", help="only see that it runs, in seconds: the figures mean nothing"
    )
    if parser.parse_known_args()[0].short:
        parser.set_defaults(**short)
    return parser.parse_args()


def need(*tools: str | Path) -> None:
    """End when a program, or a file, is not here; it is named."""
    for tool in tools:
        if not (tool.exists() if isinstance(tool, Path) else shutil.which(tool)):
            print(f"{tool} is not installed", file=sys.stderr)
            raise SystemExit(LACKING)
