"""``inward COMMAND``: finds the command's module, reads its arguments and runs it. Imports nothing else first.

Each command is a module beside this one with ``add_arguments(parser)`` and ``run(args) -> int``. Exit status: 0 done,
1 the input was refused (message on stderr, nothing written), 2 wrong usage.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple

from inward import __version__


class Command(NamedTuple):
    """A command as the help lists it."""

    name: str
    group: str
    summary: str


COMMANDS = (
    Command("demo", "Try it", "load the named world into a database of its own and serve it on this machine"),
    Command("test", "Try it", "run the whole test suite of a checkout"),
    Command("init", "Run it", "set up a new installation: settings, database, the first data administrator"),
    Command("serve", "Run it", "start the web server and the worker"),
    Command("work", "Run it", "start a worker alone: reactions and scheduled jobs"),
    Command("bill", "Run it", "charge subscriptions and covers whose period has begun; safe to repeat"),
    Command("parts", "Run it", "order the parts of standing orders that are due; safe to repeat"),
    Command("migrate", "Run it", "bring the database to this version's tables"),
    Command("backup", "Run it", "write all tables and files of one moment into one file, while the house works"),
    Command("restore", "Run it", "bring a backup back, on either database; all of it or nothing"),
    Command("move", "Run it", "move the whole site to another database, such as from SQLite to PostgreSQL"),
    Command("user", "Run it", "invite people to sign in, give roles, set a password, make a token, lock"),
    Command("books", "Run it", "open the books of a company, close a month, set approval limits"),
    Command("doctor", "Run it", "say what is wrong and how to mend it"),
    Command(
        "load", "Data", "bring in a world directory, people, a catalogue, a public register; check first, then write"
    ),
    Command("export", "Data", "write a world directory, tables for analysis, or a numbered journal of the books"),
    Command("quality", "Data", "say what in the records is likely wrong"),
    Command(
        "engine", "Decide without a database", "control, standing, quote, benefit, clock, spread: JSON lines in and out"
    ),
    Command("bench", "Measure", "time orders, quotes and pages on this machine"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] in ("-h", "--help", "help"):
        print(_help())
        return 0 if words else 2
    if words[0] in ("-V", "--version"):
        print(f"inward {__version__}")
        return 0
    known = {command.name: command for command in COMMANDS}
    if words[0] not in known:
        print(f"inward: there is no command {words[0]!r}; inward --help lists them", file=sys.stderr)
        return 2
    return _run(known[words[0]], words[1:])


def _run(command: Command, words: Sequence[str]) -> int:
    module = importlib.import_module(f"inward.cli.{command.name}")
    parser = argparse.ArgumentParser(prog=f"inward {command.name}", description=(module.__doc__ or "").split("\n\n")[0])
    module.add_arguments(parser)
    try:
        status: int = module.run(parser.parse_args(words))
    except BrokenPipeError:
        # The reader went away (``| head``): nothing more to say, and no traceback on closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 1
    except KeyboardInterrupt:
        status = 130
    return status


def _help() -> str:
    """All commands in groups, one line each."""
    width = max(len(command.name) for command in COMMANDS)
    lines = ["usage: inward COMMAND [--help] …", ""]
    for group in dict.fromkeys(command.group for command in COMMANDS):
        lines.append(group)
        lines += [f"  {c.name:<{width}}  {c.summary}" for c in COMMANDS if c.group == group]
        lines.append("")
    return "\n".join([*lines, "inward --version prints the version."])


if __name__ == "__main__":
    sys.exit(main())
