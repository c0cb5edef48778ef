"""Load the named world into a database of its own and serve it on this machine: shops, departments, a year of dealings.

Everything shown comes from the working system. Started again it keeps its data; --reset starts over.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from inward.cli.serve import free_port, serve, shown_host
from inward.cli.setup import Progress, prepare, say

SMALLEST = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward demo``."""
    parser.add_argument("--port", type=int, default=8000, help="first port to try (default: 8000)")
    parser.add_argument("--no-serve", action="store_true", help="stop after loading")
    parser.add_argument("--people", type=int, default=300, help=f"how many people (default: 300, at least {SMALLEST})")
    parser.add_argument("--as-of", type=date.fromisoformat, help="show the world as on this day (YYYY-MM-DD)")
    parser.add_argument("--reset", action="store_true", help="start over: forget what was done in the demo")


def run(args: argparse.Namespace) -> int:
    """Make the demo's own folder and database, load what is missing, then serve."""
    if args.people < SMALLEST:
        say(f"inward demo: the story alone needs {SMALLEST} people")
        return 2
    folder = _folder()
    quick = args.reset and _fits(folder, args)
    if args.reset and not quick:
        _forget(folder)
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
        _tell(address)
        serve(host="127.0.0.1", port=port, workers=1)
    return 0


def _folder() -> Path:
    """Where the demo lives: beside the data, never in the program's folder."""
    home = Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser()
    return Path(os.environ.get("INWARD_DATA") or home / "inward" / "demo").expanduser()


def _forget(folder: Path) -> None:
    """Remove the demo's files, and only in a folder that a demo made."""
    if (folder / "demo").exists():
        shutil.rmtree(folder)


def _fits(folder: Path, args: argparse.Namespace) -> bool:
    """Whether starting over needs no loading: the snapshot is of today (or of the day asked for) and as large."""
    try:
        day, people = (folder / "today").read_text(encoding="utf-8"), (folder / "loaded").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    wanted = (_today() if args.as_of is None else args.as_of.isoformat(), str(args.people))
    return (folder / "snapshot" / "inward.sqlite3").exists() and (day, people) == wanted


def _own_settings(folder: Path, address: str, as_of: date | None) -> None:
    """The demo has its own database, secrets and day; the variables of a real installation do not reach it.

    Its day is the one on which it is loaded, and stands still: yesterday stays the last day of its history.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo").touch()
    os.environ["INWARD_DATA"] = str(folder)
    os.environ["INWARD_DEMO"] = "yes"
    os.environ["INWARD_BASE_URL"] = address
    os.environ.setdefault("INWARD_DATABASE_URL", f"sqlite://{folder / 'inward.sqlite3'}")
    day = folder / "today"
    if as_of is not None or not day.exists():
        day.write_text(_today() if as_of is None else as_of.isoformat(), encoding="utf-8")
    os.environ["INWARD_TODAY"] = day.read_text(encoding="utf-8")


def _today() -> str:
    """The day by the machine's clock, in UTC as everything that is kept. Asked here since settings are not read yet."""
    return time.strftime("%Y-%m-%d", time.gmtime())


def _back_to_start() -> None:
    from inward.demo import snapshot  # needs Django

    began = time.monotonic()
    snapshot.bring_back()
    say(f"  back to the start in {time.monotonic() - began:.1f} s")


def _load(folder: Path, people: int) -> None:
    """Bring tables and data up, in numbered steps; what is there already is left alone."""
    from inward.cli.migrate import behind, migrate  # needs Django
    from inward.demo import snapshot
    from inward.demo.loading import load

    steps: list[tuple[str, Callable[[Callable[[int], None]], object]]] = []
    if behind():
        steps.append(("making the tables", lambda _progress: migrate()))
    fresh = not (folder / "loaded").exists()
    if fresh:
        steps += [*load(people=people, password=_password()), ("keeping this start", lambda _progress: snapshot.take())]
    for number, (name, act) in enumerate(steps, 1):
        _step(f"{number}/{len(steps)}  {name}", act, total=people)
    if fresh:
        (folder / "loaded").write_text(str(people), encoding="utf-8")


def _password() -> str:
    """One password for every sign-in of the demo, made when it is first started."""
    from django.conf import settings

    return str(settings.INWARD_DEMO_PASSWORD)


def _step(name: str, act: Callable[[Callable[[int], None]], object], *, total: int) -> None:
    """One step with its bar and its seconds."""
    began, progress = time.monotonic(), Progress(name, total=total)
    act(progress.at)
    progress.done(f"{time.monotonic() - began:.1f} s")


def _tell(address: str) -> None:
    """At most eight lines: where it is, who to be, how to stop and start over."""
    from inward.demo.loading import SIGN_INS

    print(f"\nInward shows the JKL world at  {address}", flush=True)
    print("Step into someone's shoes there with one click; or sign in as")
    print(f"  {', '.join(name for name, _who in SIGN_INS)}")
    print(f"  each with the password  {_password()}")
    print("Stop:         Ctrl-C")
    print("Start again:  ./inward demo")
    print("Start over:   ./inward demo --reset", flush=True)
    sys.stdout.flush()
