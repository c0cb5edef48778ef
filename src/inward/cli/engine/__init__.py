"""Decide without a database: control, standing, quote, benefit, clock and spread. JSON lines in, one JSON line out for each, in order.

A line that cannot be answered gives {"error": …} and the next one is read; then the exit status is 1 at the end.
"""

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from inward.cli.engine.lines import ANSWERS, Engine
from inward.cli.engine.progress import Progress

LANGUAGES = ("en", "nb", "it", "id")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to decide, from where, in which language."""
    parser.add_argument("question", choices=sorted(ANSWERS), help="what each line asks")
    parser.add_argument("file", nargs="?", metavar="FILE", help="JSON lines; standard input if left out")
    parser.add_argument("--lang", choices=LANGUAGES, default="en", help="the language of the reasons (default: en)")
    parser.add_argument("--explain", action="store_true", help="clock: tell why, stretch by stretch")
    parser.add_argument("--progress", action="store_true", help="show how far it is, on standard error")


def run(args: argparse.Namespace) -> int:
    """Answer every line. 0 when all were answered, 1 when some were refused or the file cannot be read, 2 for wrong use."""
    if args.explain and args.question != "clock":
        print(f"inward engine: --explain is for clock; {args.question} tells its reasons anyway", file=sys.stderr)
        return 2
    try:
        lines, size = _opened(args.file)
    except OSError as error:
        print(f"inward engine: {args.file}: {error.strerror}", file=sys.stderr)
        return 1
    engine = Engine(args.question, args.lang, explain=args.explain)
    with lines as source, Progress(size, shown=args.progress) as progress:
        for line in source:
            answer = engine.answered(line)
            if answer is not None:
                sys.stdout.buffer.write(answer)
                sys.stdout.buffer.flush()  # whoever asks line by line waits for this one
            progress.advance(len(line))
    return 1 if engine.refused else 0


def _opened(file: str | None) -> tuple[AbstractContextManager[BinaryIO], int | None]:
    """The lines to read, and how many bytes they are if that can be known."""
    if file is None or file == "-":
        return nullcontext(sys.stdin.buffer), None
    path = Path(file)
    return path.open("rb"), path.stat().st_size
