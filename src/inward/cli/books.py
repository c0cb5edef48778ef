"""Open the books of a company, close or open a month, set above which total orders need approval. For operators.

The controller does the same days' work in the browser; this is what must be there before the first order can be posted.
"""

import argparse
from datetime import date, datetime

from inward.cli.ready import prepare_with_tables
from inward.cli.setup import say
from inward.core.terms import Money
from inward.core.terms.money import as_currency


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward books``."""
    acts = parser.add_subparsers(dest="act", required=True)
    begin = acts.add_parser("begin", help="open the books of a company, with the usual chart of accounts")
    begin.add_argument("company", help="code of the company")
    begin.add_argument("currency", type=as_currency, help="what its books are kept in, such as EUR")
    for act, help_ in (("close", "close a month: no more postings"), ("open", "open a closed month again")):
        month = acts.add_parser(act, help=help_)
        month.add_argument("company")
        month.add_argument("month", type=_month, help="such as 2026-11")
    limit = acts.add_parser("limit", help="above which total orders for a party need a budget holder")
    limit.add_argument("party", help="code of a company or department; it holds for what is below it as well")
    limit.add_argument("amount", help="such as 500, or none to lift the limit")
    limit.add_argument("currency", type=as_currency, nargs="?", default="EUR")


def run(args: argparse.Namespace) -> int:
    """Do one act; refusals are said in words."""
    prepare_with_tables()
    from inward.cli.refusals import refusals_in_words  # needs Django

    with refusals_in_words() as outcome:
        say(_ACTS[args.act](args))
    return outcome.status


def _begin(args: argparse.Namespace) -> str:
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.ledger import operations

    by = Actor.system("operator", via="cli")
    operations.open_books(by=by, at=clock.now(), company=args.company, currency=args.currency)
    return f"The books of {args.company} are open, in {args.currency}."


def _set_month(args: argparse.Namespace) -> str:
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.ledger import operations

    act = operations.close_period if args.act == "close" else operations.open_period
    act(by=Actor.system("operator", via="cli"), at=clock.now(), company=args.company, month=args.month)
    return f"{args.month:%Y-%m} of {args.company} is {'closed' if args.act == 'close' else 'open'}."


def _limit(args: argparse.Namespace) -> str:
    from inward.kit import clock
    from inward.kit.actor import Actor
    from inward.trade import operations

    limit = _amount(args.amount, args.currency)
    operations.set_approval_limit(by=Actor.system("operator", via="cli"), at=clock.now(), party=args.party, limit=limit)
    return f"Orders for {args.party} " + ("need no approval." if limit is None else f"above {limit} need approval.")


def _amount(text: str, currency: str) -> Money | None:
    try:
        return None if text == "none" else Money.of(text, as_currency(currency))
    except ValueError:
        say(f"{text!r} is no amount in {currency}; nothing was changed.")
        raise SystemExit(2) from None


def _month(text: str) -> date:
    """The first day of a month written 2026-11."""
    return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone


_ACTS = {"begin": _begin, "close": _set_month, "open": _set_month, "limit": _limit}
