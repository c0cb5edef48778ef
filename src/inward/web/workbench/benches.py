"""The list of what is to be handled, with saved views and a case beside it; the same as a board; what is best done next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.classification import Verdict
from inward.desk import cases, serving
from inward.desk.cases import NOBODYS, CaseRow
from inward.desk.casewords import CaseState
from inward.desk.vocabulary import Priority
from inward.kit import lists as kept
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.kit.sheets import Cell
from inward.web.components import downloads, formats, lists
from inward.web.components.cases import DueWords, due_words
from inward.web.components.lists import Heading
from inward.web.components.naming import full_name
from inward.web.components.records import Link, Option
from inward.web.components.requests import ActingRequest, acts, done
from inward.web.workbench.case import sheet

FACE: Final = "desk"
FILTERS: Final = (
    "text", "state", "queue", "owner", "priority", "standing", "kind", "request", "missed", "supplier", "customer",
    "opened_from", "opened_until", "all", "sort",
)  # fmt: skip
PARAMS: Final = (*FILTERS, "cursor")
ME: Final = "me"
"""In an address: whoever reads it, so that a view can be given to others."""
EXPORT_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list."""

    row: CaseRow
    url: str
    due: DueWords
    customer: str
    chosen: bool


@require_safe
def desk(request: ActingRequest) -> HttpResponse:
    """What is to be handled: what is due first at the top; the chosen case beside it."""
    _require_serving(request)
    params = lists.asked(request.GET, PARAMS)
    page = cases.served(
        viewer=request.actor, at=request.at, params=wanted(params, request), under_way="all" not in params
    )
    chosen = request.GET.get("case", "")
    values = _around(request, params) | {
        "rows": tuple(_row(row, request, params, chosen) for row in page.rows),
        "columns": lists.columns(_headings(all_of="all" in params), page, params),
        "pages": lists.pages(page, params),
        "chosen": chosen,
        "kept": kept.saved_lists(viewer=request.actor, face=FACE),
    }
    if chosen:
        values |= sheet(request, chosen, back=urlencode({name: params[name] for name in params if name != "cursor"}))
    template = "workbench/desk.html#list" if request.headers.get("HX-Request") == "true" else "workbench/desk.html"
    return render(request, template, values)


@require_safe
def board(request: ActingRequest) -> HttpResponse:
    """What is under way by how it stands."""
    _require_serving(request)
    params = lists.asked(request.GET, [name for name in FILTERS if name not in ("state", "all", "sort")])
    found = serving.board(viewer=request.actor, at=request.at, params=wanted(params, request))
    columns = tuple((column, tuple(_row(row, request, {}, "") for row in column.rows)) for column in found)
    return render(request, "workbench/board.html", _around(request, params) | {"board": columns})


@require_safe
def best(request: ActingRequest) -> HttpResponse:
    """To the case that is best done next: due first of those nobody has."""
    _require_serving(request)
    found = serving.next_best(viewer=request.actor, at=request.at)
    if found is None:
        messages.info(request, _("Nothing waits that nobody has taken on."))
        return HttpResponseRedirect(reverse("desk"))
    return HttpResponseRedirect(reverse("desk_case", args=[found]))


@require_safe
def export(request: ActingRequest, form: str) -> HttpResponseBase:
    """The list as a file, as it is filtered and sorted."""
    _require_serving(request)
    if form not in downloads.FORMATS:
        raise Http404
    params = lists.asked(request.GET, FILTERS)
    head = [
        _("Number"), _("Asked on"), _("Subject"), _("Queue"), _("Customer"), _("Inside or outside"), _("Case handler"),
        _("State"), _("Priority"), _("Due"), _("Missed"), _("Solved on"),
    ]  # fmt: skip
    return downloads.table("requests", form, head, _cells(request, params))


@acts(instead="desk")
def save(request: ActingRequest) -> HttpResponse:
    """Keep the list as it is filtered under a name."""
    name, params = request.POST.get("name", "").replace("\0", ""), _params(request)

    def act() -> None:
        kept.save_list(by=request.actor, at=request.at, face=FACE, name=name, params=params)

    return done(request, act, _("The view is kept."), "desk")


@acts(instead="desk")
def forget(request: ActingRequest) -> HttpResponse:
    """Forget a view of mine."""
    name = request.POST.get("name", "").replace("\0", "")

    def act() -> None:
        kept.remove_list(by=request.actor, at=request.at, face=FACE, name=name)

    return done(request, act, _("The view is forgotten."), "desk")


def wanted(params: Mapping[str, str], request: ActingRequest) -> dict[str, str]:
    """What the address asks for, as the room takes it."""
    asked = {name: value for name, value in params.items() if name != "all"}
    if asked.get("owner") == ME:
        asked["owner"] = request.actor.person or NOBODYS
    return asked


