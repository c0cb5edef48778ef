"""Run the whole test suite of a checkout, as ``./inward test`` does after installing the test tools."""

import argparse
import subprocess
import sys
from pathlib import Path

from inward.cli.setup import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward test``: whatever pytest takes."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to pytest")


def run(args: argparse.Namespace) -> int:
    """Run the suite; an installed package without a checkout has none."""
    root = Path(__file__).resolve().parents[3]
    suite = root / "tests" / "run.py"
    if not suite.exists():
        say("The tests come with a checkout of the source, not with the installed package.")
        return 2
    return subprocess.call([sys.executable, str(suite), *args.arguments], cwd=root)
