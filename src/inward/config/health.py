"""Whether this process lives (``/healthz``) and can work: database answers, tables are current, queue is drained (``/readyz``)."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

from inward.kit import clock, worker


def alive(_request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"status": "alive"})


def ready(_request: HttpRequest) -> JsonResponse:
    """200 when database and queue are well, 503 with what is not. No figures that a stranger should not see."""
    checks = {"database": _database(), "worker": False}
    if checks["database"]:
        checks["worker"] = worker.alive(clock.now()) > 0
    well = checks["database"]
    return JsonResponse({"status": "ready" if well else "not ready", "checks": checks}, status=200 if well else 503)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
