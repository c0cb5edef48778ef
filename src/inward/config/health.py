"""Whether this process lives (``/healthz``), whether it can work (``/readyz``), and figures for whoever watches (``/metrics``)."""

import hmac
import time
from datetime import timedelta
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from inward.config import metrics
from inward.config.metrics import Series
from inward.kit import clock, outbox, worker
from inward.trade.announcements import OrderPlaced

DRAINED_WITHIN = timedelta(minutes=5)
"""How long the oldest due task may wait before the queue counts as standing still."""

QUEUE = Series("inward_queue_tasks", "gauge", "Tasks in the queue, by state.", ("state",))
OLDEST = Series("inward_queue_oldest_seconds", "gauge", "How long the oldest due task has waited.")
WORKERS = Series("inward_workers_alive", "gauge", "Workers that showed themselves in the last half minute.")
ORDERS = Series("inward_orders_placed_total", "counter", "Orders that became binding.")
UP = Series("inward_database_up", "gauge", "1 when the database answers.")

_RECHECK_SECONDS = 5.0


class _Tables:
    """Whether the tables are those of this version: once true, true for this process, which is never upgraded."""

    def __init__(self) -> None:
        self.current, self._asked_at = False, -_RECHECK_SECONDS

    def look(self) -> bool:
        """Ask the database unless it is known, at most every few seconds."""
        if not self.current and time.monotonic() - self._asked_at >= _RECHECK_SECONDS:
            self._asked_at = time.monotonic()
            executor = MigrationExecutor(connection)
            self.current = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        return self.current


_tables = _Tables()


def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "alive"})


def ready(_request: HttpRequest) -> JsonResponse:
    """200 when database, tables and queue are well, 503 with what is not. No figures that a stranger should not see.

    A worker that is away is told but counts only once the queue stands still: pages are answered without it.
    """
    checks = {"database": False, "tables": False, "queue": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = True
        checks["tables"] = _tables.look()
        if checks["tables"]:
            at = clock.now()
            oldest = worker.queue(at).oldest_due_at
            checks["queue"] = oldest is None or at - oldest <= DRAINED_WITHIN
            checks["worker"] = worker.alive(at) > 0
    except DatabaseError:
        connection.close()  # a broken connection is not kept for the next request
    well = checks["database"] and checks["tables"] and checks["queue"]
    return JsonResponse({"status": "ready" if well else "not ready", "checks": checks}, status=200 if well else 503)


def figures(request: HttpRequest) -> HttpResponse:
    """Everything counted, as Prometheus reads it; 404 for whoever may not know that there is such a page."""
    if not _may_watch(request):
        return HttpResponse(status=404)
    body = metrics.text(metrics.COUNTED, metrics.shared.total(), _gauges())
    return HttpResponse(body, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_watch(request: HttpRequest) -> bool:
    """By the token, where one is set; else whoever asks from this machine itself and not through a proxy."""
    if settings.INWARD_METRICS_TOKEN:
        wanted = f"Bearer {settings.INWARD_METRICS_TOKEN}"
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), wanted.encode())
    forwarded = any(
        name in request.headers for name in ("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "X-Real-IP")
    )
    try:
        return not forwarded and ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _gauges() -> dict[Series, dict[tuple[str, ...], float]]:
    """What the database says now; only that it does not answer, when it does not."""
    at = clock.now()
    try:
        queue = worker.queue(at)
        placed, workers = outbox.count_of(OrderPlaced), worker.alive(at)
    except DatabaseError:
        return {UP: {(): 0}}
    waited = 0.0 if queue.oldest_due_at is None else max((at - queue.oldest_due_at).total_seconds(), 0)
    states: dict[tuple[str, ...], float] = {("waiting",): queue.waiting, ("due",): queue.due, ("stuck",): queue.stuck}
    return {UP: {(): 1}, QUEUE: states, OLDEST: {(): waited}, WORKERS: {(): workers}, ORDERS: {(): placed}}
