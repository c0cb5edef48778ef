"""Say what in the records is likely wrong: every check with its number, or what one of them finds."""

import argparse
import json

from inward.cli.ready import prepare_with_tables
from inward.cli.setup import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward quality``."""
    parser.add_argument("check", nargs="?", default="", help="what this check finds, a line for each record")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace) -> int:
    """Print the board, or a check; 1 when there is no such check."""
    prepare_with_tables()
    from inward.kit.policy import NotThere

    try:
        lines = _found(args.check) if args.check else _counted()
    except NotThere:
        from inward.parties import quality

        say(f"there is no check {args.check}; there are {', '.join(quality.checks())}")
        return 1
    if args.json:
        print(json.dumps(lines, ensure_ascii=False, indent=1))
        return 0
    for line in lines:
        print(*line.values(), sep="\t")
    return 0


def _counted() -> list[dict[str, object]]:
    from inward.kit import clock, vocabularies
    from inward.kit.actor import Actor
    from inward.parties import quality

    found = quality.counts(viewer=Actor.system("quality", via="cli"), at=clock.now())
    return [
        {
            "check": each.check,
            "findings": each.findings,
            "text": vocabularies.label("check", each.check, "en"),
        }
        for each in found
    ]


def _found(check: str) -> list[dict[str, object]]:
    """Everything a check finds, page by page."""
    from inward.kit import clock, vocabularies
    from inward.kit.actor import Actor
    from inward.parties import quality

    viewer, at, cursor, lines = Actor.system("quality", via="cli"), clock.now(), "", list[dict[str, object]]()
    while True:
        page = quality.findings(viewer=viewer, at=at, check=check, params={"cursor": cursor, "limit": "100"})
        lines += [
            {
                "key": str(each.key),
                "thing": each.mend.thing,
                "code": each.mend.code,
                "text": vocabularies.text(each.reason, "en"),
            }
            for each in page.rows
        ]
        if page.next_cursor is None:
            return lines
        cursor = page.next_cursor
