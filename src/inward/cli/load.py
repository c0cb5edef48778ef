"""Bring in data: a world directory, a file of people, a catalogue, rules on taxable benefit, net pay, exchange rates, open cases, counts of
items, variants, budgets, what was handed over, or a file of a public register.

What is one's own is checked before anything is written: all or nothing, unless --good-rows. What a register says is put on a
shelf as it says it, and the world takes what it tells of companies that are known. Every refused row is reported with file,
line, column and reason.
"""

import argparse
from pathlib import Path

from inward.cli.ready import prepare_with_tables
from inward.cli.setup import Progress, say

KINDS = ("world", "people", "catalogue")
REGISTERS = ("gleif", "psc", "bods", "exhibit21")
BENEFIT_RULES = "benefit-rules"
NET_PAY = "net-pay"
RATES = "rates"
CASES = "cases"
ROWS = ("budgets", "hand-overs", "stock", "variants")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward load``."""
    parser.add_argument("path", type=Path, help="a file, or a directory of CSV files")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=(*KINDS, BENEFIT_RULES, NET_PAY, RATES, CASES, *ROWS, *REGISTERS),
        help="what it is (default: told from the files' names)",
    )
    parser.add_argument("--mapping", type=Path, help="JSON file that says which of their columns is which of ours")
    parser.add_argument("--dry-run", action="store_true", help="check and report; write nothing")
    parser.add_argument("--good-rows", action="store_true", help="write the rows that are right, report the others")
    parser.add_argument(
        "--new-companies", action="store_true", help="of a register: take in what is tied to known ones"
    )
    parser.add_argument("--filer", default="", help="of exhibit21: the code of the company whose list it is")
    parser.add_argument("--rate-source", default="ECB", help="of rates: who published them, where no row says so")
    parser.add_argument("--base", default="EUR", help="of rates with a column for each currency: the publisher's own")
    parser.add_argument(
        "--take-back", action="store_true", help="of benefit-rules: undo the loading of exactly this file"
    )
    parser.add_argument("--lang", default="en", help="language of the report")


def run(args: argparse.Namespace) -> int:
    """Load and print the report; 1 when a row was refused and nothing (or not all) was written."""
    if not args.path.exists():
        say(f"{args.path}: there is no such file or directory")
        return 1
    prepare_with_tables()
    if args.kind in REGISTERS:
        from inward.cli.loading_registers import load
    elif args.kind == BENEFIT_RULES:
        from inward.cli.loading_benefits import load
    elif args.kind == NET_PAY:
        from inward.cli.loading_netpay import load
    elif args.kind == RATES:
        from inward.cli.loading_rates import load
    elif args.kind == CASES:
        from inward.cli.loading_cases import load
    elif args.kind in ROWS:
        from inward.cli.loading_rows import load
    else:
        from inward.cli.loading import load

    progress = Progress(f"Reading {args.path.name}", total=1)
    outcome = load(args, progress.at)
    progress.end()
    for line in outcome.lines:
        print(line)
    return outcome.status
