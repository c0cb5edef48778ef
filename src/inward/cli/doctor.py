"""Say what is wrong with this installation and how to mend it; retry or give up what is stuck; try the mail.

Looks at settings, places, database, tables, clock, disk, files, mail, workers, queue, log of acts, books, prices. Exit status 1 when
something is ill. Each examination is in ``examining``.
"""

import argparse
import json
import sys

from inward.cli.ready import lacking
from inward.cli.setup import prepare, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward doctor``."""
    parser.add_argument("--settings", action="store_true", help="list every setting, its value and its meaning")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.add_argument("--mail", metavar="ADDRESS", help="send a letter there, to see whether mail works")
    parser.add_argument("--retry", metavar="ID", help="try a stuck task again, or all of them")
    parser.add_argument("--discard", metavar="ID", type=int, help="give a stuck task up for good; say --because")
    parser.add_argument("--because", metavar="REASON", default="", help="why it is given up; kept in the audit")
    parser.add_argument("--yes", action="store_true", help="do not ask before giving up a task")


def run(args: argparse.Namespace) -> int:
    """Look at everything, or do the one act that was asked for; 1 when something is wrong."""
    prepare()
    if args.settings:
        _list_settings()
        return 0
    if args.mail:
        return _try_mail(args.mail)
    if (args.retry is not None or args.discard is not None) and (said := lacking()) is not None:
        say(said)
        return 1
    if args.retry is not None:
        return _retry(args.retry)
    if args.discard is not None:
        return _discard(args)
    return _examine(as_json=args.json)


def _examine(*, as_json: bool) -> int:
    from inward.cli.examining import examined  # needs Django

    findings = list(examined())
    well = all(finding.well for finding in findings)
    if as_json:
        said = [{"name": f.name, "well": f.well, "found": f.found, "mend": f.mend} for f in findings]
        print(json.dumps({"well": well, "findings": said}, ensure_ascii=False, indent=1))
        return 0 if well else 1
    for finding in findings:
        print(f"{'ok   ' if finding.well else 'WRONG'} {finding.name}: {finding.found}")
        if finding.mend and not finding.well:
            print(f"      → {finding.mend}")
    return 0 if well else 1


def _try_mail(address: str) -> int:
    from django.conf import settings
    from django.core.mail import send_mail

    words = f"Mail from Inward at {settings.INWARD_BASE_URL} arrives.\n"
    try:
        send_mail("Inward: mail works", words, None, [address])
    except Exception as error:  # noqa: BLE001 - whatever goes wrong on the way is the answer
        say(f"The letter did not go out: {type(error).__name__}: {error}. See INWARD_MAIL_URL and INWARD_MAIL_FROM.")
        return 1
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        say(f"No mail server is set, so the letter lies in {settings.EMAIL_FILE_PATH}. See INWARD_MAIL_URL.")
    else:
        say(f"{settings.EMAIL_HOST} took the letter. Whether it arrives is seen in the mailbox of {address}.")
    return 0


def _retry(which: str) -> int:
    from inward.cli.refusals import refusals_in_words  # needs Django
    from inward.kit import clock, worker
    from inward.kit.actor import Actor

    if which != "all" and not which.isdecimal():
        say("Say the number of a task, as inward doctor lists it, or all.")
        return 2
    tasks = [task.id for task in worker.stuck()] if which == "all" else [int(which)]
    with refusals_in_words() as outcome:
        for task in tasks:
            worker.retry(by=Actor.system("operator", via="cli"), at=clock.now(), task=task)
        say(f"{len(tasks)} tasks will be tried again as soon as a worker sees them.")
    return outcome.status


def _discard(args: argparse.Namespace) -> int:
    from inward.cli.refusals import refusals_in_words  # needs Django
    from inward.kit import clock, worker
    from inward.kit.actor import Actor

    if not args.because.strip():
        say("Say why it is given up: --because REASON. It is kept in the audit.")
        return 2
    known = {task.id: task for task in worker.stuck()}
    if args.discard in known and not args.yes:
        if not sys.stdin.isatty():
            say(f"{known[args.discard].name} would be given up for good. To do it, say --yes.")
            return 1
        if input(f"Give up {known[args.discard].name} for good? Type yes: ").strip() != "yes":
            say("Nothing was changed.")
            return 1
    with refusals_in_words() as outcome:
        by = Actor.system("operator", via="cli")
        worker.discard(by=by, at=clock.now(), task=args.discard, reason=args.because.strip())
        say(f"Task {args.discard} is given up.")
    return outcome.status


def _list_settings() -> None:
    import os

    from django.conf import settings

    for setting in sorted(settings.INWARD_SETTINGS.values(), key=lambda known: known.name):
        given = os.environ.get(setting.name)
        value = "(set)" if given and setting.secret else given or f"{setting.default} (default)"
        print(f"{setting.name}={value}\n    {setting.meaning}")
