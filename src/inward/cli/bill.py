"""Charge what runs on: every subscription and cover whose period has begun. It may be stopped and started again at any point."""

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward bill``."""
    parser.add_argument("--company", help="only what this company supplies, by its code")


def run(args: argparse.Namespace) -> int:
    """Charge what is due, and say how much that was. 1 when something could not be charged."""
    from inward.cli.ready import prepare_with_tables

    prepare_with_tables()
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.parties import queries as parties
    from inward.trade import operations

    if args.company is not None and args.company not in parties.world().company:
        print(f"No company is called {args.company}.", file=sys.stderr)
        return 2
    done = operations.bill_running(by=Actor.system("bill", via="cli"), at=clock.now(), company=args.company)
    print(f"{done.charges} charges, {done.corrections} corrections, {done.held} held")
    return 1 if done.held else 0
