"""Order the parts of standing orders that are due. It may be stopped and started again at any point."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward parts``: none."""


def run(args: argparse.Namespace) -> int:
    """Order what is due, and say how much that was. 1 when something could not be ordered."""
    from inward.cli.ready import prepare_with_tables

    prepare_with_tables()
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.trade import operations

    done = operations.draw_due(by=Actor.system("parts", via="cli"), at=clock.now())
    print(f"{done.parts} parts, {done.held} held, {done.ended} ended")
    return 1 if done.held else 0
