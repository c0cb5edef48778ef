"""The wall screen of a queue, and the page on which whoever keeps it makes and ends its links."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.terms import Refusal
from inward.desk import operations, walls
from inward.desk.walls import Wall, WallRow
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.requests import ActingRequest, acts, done

USUAL_DAYS = 90
GONE = 410
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


@login_not_required
@require_safe
def show(request: ActingRequest, token: str) -> HttpResponse:
    """The queue, large and dark; by itself it asks every quarter of a minute what to show."""
    try:
        found = walls.shown(token=token, at=request.at)
    except Refusal as refusal:
        answer = render(request, "workbench/wall_over.html", {"sentence": words(refusal.reason)}, status=GONE)
    else:
        part = request.headers.get("HX-Request") == "true"
        template = "workbench/wall.html#live" if part else "workbench/wall.html"
        answer = render(request, template, _values(request, found))
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "same-origin"
    return answer


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """The screens of queues I keep, with their links, and a form for one more."""
    queues = walls.queues_for(viewer=request.actor, at=request.at)
    if not queues:
        raise NotThere
    found = walls.screens(viewer=request.actor, at=request.at)
    values = {
        "queues": queues,
        "days": USUAL_DAYS,
        "screens": tuple((each, request.build_absolute_uri(reverse("wall", args=[each.token]))) for each in found),
    }
    return render(request, "workbench/walls.html", values)


@acts(instead="walls")
def make(request: ActingRequest) -> HttpResponse:
    """Make one."""
    typed = request.POST.get("days", "")
    days = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len(str(_DAY)) else 0

    def act() -> None:
        operations.make_wall(
            by=request.actor,
            at=request.at,
            queue=request.POST.get("queue", "").replace("\0", ""),
            days=days,
            subjects="subjects" in request.POST,
        )

    return done(request, act, _("The screen has its link. Open it there."), "walls")


@acts(instead="walls")
def end(request: ActingRequest) -> HttpResponse:
    """End one."""

    def act() -> None:
        wall = request.POST.get("wall", "").replace("\0", "")
        operations.end_wall(by=request.actor, at=request.at, wall=wall)

    return done(request, act, _("The screen shows nothing any more."), "walls")


def _values(request: ActingRequest, found: Wall) -> dict[str, Any]:
    due = next((row.due_at for row in found.rows if row.due_at is not None), None)
    return {
        "wall": found,
        "supplier": full_name(found.supplier.code, on=request.at.date()),
        "rows": tuple(_line(row, request.at) for row in found.rows),
        "next_due": "" if due is None else _span(due, request.at),
        "late": due is not None and due <= request.at,
        "here": request.path,
    }


def _line(row: WallRow, at: datetime) -> dict[str, Any]:
    """A request in words one reads from afar."""
    late = row.due_at is not None and row.due_at <= at
    return {
        "row": row,
        "age": _length((at - row.opened_at).total_seconds()),
        "due": "–" if row.due_at is None else _span(row.due_at, at),
        "measure": ""
        if row.due_measure is None
        else vocabularies.label("measure", row.due_measure.value, formats.language()),
        "tone": "bad" if late or row.missed else "info",
    }


def _span(due: datetime, at: datetime) -> str:
    """In how long something is due, or how late it is."""
    seconds = (due - at).total_seconds()
    said = {"time": _length(abs(seconds))}
    return _("%(time)s late") % said if seconds <= 0 else _("in %(time)s") % said


def _length(seconds: float) -> str:
    """A length in one unit: from afar nobody reads two."""
    if seconds < _HOUR:
        return _("%(count)s min") % {"count": formats.count(int(seconds // _MINUTE))}
    if seconds < _DAY:
        return _("%(count)s h") % {"count": formats.count(int(seconds // _HOUR))}
    return _("%(count)s d") % {"count": formats.count(int(seconds // _DAY))}
