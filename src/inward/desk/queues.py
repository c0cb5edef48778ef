"""Queues and request types, read for a viewer: what may be asked here, and what one keeps. Reads only.

That a queue is there is no secret, also where its cases are: people must find whom to ask.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db.models import Q

from inward.desk import policy
from inward.desk.cases import QueueRow, RequestRow, queue_row, request_row
from inward.desk.models import Queue, RequestType
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.kit.policy import NotThere

QUEUES: Final = ListSpec({"code": "code", "name": "name"}, {"supplier": "supplier__code"}, default="code")
REQUESTS: Final = ListSpec(
    {"code": "code", "name": "name"}, {"queue": "queue__code", "supplier": "queue__supplier__code"}, default="code"
)
_SUPPLIER: Final = "supplier__code__in"


def queues(*, viewer: Actor, at: datetime, params: Mapping[str, str], kept: bool = False) -> Page[QueueRow]:
    """The queues that take something on, and those the viewer keeps, closed ones too; with ``kept`` only the latter."""
    seen = _seen(viewer, at, open_ones=Q(closed_at=None), supplier="", kept=kept)
    return page(Queue.objects.filter(seen).select_related("supplier"), QUEUES, params).map(queue_row)


def queue(*, viewer: Actor, at: datetime, code: str) -> QueueRow:
    """One queue. NotThere for one that is closed and not kept by the viewer."""
    seen = _seen(viewer, at, open_ones=Q(closed_at=None), supplier="", kept=False)
    found = Queue.objects.filter(seen, code=code).select_related("supplier").first()
    if found is None:
        raise NotThere
    return queue_row(found)


def requests(*, viewer: Actor, at: datetime, params: Mapping[str, str], kept: bool = False) -> Page[RequestRow]:
    """What may be asked by request type, and those the viewer keeps; with ``kept`` only the latter.

    Whether a customer may ask one is decided when it is asked (``cases.may_be_asked_by``): it depends on for whom it is.
    """
    rows = RequestType.objects.filter(_requests_seen(viewer, at, kept=kept)).select_related("queue__supplier")
    return page(rows, REQUESTS, params).map(request_row)


def request(*, viewer: Actor, at: datetime, code: str) -> RequestRow:
    """One request type with its form. NotThere for one that is closed and not kept by the viewer."""
    rows = RequestType.objects.filter(_requests_seen(viewer, at, kept=False), code=code)
    found = rows.select_related("queue__supplier").first()
    if found is None:
        raise NotThere
    return request_row(found)


def keeps(*, viewer: Actor, at: datetime, supplier: str) -> bool:
    """Whether the viewer keeps the help of a department: its queues and what belongs to them."""
    over = policy.queues_kept_by(viewer, on=at.date())
    return over is None or supplier in over


def _requests_seen(viewer: Actor, at: datetime, *, kept: bool) -> Q:
    asked = Q(closed_at=None, queue__closed_at=None)
    return _seen(viewer, at, open_ones=asked, supplier="queue__", kept=kept)


def _seen(viewer: Actor, at: datetime, *, open_ones: Q, supplier: str, kept: bool) -> Q:
    """Those of departments the viewer keeps queues for, and for anybody who is somebody what is open."""
    if viewer.nobody:
        return Q(pk__in=())
    over = policy.queues_kept_by(viewer, on=at.date())
    if over is None:
        return Q(pk__isnull=False)
    keeps = Q(**{f"{supplier}{_SUPPLIER}": sorted(over)})
    return keeps if kept else keeps | open_ones
