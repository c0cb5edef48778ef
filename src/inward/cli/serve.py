"""Start the web server and, unless told otherwise, the worker together. Ctrl-C ends both."""

import argparse
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
from pathlib import Path
from types import FrameType

from inward.cli.setup import prepare, say

PORTS_TRIED = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``inward serve``."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=0, help="web processes (default: 1 on SQLite, else 2)")
    parser.add_argument("--no-worker", action="store_true", help="web server only; run inward work elsewhere")


def run(args: argparse.Namespace) -> int:
    """Check the database, then serve until stopped."""
    prepare()
    from django.conf import settings  # needs Django

    from inward.cli.migrate import behind, unknown

    if settings.INWARD_DEMO:
        say("INWARD_DEMO is set: in a demo anybody may be anybody. Unset it, or start the demo with inward demo.")
        return 1

    newer = unknown()
    if newer:
        say(f"The database belongs to a newer version of Inward ({newer[0]}). Use the program of that version.")
        return 1
    if behind():
        say("The database is behind this version: run inward migrate, then serve again.")
        return 1
    if free_port(args.host, args.port, tries=1) is None:
        say(f"Port {args.port} is taken: give another with --port.")
        return 1
    say(f"Inward serves on http://{shown_host(args.host)}:{args.port}  (stop: Ctrl-C)")
    serve(host=args.host, port=args.port, workers=args.workers, with_worker=not args.no_worker)
    return 0


def serve(*, host: str, port: int, workers: int = 0, with_worker: bool = True) -> None:
    """Run granian in this process and the worker in one of its own; both end together."""
    from django.conf import settings  # needs Django
    from django.db import connection

    sqlite = connection.vendor == "sqlite"
    leave_database()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
    shutil.rmtree(Path(settings.INWARD_DATA) / "metrics", ignore_errors=True)  # counts begin with the server
    worker = _start_worker() if with_worker else None
    try:
        _granian(host, port, workers or (1 if sqlite else 2), threads=4)
    finally:
        if worker is not None and worker.pid is not None and worker.is_alive():
            os.kill(worker.pid, signal.SIGTERM)
            worker.join(timeout=10)


def leave_database() -> None:
    """Close connections and their pool: none may be shared with processes started now, which would speak over each other."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]


def free_port(host: str, wanted: int, *, tries: int = PORTS_TRIED) -> int | None:
    """The first free port from the one wanted on, or None."""
    for port in range(wanted, wanted + tries):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    return None


def shown_host(host: str) -> str:
    """The name to print: passkeys and cookies refuse a bare address, so loopback is called localhost."""
    return "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1") else host  # noqa: S104 - compared, not bound


def _granian(host: str, port: int, workers: int, *, threads: int) -> None:
    """Serve until stopped; pages, API and static files alike (WhiteNoise)."""
    from granian import Granian  # only the server needs it
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.register_at_fork(after_in_child=_hear_the_word_to_stop)
    Granian(
        "inward.config.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()


def _hear_the_word_to_stop() -> None:
    """A process that answers is forked with its parent's handler, which would swallow SIGTERM while the house still loads:
    the parent would wait for it for ever. Until it has one of its own, the signal ends it.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _start_worker() -> multiprocessing.process.BaseProcess:
    """The worker, in a fresh process so that nothing of the server's is inherited."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_work, args=(os.getpid(),), name="inward-worker", daemon=False)
    process.start()
    return process


def _work(server: int) -> None:
    """Work until told to stop, or until the server is gone (killed without a word)."""
    prepare()
    from inward.kit import worker

    stop = threading.Event()

    def finish(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, finish)
    signal.signal(signal.SIGINT, finish)
    threading.Thread(target=_watch, args=(server, stop), daemon=True).start()
    worker.run(stop)
    sys.exit(0)


def _watch(server: int, stop: threading.Event) -> None:
    while not stop.wait(2.0):
        if os.getppid() != server:
            stop.set()
