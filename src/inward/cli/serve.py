"""Start the web server and, unless told otherwise, the worker together. Ctrl-C ends both."""

import argparse
import http.client
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
import time
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

from inward.cli.setup import Working, prepare, say

PORTS_TRIED = 20
_KEPT_SECONDS = 600
"""How long a thread without work is kept, and with it its connection to the database: the most granian takes."""
_ASKED_EVERY_SECONDS, _PATIENCE_SECONDS = 0.1, 2.0
_LOOKED_EVERY_SECONDS, _LAST_WORDS_SECONDS = 0.5, 10.0
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - asked instead, not bound


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

    from inward.cli.ready import lacking

    if settings.INWARD_DEMO:
        say("INWARD_DEMO is set: in a demo anybody may be anybody. Unset it, or start the demo with inward demo.")
        return 1

    if (said := lacking()) is not None:
        say(said)
        return 1
    if free_port(args.host, args.port, tries=1) is None:
        say(f"Port {args.port} is taken: give another with --port.")
        return 1
    told = f"Inward serves on http://{shown_host(args.host)}:{args.port}  (stop: Ctrl-C)"
    serve(host=args.host, port=args.port, workers=args.workers, with_worker=not args.no_worker, told=told)
    return 0


def serve(*, host: str, port: int, workers: int = 0, with_worker: bool = True, told: str = "") -> None:
    """Run granian in this process and the worker in one of its own; both end together.

    ``told`` is printed once it answers: whoever opens the address at once must not be refused.
    """
    from django.conf import settings  # needs Django
    from django.db import connection

    sqlite = connection.vendor == "sqlite"
    leave_database()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
    shutil.rmtree(Path(settings.INWARD_DATA) / "metrics", ignore_errors=True)  # counts begin with the server
    beside = _start_beside(host, port, told, with_worker=with_worker)
    try:
        _granian(host, port, workers or (1 if sqlite else 2), threads=4)
    finally:
        if beside.is_alive():
            beside.terminate()
            beside.join(timeout=10)


def leave_database() -> None:
    """Close connections: none may be shared with processes started now, which would speak over each other."""
    from django.db import connections

    connections.close_all()


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

    server = os.getpid()
    os.register_at_fork(after_in_child=_hear_the_word_to_stop)
    os.register_at_fork(after_in_child=lambda: _end_with(server))
    Granian(
        "inward.config.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=_KEPT_SECONDS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()


def _hear_the_word_to_stop() -> None:
    """A process that answers is forked with its parent's handler, which would swallow SIGTERM while the house still loads:
    the parent would wait for it for ever. Until it has one of its own, the signal ends it.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _end_with(server: int) -> None:
    """A process that answers would go on alone where the server is killed without a word, and hold the port against the next
    start. It looks for its parent and ends itself: by the word to stop, so that what it answers is answered; then for certain.
    """

    def look() -> None:
        while os.getppid() == server:
            time.sleep(_LOOKED_EVERY_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_LAST_WORDS_SECONDS)
        os._exit(1)

    threading.Thread(target=look, name="inward-parent", daemon=True).start()


def _start_beside(host: str, port: int, told: str, *, with_worker: bool) -> multiprocessing.process.BaseProcess:
    """What goes on beside the server, in a fresh process: nothing of the server's is inherited, and granian, which forks,
    has no thread beside it. Ctrl-C is for the server; this ends with it.
    """
    context = multiprocessing.get_context("spawn")
    process = context.Process(
        target=_beside, args=(os.getpid(), host, port, told, with_worker), name="inward-worker", daemon=False
    )
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)  # handed on to what is started now
    try:
        process.start()
    finally:
        signal.signal(signal.SIGINT, heard)
    return process


def _beside(server: int, host: str, port: int, told: str, with_worker: bool) -> None:  # noqa: FBT001 - handed on by place
    """Tell that the server answers, then work. The worker loads after that: at once, both would start half as fast."""
    _tell(server, host, port, told)
    if with_worker:
        _work(server)


def _tell(server: int, host: str, port: int, told: str) -> None:
    """Print ``told`` as soon as the server answers anything; nothing where the server ends before."""
    address = _LOOPBACK.get(host, host)
    with Working("starting the server") if sys.stderr.isatty() else nullcontext():
        while os.getppid() == server and not _answers(address, port):
            time.sleep(_ASKED_EVERY_SECONDS)
    if os.getppid() == server:
        print(told, flush=True)


def _answers(host: str, port: int) -> bool:
    """Whether something that speaks HTTP answers there."""
    connection = http.client.HTTPConnection(host, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


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
