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
from functools import partial
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
    if args.reset:
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
    password = _load(folder, args.people)
    if not args.no_serve:
        _tell(address, password)
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


def _own_settings(folder: Path, address: str, as_of: date | None) -> None:
    """The demo has its own database and secrets; the variables of a real installation do not reach it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo").touch()
    os.environ["INWARD_DATA"] = str(folder)
    os.environ["INWARD_DEMO"] = "yes"
    os.environ["INWARD_BASE_URL"] = address
    os.environ.setdefault("INWARD_DATABASE_URL", f"sqlite://{folder / 'inward.sqlite3'}")
    day = folder / "today"
    if as_of is not None:
        day.write_text(as_of.isoformat(), encoding="utf-8")
    if day.exists():
        os.environ["INWARD_TODAY"] = day.read_text(encoding="utf-8")


def _load(folder: Path, people: int) -> str:
    """Bring tables and data up; returns the password of the demo's sign-ins."""
    from inward.cli.migrate import behind, migrate  # needs Django

    password = _password()
    if behind():
        _step("making the tables", migrate)
    if not (folder / "loaded").exists():
        from inward.demo.loading import load  # needs Django

        for name, act in load(people=people, password=password):
            progress = Progress(f"  {name}", total=people)
            _step(name, partial(act, progress.at))
        (folder / "loaded").write_text(str(people), encoding="utf-8")
    return password


def _password() -> str:
    """One password for every sign-in of the demo, made when it is first started."""
    from django.conf import settings

    return str(settings.INWARD_DEMO_PASSWORD)


def _step(name: str, act: Callable[[], object]) -> None:
    began = time.monotonic()
    act()
    say(f"  {name}: {time.monotonic() - began:.1f} s")


def _tell(address: str, password: str) -> None:
    """At most eight lines: where it is, who to be, how to stop and start over."""
    from inward.demo.loading import SIGN_INS

    print(f"\nInward shows the JKL world at  {address}", flush=True)
    print(f"Sign in as one of these, each with the password  {password}")
    for name, who in SIGN_INS:
        print(f"  {name:<18} {who}")
    print("Stop: Ctrl-C.  Start again: ./inward demo.  Start over: ./inward demo --reset", flush=True)
    sys.stdout.flush()
