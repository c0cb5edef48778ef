"""Starts a server of this installation for ``inward bench`` and asks it over HTTP at 127.0.0.1. Not a command."""

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus

from inward.cli.bench_filling import CLIENTS, Buyer
from inward.cli.serve import free_port, leave_database

Measured = dict[str, float | int]
Request = tuple[str, str, object, str]
"""Method, path, body and idempotency key of a call; None and "" where there is none."""


@contextmanager
def server(workers: int) -> Iterator[int]:
    """A server of this installation on 127.0.0.1, ended by its own id."""
    leave_database()
    port = free_port("127.0.0.1", 8200)
    if port is None:
        raise OSError("no free port from 8200 on")
    words = [sys.executable, "-m", "inward", "serve", "--port", str(port), "--workers", str(workers), "--no-worker"]
    process = subprocess.Popen(words, env=os.environ, stdout=subprocess.DEVNULL)  # what it says on stderr is for people
    try:
        _wait_until_ready(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(port: int) -> None:
    for _ in range(600):  # a minute: a busy machine takes its time
        try:
            connection = _connection(port)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    raise OSError("the server did not start")


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


class Client:
    """A client that costs next to nothing, since it shares its cores with the server: one connection, answers cut at their
    length. Only for our own server on this machine; anything but success is an error of the bench.
    """

    def __init__(self, port: int, buyer: Buyer) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._head = (
            f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {buyer.token}\r\nContent-Type: application/json\r\n"
        )

    def call(self, request: Request) -> bytes:
        """The body of the answer."""
        method, path, body, key = request
        content = b"" if body is None else json.dumps(body).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self._head}Content-Length: {len(content)}\r\n"
        if key:
            head += f"Idempotency-Key: {key}\r\n"
        self._socket.sendall(f"{head}\r\n".encode() + content)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._received()
        told, _, answer = got.partition(b"\r\n\r\n")
        lengths = [line for line in told.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        length = int(lengths[0].partition(b":")[2])
        while len(answer) < length:
            answer += self._received()
        if not told[9:12].startswith(b"2"):
            raise RuntimeError(f"{path}: {told[:40]!r} {answer[:300]!r}")
        return answer

    def _received(self) -> bytes:
        part = self._socket.recv(65_536)
        if not part:
            raise OSError("the server closed the connection")
        return part

    def close(self) -> None:
        """End the connection."""
        self._socket.close()


def one_by_one(port: int, buyer: Buyer, request: Callable[[int], Request], seconds: float) -> Measured:
    """One client, one call after the other."""
    client, number = Client(port, buyer), 0
    times: list[float] = []
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        number += 1
        asked = request(number)
        times.append(timed(lambda: client.call(asked)))  # noqa: B023 - called at once
    client.close()
    return summary(times[len(times) // 10 :], seconds, count=len(times))


def together(port: int, buyers: list[Buyer], request: Callable[[str, int], Request], seconds: float) -> Measured:
    """Eight clients at once, each a person of her own."""
    times: list[float] = []
    wrong: list[BaseException] = []
    end = time.perf_counter() + seconds

    def buying(buyer: Buyer) -> None:
        client, number = Client(port, buyer), 0
        try:
            while time.perf_counter() < end:
                number += 1
                asked = request(buyer.person, number)
                times.append(timed(lambda: client.call(asked)))  # noqa: B023 - called at once
        except (OSError, RuntimeError) as error:
            wrong.append(error)
        finally:
            client.close()

    threads = [threading.Thread(target=buying, args=(buyer,)) for buyer in buyers[:CLIENTS]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return summary(times, seconds)


def pages_of(port: int, buyer: Buyer, path: str, seconds: float) -> Measured:
    """A page of the web with a session, as a browser asks for it."""
    connection, times = _connection(port), list[float]()

    def get() -> None:
        connection.request("GET", path, headers={"Cookie": f"sessionid={buyer.session}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise RuntimeError(f"{path}: {answer.status}")

    for _ in range(5):
        get()
    end = time.perf_counter() + seconds
    while not times or time.perf_counter() < end:
        times.append(timed(get))
    return summary(times, seconds)


def summary(times: list[float], seconds: float, *, count: int = 0) -> Measured:
    """How many calls (``count``, or as many as were timed), how many a second, and how long they took."""
    ordered = sorted(times)
    return {
        "count": count or len(ordered),
        "per_second": round((count or len(ordered)) / seconds, 1),
        "p50_ms": round(statistics.median(ordered) * 1e3, 2),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)] * 1e3, 2),
        "p99_ms": round(ordered[int(len(ordered) * 0.99)] * 1e3, 2),
    }


def timed(act: Callable[[], object]) -> float:
    """How long it takes, in seconds by the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
