"""What I have asked: a list, one request with its thread and promise, and what I can do with it now."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Final

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from inward.core.terms import Refusal
from inward.desk import cases, operations
from inward.desk.cases import CaseRow, CaseView
from inward.desk.casewords import UNDER_WAY, CaseState
from inward.kit import files, vocabularies
from inward.kit.sheets import Cell
from inward.web.components import downloads, formats, lists
from inward.web.components.cases import answered, clock_lines, due_words, uploads_of, verdict_of
from inward.web.components.errors import words as reason_words
from inward.web.components.lists import Heading
from inward.web.components.naming import full_name
from inward.web.components.people import WholeNameField
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, acts, done

PARAMS: Final = ("text", "state", "sort", "cursor")
EXPORT_MAX: Final = 10_000
UNFIT: Final = 422


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """What I asked, what was asked for me and my departments, and what I follow."""
    params = lists.asked(request.GET, PARAMS)
    page = cases.asked(viewer=request.actor, at=request.at, params=params)
    headings = (
        Heading(_("Request"), sort="number"),
        Heading(_("Asked on"), sort="opened"),
        Heading(_("Department")),
        Heading(_("State")),
        Heading(_("Whose turn")),
        Heading(_("Due")),
    )
    values = {
        "params": params,
        "rows": tuple(_listed(row, request) for row in page.rows),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
        "states": _states(params.get("state", "")),
        "filtered": any(params.get(name) for name in ("text", "state")),
        "query": request.GET.urlencode(),
        "tasks": cases.own_tasks(viewer=request.actor, at=request.at),
    }
    template = "home/requests.html#list" if request.headers.get("HX-Request") == "true" else "home/requests.html"
    return render(request, template, values)


@acts(instead="requests")
def task_done(request: ActingRequest) -> HttpResponse:
    """Say that a task of mine is done."""
    task = request.POST.get("task", "").replace("\0", "")

    def act() -> None:
        operations.do_own_task(by=request.actor, at=request.at, task=task)

    return done(request, act, _("The task is done."), "requests")


@require_safe
def export(request: ActingRequest, form: str) -> HttpResponseBase:
    """The list as a file, as it is filtered and sorted."""
    if form not in downloads.FORMATS:
        raise Http404
    params = lists.asked(request.GET, [name for name in PARAMS if name != "cursor"])
    head = [
        _("Number"),
        _("Asked on"),
        _("Subject"),
        _("Department"),
        _("State"),
        _("Whose turn"),
        _("Due"),
        _("Solved on"),
    ]
    return downloads.table("requests", form, head, _cells(request, params))


@require_safe
def one(request: ActingRequest, reference: str) -> HttpResponse:
    """One request: whose turn it is, what was promised, the thread, and what I can do now; whoever handles it is led to where that is done."""
    view = cases.case(viewer=request.actor, at=request.at, reference=reference)
    if view.serving:
        return HttpResponseRedirect(reverse("desk_case", args=[reference]))
    return render(request, "home/request.html", _values(request, view))


@require_safe
def news(request: ActingRequest, reference: str) -> HttpResponse:
    """What is new on the page of a request; nothing where nothing is. The page asks by itself."""
    state = cases.state_of(viewer=request.actor, at=request.at, reference=reference)
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(reverse("request", args=[reference]))
    if request.GET.get("seen", "") == _seen(*state):
        return HttpResponse(status=204)
    view = cases.case(viewer=request.actor, at=request.at, reference=reference)
    return render(request, "home/request.html#live", _values(request, view))


@require_POST
def read(request: ActingRequest, reference: str) -> HttpResponse:
    """Note that I have seen what stands there; the page says so by itself once it is shown."""
    operations.mark_read(by=request.actor, at=request.at, case=reference)
    return HttpResponse(status=204)


@acts(instead="request")
def write(request: ActingRequest, reference: str) -> HttpResponse:
    """Write to the service; ``again`` says that it is not solved after all."""
    text, again = request.POST.get("text", ""), bool(request.POST.get("again"))
    try:
        operations.write(
            by=request.actor, at=request.at, case=reference, text=text, uploads=uploads_of(request), again=again
        )
    except Refusal as refusal:
        return _shown(request, reference, wrong=reason_words(refusal.reason), typed=text, again=again)
    said = _("It is open again, and the service is told.") if again else _("Your message is sent.")
    return done(request, lambda: None, said, "request", reference)


@acts(instead="request")
def solved(request: ActingRequest, reference: str) -> HttpResponse:
    """Say whether it is solved, with a word."""
    yes, said = request.POST.get("solved") == "yes", request.POST.get("words", "").replace("\0", "")
    try:
        operations.confirm(by=request.actor, at=request.at, case=reference, solved=yes, words=said)
    except Refusal as refusal:
        return _shown(request, reference, wrong=reason_words(refusal.reason), said=said)
    told = _("Thank you. The request is closed.") if yes else _("It is open again, and the service is told why.")
    return done(request, lambda: None, told, "request", reference)


@acts(instead="request")
def withdraw(request: ActingRequest, reference: str) -> HttpResponse:
    """Ask it no longer."""
    said = request.POST.get("words", "").replace("\0", "")
    act = partial(operations.withdraw, by=request.actor, at=request.at, case=reference, words=said)
    return done(request, act, _("It is no longer asked."), "request", reference)


@acts(instead="request")
def follow(request: ActingRequest, reference: str) -> HttpResponse:
    """Let somebody follow it."""

    def act() -> None:
        person = WholeNameField(max_length=240).clean(request.POST.get("person", ""))
        operations.watch(by=request.actor, at=request.at, case=reference, person=person)

    return done(request, act, _("They can read it from now on."), "request", reference)


@acts(instead="request")
def unfollow(request: ActingRequest, reference: str) -> HttpResponse:
    """Let somebody, or me, follow it no longer."""
    person = request.POST.get("person", "").replace("\0", "")
    act = partial(operations.unwatch, by=request.actor, at=request.at, case=reference, person=person)
    back = ("requests", ()) if person == request.actor.person else ("request", (reference,))
    return done(request, act, _("It is followed no longer."), back[0], *back[1])


@require_safe
def file(request: ActingRequest, reference: str, file: str) -> HttpResponseBase:
    """A file of the thread, to be saved."""
    return files.serve(cases.file(viewer=request.actor, at=request.at, reference=reference, file=file))


def _shown(request: ActingRequest, reference: str, **typed: object) -> HttpResponse:
    """The page once more, with what was typed and why nothing was done."""
    view = cases.case(viewer=request.actor, at=request.at, reference=reference)
    return render(request, "home/request.html", _values(request, view) | typed, status=UNFIT)


def _values(request: ActingRequest, view: CaseView) -> dict[str, object]:
    state, on = view.row.state, request.at.date()
    speaks = bool(view.may_speak)
    ends_on = view.ends_on
    return {
        "view": view,
        "supplier": full_name(view.row.supplier.code, on=on),
        "customer": full_name(view.row.customer.code, on=on),
        "turn": _turn(view),
        "clocks": clock_lines(view.runs),
        "verdict": verdict_of(view),
        "answers": answered(view.answers),
        "seen": _seen(view.row.version, view.last_message),
        "may_write": speaks and state in UNDER_WAY,
        "asked_whether": speaks and state is CaseState.SOLVED,
        "may_reopen": speaks and state is CaseState.CLOSED and ends_on is not None and on <= ends_on,
        "may_ask_anew": speaks and state is CaseState.CLOSED and ends_on is not None and on > ends_on,
        "watches": request.actor.person in {each.code for each in view.watchers},
        "me": request.actor.person or "",
    }


def _seen(version: int, last: int) -> str:
    """What a page stands for, to be compared with what is true now."""
    return f"{version}-{last}"


def _turn(view: CaseView) -> str:
    """Whose turn it is, said to whoever asked."""
    row = view.row
    if row.waits_for is not None:
        hold = vocabularies.label("hold", row.waits_for.value, formats.language())
        return hold if row.until is None else _("%(why)s: %(day)s") % {"why": hold, "day": formats.day(row.until)}
    return vocabularies.label("turn", row.turn.value, formats.language())


def _listed(row: CaseRow, request: ActingRequest) -> dict[str, object]:
    on = request.at.date()
    return {
        "row": row,
        "url": reverse("request", args=[row.reference]),
        "supplier": full_name(row.supplier.code, on=on),
        "customer": "" if row.customer.code == request.actor.person else full_name(row.customer.code, on=on),
        "due": due_words(row, at=request.at) if row.under_way else None,
    }


def _states(chosen: str) -> tuple[Option, ...]:
    language = formats.language()
    named = (
        Option(each.value, vocabularies.label("case_state", each.value, language), chosen=each.value == chosen)
        for each in CaseState
    )
    return (Option("", _("All states"), chosen=not chosen), *named)


def _cells(request: ActingRequest, params: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the file; made after the view has returned, so what depends on the reader is taken now."""
    language, zone = formats.language(), timezone.get_current_timezone()
    found = cases.each(viewer=request.actor, at=request.at, params=params, serving=False, most=EXPORT_MAX)
    name = lru_cache(maxsize=None)(lambda code: full_name(code, on=request.at.date()))

    def day(at: datetime | None) -> date | None:
        return None if at is None else at.astimezone(zone).date()

    def cells(row: CaseRow) -> tuple[Cell, ...]:
        return (
            row.number,
            day(row.opened_at),
            row.subject,
            name(row.supplier.code),
            vocabularies.label("case_state", row.state.value, language),
            vocabularies.label("turn", row.turn.value, language),
            day(row.due_at),
            day(row.solved_at),
        )

    return map(cells, found)