def back_to_list(request: ActingRequest) -> str:
    """The list from which an act came, with its filters; its own address where it came from none."""
    params = _params(request)
    return reverse("desk") + (f"?{urlencode(params)}" if params else "")


def _params(request: ActingRequest) -> dict[str, str]:
    return lists.asked(QueryDict(request.POST.get("query", "")), FILTERS)


def _require_serving(request: ActingRequest) -> None:
    if not serving.serves_somebody(viewer=request.actor, at=request.at):
        raise NotThere


def _around(request: ActingRequest, params: Mapping[str, str]) -> dict[str, object]:
    """What list and board have around them: counts, filters, ways to the other."""
    counts = serving.counts(viewer=request.actor, at=request.at)
    here = {name: params[name] for name in params if name != "cursor"}
    return {
        "params": params,
        "query": urlencode(here),
        "filtered": bool(set(here) - {"sort", "all"}),
        "tabs": (
            _tab(_("All"), counts.all, "", params),
            _tab(_("Mine"), counts.mine, ME, params),
            _tab(_("Nobody’s"), counts.nobodys, NOBODYS, params),
        ),
        "queues": _queues(request, params.get("queue", "")),
        "states": _options("case_state", CaseState, params.get("state", ""), _("All states")),
        "priorities": _options("priority", Priority, params.get("priority", ""), _("All priorities")),
        "standings": _standings(params.get("standing", "")),
    }


def _tab(label: str, count: tuple[int, bool], owner: str, params: Mapping[str, str]) -> Link:
    number = formats.count(count[0]) + ("+" if count[1] else "")
    address = f"?{urlencode({'owner': owner})}" if owner else "?"
    return Link(address, f"{label} {number}", current=params.get("owner", "") == owner)


def _queues(request: ActingRequest, chosen: str) -> tuple[Option, ...]:
    found = serving.queues(viewer=request.actor, at=request.at)
    named = (Option(line.code, line.name, chosen=line.code == chosen) for line in found)
    return (Option("", _("All queues"), chosen=not chosen), *named)


def _options(sort: str, values: type[Enum], chosen: str, every_word: str) -> tuple[Option, ...]:
    language = formats.language()
    named = (
        Option(each.value, vocabularies.label(sort, each.value, language), chosen=each.value == chosen)
        for each in values
    )
    return (Option("", every_word, chosen=not chosen), *named)


def _standings(chosen: str) -> tuple[Option, ...]:
    named = {"": _("Inside and outside"), Verdict.INTERNAL.value: _("Inside"), Verdict.EXTERNAL.value: _("Outside")}
    return tuple(Option(value, label, chosen=value == chosen) for value, label in named.items())


def _headings(*, all_of: bool) -> tuple[Heading, ...]:
    return (
        Heading(_("Request"), sort="number"),
        Heading(_("Customer")),
        Heading(_("Case handler")),
        Heading(_("State")),
        Heading(_("Due"), sort="" if all_of else "due"),
    )


def _row(row: CaseRow, request: ActingRequest, params: Mapping[str, str], chosen: str) -> Row:
    return Row(
        row=row,
        url=f"{reverse('desk')}?{urlencode({**params, 'case': row.reference})}",
        due=due_words(row, at=request.at),
        customer=_customer(row, request),
        chosen=row.reference == chosen,
    )


def _customer(row: CaseRow, request: ActingRequest) -> str:
    """Whoever asked, and for which department."""
    name = full_name(row.customer.code, on=request.at.date())
    return name if row.person is None or row.person.code == row.customer.code else f"{row.person.name}, {name}"


def _cells(request: ActingRequest, params: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of the file; made after the view has returned, so what depends on the reader is taken now."""
    language, zone = formats.language(), timezone.get_current_timezone()
    found = cases.each(
        viewer=request.actor,
        at=request.at,
        params=wanted(params, request),
        serving=True,
        under_way="all" not in params,
        most=EXPORT_MAX,
    )
    name = lru_cache(maxsize=None)(lambda code: full_name(code, on=request.at.date()))
    inside, outside, yes = _("Inside"), _("Outside"), _("Yes")

    def cells(row: CaseRow) -> tuple[Cell, ...]:
        return (
            row.number,
            row.opened_at.astimezone(zone).date(),
            row.subject,
            row.queue.name,
            name(row.customer.code),
            inside if row.standing is Verdict.INTERNAL else outside,
            "" if row.owner is None else row.owner.name,
            vocabularies.label("case_state", row.state.value, language),
            vocabularies.label("priority", row.priority.value, language),
            None if row.due_at is None else row.due_at.astimezone(zone).date(),
            yes if row.missed else "",
            None if row.solved_at is None else row.solved_at.astimezone(zone).date(),
        )

    return map(cells, found)
