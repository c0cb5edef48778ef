"""Bring in data: a world directory, a file of people or a catalogue. Everything is checked before anything is written.

All or nothing, unless --good-rows; every refused row is reported with file, line, column and reason.
"""

import argparse
from pathlib import Path

from inward.cli.setup import Progress, prepare, say

KINDS = ("world", "people", "catalogue")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward load``."""
    parser.add_argument("path", type=Path, help="a file, or a directory of CSV files")
    parser.add_argument("--as", dest="kind", choices=KINDS, help="what it is (default: told from the files' names)")
    parser.add_argument("--mapping", type=Path, help="JSON file that says which of their columns is which of ours")
    parser.add_argument("--dry-run", action="store_true", help="check and report; write nothing")
    parser.add_argument("--good-rows", action="store_true", help="write the rows that are right, report the others")
    parser.add_argument("--lang", default="en", help="language of the report")


def run(args: argparse.Namespace) -> int:
    """Load and print the report; 1 when a row was refused and nothing (or not all) was written."""
    if not args.path.exists():
        say(f"{args.path}: there is no such file or directory")
        return 1
    prepare()
    from inward.cli.loading import load

    progress = Progress(f"Reading {args.path.name}", total=1)
    outcome = load(args, progress.at)
    progress.end()
    for line in outcome.lines:
        print(line)
    return outcome.status
