"""Acts on several cases at once: first what would be done, then it is done, each by itself; and taken back where it can be."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inward.core.terms import Refusal
from inward.desk import cases, helping, operations, serving
from inward.desk.cases import CaseView
from inward.kit.policy import NotThere, Refused
from inward.web.components import formats
from inward.web.components.errors import words
from inward.web.components.naming import full_name
from inward.web.components.records import Option
from inward.web.components.requests import SEE_OTHER, ActingRequest, acts
from inward.web.workbench.benches import back_to_list

MOST: Final = 100
_UNDO: Final = "desk_undo"
"""Where the session keeps how cases stood before the last act on several."""


@acts(instead="desk")
def page(request: ActingRequest) -> HttpResponse:
    """Ask what is to be done with the chosen cases; with ``sure``, do it."""
    chosen = list(dict.fromkeys(request.POST.getlist("case")))[:MOST]
    found = [view for reference in chosen if (view := _case(request, reference)) is not None]
    if not found:
        messages.warning(request, _("Choose requests first."))
        return HttpResponseRedirect(back_to_list(request), status=SEE_OTHER)
    act = request.POST.get("act", "")
    if request.POST.get("sure") and act in _ACTS:
        return _done(request, found, act)
    queues = frozenset(view.row.queue.code for view in found)
    on = request.at.date()
    values = {
        "found": found,
        "able": serving.able_in(viewer=request.actor, at=request.at, queues_of=queues),
        "queues": tuple(
            Option(line.code, f"{line.name} · {full_name(line.supplier.code, on=on)}")
            for line in helping.queues(viewer=request.actor, at=request.at)
        ),
        "query": request.POST.get("query", ""),
    }
    return render(request, "workbench/several.html", values)


@acts(instead="desk")
def undo(request: ActingRequest) -> HttpResponse:
    """Take the last act on several back: each as it stood, unless somebody has changed it since."""
    before = request.session.pop(_UNDO, [])
    done = 0
    for each in before:
        try:
            _restore(request, each)
            done += 1
        except (Refusal, Refused, NotThere):
            continue
    if before:
        _say(request, done, len(before) - done)
    return HttpResponseRedirect(back_to_list(request), status=SEE_OTHER)


def _case(request: ActingRequest, reference: str) -> CaseView | None:
    try:
        found = cases.case(viewer=request.actor, at=request.at, reference=reference.replace("\0", ""))
    except NotThere:
        return None
    return found if found.serving else None


def _assign(request: ActingRequest, view: CaseView, seen: int) -> None:
    owner = request.POST.get("owner", "") or None
    operations.assign(by=request.actor, at=request.at, case=view.row.reference, owner=owner, seen=seen)


def _hand(request: ActingRequest, view: CaseView, seen: int) -> None:
    queue, said = request.POST.get("queue", ""), request.POST.get("words", "")
    operations.hand_over(by=request.actor, at=request.at, case=view.row.reference, queue=queue, words=said, seen=seen)


_ACTS: Final[dict[str, Callable[[ActingRequest, CaseView, int], None]]] = {"assign": _assign, "hand": _hand}


def _done(request: ActingRequest, found: list[CaseView], act: str) -> HttpResponse:
    before: list[dict[str, Any]] = []
    wrong: dict[str, list[int]] = {}
    for view in found:
        version = request.POST.get(f"version-{view.row.reference}", "")
        seen = int(version) if version.isascii() and version.isdigit() and len(version) < MOST else view.row.version
        try:
            _ACTS[act](request, view, seen)
        except Refusal as refusal:
            wrong.setdefault(words(refusal.reason), []).append(view.row.number)
            continue
        except (Refused, NotThere):
            wrong.setdefault(_("This is not yours to do."), []).append(view.row.number)
            continue
        before.append(
            {
                "case": view.row.reference,
                "owner": None if view.row.owner is None else view.row.owner.code,
                "queue": view.row.queue.code if act == "hand" else "",
            }
        )
    request.session[_UNDO] = _with_versions(request, before)
    for sentence, numbers in wrong.items():
        messages.warning(request, f"{', '.join(map(str, numbers))}: {sentence}")
    _say(request, len(before), 0)
    return HttpResponseRedirect(back_to_list(request) + _mark(request, before), status=SEE_OTHER)


def _with_versions(request: ActingRequest, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """With the version each has now, so that what somebody changes from now on is not undone. What is out of sight now stays done."""
    found = []
    for each in before:
        view = _case(request, each["case"])
        if view is not None:
            found.append({**each, "version": view.row.version})
    return found


def _mark(request: ActingRequest, before: list[dict[str, Any]]) -> str:
    """Lets the list offer to take it back."""
    if not before or not request.session[_UNDO]:
        return ""
    return ("&" if request.POST.get("query") else "?") + "undo=1"


def _restore(request: ActingRequest, each: dict[str, Any]) -> None:
    by, at, case, seen = request.actor, request.at, each["case"], each["version"]
    if each["queue"]:
        operations.hand_over(by=by, at=at, case=case, queue=each["queue"], words=_("Handed back at once."), seen=seen)
        seen = None
    operations.assign(by=by, at=at, case=case, owner=each["owner"], seen=seen)


def _say(request: ActingRequest, done: int, left: int) -> None:
    said = ngettext("Done for %(count)s request.", "Done for %(count)s requests.", done)
    messages.info(request, said % {"count": formats.count(done)})
    if left:
        told = ngettext(
            "%(count)s was changed by somebody since and stays as it is.",
            "%(count)s were changed by somebody since and stay as they are.",
            left,
        )
        messages.warning(request, told % {"count": formats.count(left)})
