"""Counts of this installation in the text format of Prometheus, summed over all web processes.

Each process counts in memory and writes what it has to a file of its own every second or two; whoever is asked adds the
files up. A full disk makes figures late and breaks nothing, which is why they are not in shared memory. What is counted
is decided in ``observing``, what else is shown in ``health``.
"""

import json
import os
import threading
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the classes of duration, in seconds."""

EVERY_SECONDS = 1.5
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Series:
    """A figure: its name, kind, meaning, and the names of its labels."""

    name: str
    kind: str
    meaning: str
    labels: tuple[str, ...] = ()


REQUESTS = Series(
    "inward_requests_total", "counter", "Requests answered, by route, method and status.", ("route", "method", "status")
)
SECONDS = Series("inward_request_seconds", "histogram", "How long answering took, by route.", ("route",))
DATABASE = Series("inward_database_seconds_total", "counter", "Time in the database, by route.", ("route",))
QUERIES = Series("inward_database_queries_total", "counter", "Statements sent to the database, by route.", ("route",))
REFUSALS = Series("inward_refusals_total", "counter", "Acts that were refused, by reason.", ("reason",))
COUNTED = (REQUESTS, SECONDS, DATABASE, QUERIES, REFUSALS)


@dataclass
class Counts:
    """What one process has counted."""

    sums: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    lock: threading.Lock = field(default_factory=threading.Lock)
    changed: bool = False

    def add(self, series: Series, *labels: str, by: float = 1) -> None:
        """Add to a counter."""
        with self.lock:
            self.sums[_SEPARATOR.join((series.name, *labels))] += by
            self.changed = True

    def observe(self, series: Series, *labels: str, seconds: float) -> None:
        """Add a duration to a histogram."""
        place = bisect_left(BUCKETS, seconds)
        end = str(BUCKETS[place]) if place < len(BUCKETS) else "+Inf"
        with self.lock:
            self.sums[_SEPARATOR.join((f"{series.name}_bucket", *labels, end))] += 1
            self.sums[_SEPARATOR.join((f"{series.name}_sum", *labels))] += seconds
            self.sums[_SEPARATOR.join((f"{series.name}_count", *labels))] += 1
            self.changed = True


class Shared:
    """The counts of this process, and the folder in which all processes leave theirs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts = Counts()
        self._own = ""
        self._pid = 0

    def started(self) -> Counts:
        """The counts to add to; the first time in a process (also a forked one) it begins to write them down."""
        if self._pid != os.getpid():
            self._pid, self.counts = os.getpid(), Counts()
            self._own = f"{self._pid}-{time.time_ns()}.json"
            threading.Thread(target=self._keep, args=(self._pid,), name="inward-metrics", daemon=True).start()
        return self.counts

    def write(self) -> None:
        """Leave the counts for the other processes, whole or not at all; later if the disk is full."""
        with self.counts.lock:
            if not self.counts.changed:
                return
            said, self.counts.changed = json.dumps(self.counts.sums), False
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            draft = self.folder / f"{self._own}.draft"
            draft.write_text(said, encoding="utf-8")
            draft.replace(self.folder / self._own)
        except OSError:
            self.counts.changed = True

    def total(self) -> dict[str, float]:
        """The counts of all processes since the server started."""
        self.write()
        found: dict[str, float] = defaultdict(float)
        with self.counts.lock:
            parts = [dict(self.counts.sums)]
        for file in self.folder.glob("*.json"):
            if file.name != self._own:
                with suppress(OSError, ValueError):
                    parts.append(json.loads(file.read_text(encoding="utf-8")))
        for part in parts:
            for key, value in part.items():
                found[key] += value
        return found

    def _keep(self, pid: int) -> None:
        while os.getpid() == pid:
            time.sleep(EVERY_SECONDS)
            self.write()


shared = Shared(settings.INWARD_DATA / "metrics")
"""The counts of this installation."""


def text(
    known: Iterable[Series], sums: Mapping[str, float], gauges: Mapping[Series, Mapping[tuple[str, ...], float]]
) -> str:
    """Everything in the text format of Prometheus."""
    lines: list[str] = []
    for series in known:
        found = list(_histogram(series, sums) if series.kind == "histogram" else _counter(series, sums))
        lines += [*_head(series), *(found or _zero(series))]
    for series, values in gauges.items():
        lines += _head(series)
        lines += [f"{series.name}{_labels(series.labels, labels)} {value:.10g}" for labels, value in values.items()]
    return "\n".join(lines) + "\n"


def _head(series: Series) -> list[str]:
    return [f"# HELP {series.name} {series.meaning}", f"# TYPE {series.name} {series.kind}"]


def _zero(series: Series) -> list[str]:
    return [f"{series.name} 0"] if series.kind == "counter" and not series.labels else []


def _counter(series: Series, sums: Mapping[str, float]) -> Iterator[str]:
    for labels, value in _of(series.name, sums):
        yield f"{series.name}{_labels(series.labels, labels)} {value:.10g}"


def _histogram(series: Series, sums: Mapping[str, float]) -> Iterator[str]:
    """Classes are counted each by itself and shown added up, as the format wants it."""
    by_labels: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    for labels, value in _of(f"{series.name}_bucket", sums):
        by_labels[labels[:-1]][labels[-1]] = value
    totals = dict(_of(f"{series.name}_sum", sums))
    for labels, classes in sorted(by_labels.items()):
        running = 0.0
        for end in (*map(str, BUCKETS), "+Inf"):
            running += classes.get(end, 0)
            yield f"{series.name}_bucket{_labels((*series.labels, 'le'), (*labels, end))} {running:.10g}"
        yield f"{series.name}_sum{_labels(series.labels, labels)} {totals.get(labels, 0):.10g}"
        yield f"{series.name}_count{_labels(series.labels, labels)} {running:.10g}"


def _of(name: str, sums: Mapping[str, float]) -> Iterator[tuple[tuple[str, ...], float]]:
    for key in sorted(sums):
        first, *labels = key.split(_SEPARATOR)
        if first == name:
            yield tuple(labels), sums[key]


def _labels(names: Iterable[str], values: Iterable[str]) -> str:
    pairs = [f'{name}="{_escaped(value)}"' for name, value in zip(names, values, strict=True)]
    return f"{{{','.join(pairs)}}}" if pairs else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
