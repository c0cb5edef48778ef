"""Load the named world into a database of its own and serve it on this machine: shops, departments, a year of dealings.

Everything shown comes from the working system. Started again it keeps its data; --reset starts over.
"""

import argparse
import errno
import os
import shutil
import time
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import DatabaseError

from inward.cli.ready import behind
from inward.cli.serve import free_port, serve, shown_host
from inward.cli.setup import Working, prepare, say
from inward.kit import clock

SMALLEST = 40
FIRST_DAY = "today"
"""The file that keeps on which day the demo begins, and to which starting over goes back."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward demo``."""
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default: 8000)")
    parser.add_argument("--no-serve", action="store_true", help="stop after loading")
    parser.add_argument("--people", type=int, default=300, help=f"how many people (default: 300, at least {SMALLEST})")
    parser.add_argument("--as-of", type=date.fromisoformat, help="show the world as on this day (YYYY-MM-DD)")
    parser.add_argument("--reset", action="store_true", help="start over: forget what was done in the demo")


def run(args: argparse.Namespace) -> int:
    """Make the demo's own folder and database, load what is missing, then serve."""
    try:
        return _run(args)
    except (OSError, DatabaseError) as error:
        if (said := _lacking(error, _folder())) is None:
            raise
        say(f"inward demo: {said}")
        return 1


def _run(args: argparse.Namespace) -> int:
    if args.people < SMALLEST:
        say(f"inward demo: the story alone needs {SMALLEST} people")
        return 2
    folder = _folder()
    quick = args.reset and _fits(folder, args)
    if not quick and (args.reset or _interrupted(folder)):
        _forget(folder)
    if (other := _other_day(folder, args.as_of)) is not None:
        say(
            f"inward demo: this demo begins on {other}; to see {args.as_of}: ./inward demo --reset --as-of {args.as_of}"
        )
        return 1
    port = args.port if args.no_serve else free_port("127.0.0.1", args.port)
    if port is None:
        say(f"inward demo: no free port from {args.port} on; give another with --port")
        return 1
    if port != args.port:
        say(f"Port {args.port} is taken; using {port}.")
    address = f"http://{shown_host('127.0.0.1')}:{port}"
    _own_settings(folder, address, args.as_of)
    prepare()
    if quick:
        _back_to_start()
    _load(folder, args.people)
    if not args.no_serve:
        serve(host="127.0.0.1", port=port, workers=1, told=_told(address))
    return 0


def _lacking(error: Exception, folder: Path) -> str | None:
    """One sentence on what this machine lacks, with the command that mends it; None where it is something else."""
    elsewhere = "INWARD_DATA=/another/folder ./inward demo"
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in str(error)
    if full:
        return f"the disk is full at {folder}; free some of it and start again, or run: {elsewhere}"
    if isinstance(error, PermissionError | NotADirectoryError | FileExistsError) or (
        getattr(error, "errno", None) == errno.EROFS or "readonly database" in str(error)
    ):
        return f"{folder} cannot be written; run: {elsewhere}"
    return None


def _folder() -> Path:
    """Where the demo lives: beside the data, never in the program's folder."""
    home = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    return Path(os.environ.get("INWARD_DATA") or home / "inward" / "demo").expanduser()


def _forget(folder: Path) -> None:
    """Remove the demo's files, and only in a folder that a demo made. The folder stays: it may be a disk of its own."""
    mark = folder / "demo"
    if not mark.exists():
        return
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry != mark:
            entry.unlink()
    mark.unlink()  # last: what is left of a broken-off removal is still known as a demo's


def _interrupted(folder: Path) -> bool:
    """Whether a first start was broken off here before all was loaded: half a world is loaded again from the start."""
    return (folder / "demo").exists() and not (folder / "loaded").exists()


def _fits(folder: Path, args: argparse.Namespace) -> bool:
    """Whether starting over needs no loading: there is a snapshot, as large, and of the day asked for if one was."""
    try:
        people = (folder / "loaded").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    there = (folder / "snapshot" / "inward.sqlite3").exists()
    return there and people == str(args.people) and _other_day(folder, args.as_of) is None


def _other_day(folder: Path, as_of: date | None) -> str | None:
    """The day on which the demo kept here begins, where another was asked for."""
    try:
        first = (folder / FIRST_DAY).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return None if as_of is None or first == as_of.isoformat() else first


def _own_settings(folder: Path, address: str, as_of: date | None) -> None:
    """The demo has its own database, secrets and clock; the variables of a real installation do not reach it.

    Its first day is the one on which it is loaded (or ``as_of``): yesterday is the last day of its history. From then on
    its days pass with the real ones; only starting over brings the first day back.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo").touch()
    os.environ["INWARD_DATA"] = str(folder)
    os.environ["INWARD_DEMO"] = "yes"
    os.environ["INWARD_BASE_URL"] = address
    os.environ["INWARD_RECORDS_LANGUAGE"] = "en"
    os.environ.setdefault("INWARD_DATABASE_URL", f"sqlite://{folder / 'inward.sqlite3'}")
    os.environ.setdefault("INWARD_TIME_ZONE", _zone())
    os.environ.pop("INWARD_TODAY", None)
    day = folder / FIRST_DAY
    if not day.exists():
        first = clock.utc_day() if as_of is None else as_of
        day.write_text(first.isoformat(), encoding="utf-8")
        clock.set_day(folder / "clock", first)


def _zone() -> str:
    """The machine's time zone, so that the demo's times are those on the wall; UTC where it has none that is known."""
    linked = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    named = next((name for name in (os.environ.get("TZ", "").removeprefix(":"), linked) if name), "UTC")
    try:
        return ZoneInfo(named).key
    except (KeyError, ValueError, OSError):  # a zone that no list knows, or a name that is none
        return "UTC"


def _back_to_start() -> None:
    from inward.demo import snapshot  # needs Django

    began = time.monotonic()
    snapshot.bring_back()
    say(f"  back to the start in {time.monotonic() - began:.1f} s")


def _load(folder: Path, people: int) -> None:
    """Bring tables and data up, in numbered steps; what is there already is left alone."""
    from inward.cli.migrate import migrate  # needs Django
    from inward.demo import snapshot
    from inward.demo.loading import Step, load

    steps: list[tuple[str, Step]] = []
    if behind():
        steps.append(("making the tables", lambda _progress: migrate()))
    fresh = not (folder / "loaded").exists()
    if fresh:
        steps += [*load(people=people, password=_password()), ("keeping this start", lambda _progress: snapshot.take())]
    for number, (name, act) in enumerate(steps, 1):
        with Working(f"{number}/{len(steps)}  {name}") as working:
            act(working.at)
    if fresh:
        (folder / "loaded").write_text(str(people), encoding="utf-8")


def _password() -> str:
    """One password for every sign-in of the demo, made when it is first started."""
    from django.conf import settings

    return str(settings.INWARD_DEMO_PASSWORD)


def _told(address: str) -> str:
    """At most eight lines: where it is, who to be, how to stop and start over."""
    from inward.demo.loading import SIGN_INS

    return f"""
Inward shows the JKL world at  {address}
Step into someone's shoes there with one click; or sign in as
  {", ".join(name for name, _who in SIGN_INS)}
  each with the password  {_password()}
Stop:         Ctrl-C
Start again:  ./inward demo
Start over:   ./inward demo --reset"""
