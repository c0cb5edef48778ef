"""Start a worker: it hands out announcements and runs scheduled jobs until it is told to stop."""

import argparse
import signal
import threading
from types import FrameType


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward work``."""
    parser.add_argument("--once", action="store_true", help="do what is due now, recurring jobs among it, then end")


def run(args: argparse.Namespace) -> int:
    """Work until SIGINT or SIGTERM; what is in hand is finished first."""
    from inward.cli.ready import prepare_with_tables

    prepare_with_tables()
    from inward.kit import worker

    if args.once:
        print(f"{worker.once()} tasks done")
        return 0
    stop = threading.Event()

    def finish(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    worker.run(stop)
    return 0
