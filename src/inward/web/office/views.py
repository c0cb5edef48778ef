"""The office's pages, the same for every thing that ``things`` declares: list, download, page, history, act with preview.

A view looks the thing up, asks its policy, and shows; what changes anything is the one operation that the act names. Who
looks after no records finds no office here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from inward.access import queries as access
from inward.core.terms import Reason, Refusal
from inward.desk import policy as desk_policy
from inward.insight.policy import may_suppose
from inward.kit import audit, idempotency, imports
from inward.kit import lists as kept_lists
from inward.kit.ids import public_reference
from inward.kit.policy import NotThere, require
from inward.kit.rehearsing import rehearsed
from inward.kit.sheets import Cell
from inward.parties import evidence, operations, policy
from inward.web.components import downloads, lists
from inward.web.components.errors import words
from inward.web.components.lists import Heading
from inward.web.components.records import Option
from inward.web.components.requests import ActingRequest, acts
from inward.web.office import showing
from inward.web.office.declaring import Act, Detail, Doing, Filter, Looking, Thing
from inward.web.office.forms import EVIDENCE, PAPER, STEPS, ActForm, takes_file
from inward.web.office.things import THINGS

SEE_OTHER: Final = 303
EXPORT_MAX: Final = 100_000
ACTS_AT_ONCE: Final = 4
ACTS_FIRST: Final = 3
"""What can be done with a thing: up to four buttons stand beside its name; of more, the first three, the others one click away."""
DAY: Final = "on"
_SYSTEM: Final = "system:"


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell of a list: its heading, what is read in it, whether figures stand in it."""

    label: str
    words: str
    end: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: where it leads, its first cell, and the others."""

    url: str
    title: str
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A sort of record on the start page."""

    url: str
    label: str
    lead: str
    icon: str


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history: what was done, when, by whom, the facts of it, and why."""

    name: str
    at: Any
    who: str
    words: str
    source: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """A filter above a list: its name, label and options."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A list kept under a name: where it leads, and whether it is the one shown."""

    name: str
    url: str
    current: bool


# --- pages -------------------------------------------------------------------------------------------------------------


@require_safe
def start(request: ActingRequest) -> HttpResponse:
    """All sorts of records that the reader looks after, in their groups."""
    looking = _looking(request)
    groups: dict[str, list[Tile]] = {}
    for thing in THINGS.values():
        if thing.may(looking):
            tile = Tile(_url("office_list", thing), str(thing.label), str(thing.lead), thing.icon)
            groups.setdefault(str(thing.group), []).append(tile)
    on = looking.at.date()
    values = {
        "groups": groups,
        "imports": bool(imports.sorts(viewer=looking.viewer, on=on)),
        "keeps": bool(policy.may_keep_records(looking.viewer, on=on)),
        "helps": bool(desk_policy.may_keep_some_queue(looking.viewer, on=on)),
        "supposes": bool(may_suppose(looking.viewer, on=on)),
    }
    return render(request, "office/start.html", values)


@require_safe
def listed(request: ActingRequest, thing: str) -> HttpResponse:
    """The list of a thing: searched, filtered, sorted, a page at a time."""
    looking, declared = _asked(request, thing)
    params = lists.asked(request.GET, _params(declared))
    looking = _at_day(looking, params)
    page = declared.rows(looking, _query(params))
    headings = [Heading(str(c.label), sort=c.sort, end=c.end) for c in declared.columns]
    values = {
        "thing": declared,
        "params": params,
        "rows": tuple(_row(declared, row) for row in page.rows),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
        "filters": tuple(_choosing(each, looking, params) for each in declared.filters),
        "filtered": any(params.get(name) for name in ("text", *(each.name for each in declared.filters))),
        "query": _kept(params),
        "creates": tuple(_offered(declared, act, looking, None, "") for act in declared.creates),
        "saved": _saved(request, declared, params),
        "on": looking.on,
    }
    return render(request, "office/list.html", values)


@require_safe
def exported(request: ActingRequest, thing: str, form: str) -> HttpResponseBase:
    """The list as a file, as it is filtered and sorted, up to EXPORT_MAX rows."""
    looking, declared = _asked(request, thing)
    if form not in downloads.FORMATS:
        raise Http404
    params = lists.asked(request.GET, [name for name in _params(declared) if name != "cursor"])
    head = [str(column.label) for column in declared.columns]
    return downloads.table(declared.name, form, head, _cells(declared, _at_day(looking, params), _query(params)))


@require_safe
def page(request: ActingRequest, thing: str, key: str) -> HttpResponse:
    """One thing: what is known, from when until when, and what can be done with it."""
    looking, declared = _asked(request, thing)
    detail = declared.page(looking, key)
    offered = [_offered(declared, act, looking, detail.record, key) for act in declared.acts]
    can = [each for each in offered if each is not None]
    first = len(can) if len(can) <= ACTS_AT_ONCE else ACTS_FIRST
    values = {
        "thing": declared,
        "key": key,
        "detail": detail,
        "heading": showing.marked(detail.title, spoken=detail.spoken),
        "facts": tuple(
            (str(fact.label), showing.marked(fact.value, spoken=fact.spoken), fact.url) for fact in detail.facts
        ),
        "versions": _versions(detail, looking, current=True),
        "acts_first": can[:first],
        "acts_more": can[first:],
    }
    return render(request, "office/page.html", values)


@require_safe
def history(request: ActingRequest, thing: str, key: str) -> HttpResponse:
    """Who changed what of a thing, when and why; and everything that was ever known of it."""
    looking, declared = _asked(request, thing)
    detail = declared.page(looking, key)
    values = {
        "thing": declared,
        "key": key,
        "detail": detail,
        "versions": _versions(detail, looking, current=False),
        "told": _told(declared, audit.told(detail.audited, but=access.AT_THE_DOOR)),
    }
    return render(request, "office/history.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActingRequest, thing: str, act: str) -> HttpResponse:
    """Make a new one: form, preview, save."""
    looking, declared = _asked(request, thing)
    return _act(request, looking, declared, _named(declared.creates, act), key="", detail=None)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: ActingRequest, thing: str, key: str, act: str) -> HttpResponse:
    """Do something with one that is there: form, preview, save."""
    looking, declared = _asked(request, thing)
    detail = declared.page(looking, key)
    named = _named(declared.acts, act)
    if not named.fits(looking, detail.record):
        raise NotThere
    return _act(request, looking, declared, named, key=key, detail=detail)


@acts(instead="office_list")
def save_list(request: ActingRequest, thing: str) -> HttpResponse:
    """Keep the list as it is filtered and sorted under a name."""
    _looking_at, declared = _asked(request, thing)
    params = lists.asked(QueryDict(request.POST.get("query", "")), [n for n in _params(declared) if n != "cursor"])
    name = request.POST.get("name", "")
    try:
        kept_lists.save_list(by=request.actor, at=request.at, face=_face(declared), name=name, params=params)
    except Refusal as refusal:
        messages.error(request, words(refusal.reason))
    else:
        messages.success(request, _("The list is kept as “%(name)s”.") % {"name": name.strip()})
    return HttpResponseRedirect(f"{_url('office_list', declared)}?{_kept(params)}", status=SEE_OTHER)


@acts(instead="office_list")
def forget_list(request: ActingRequest, thing: str) -> HttpResponse:
    """Forget a list that was kept under a name."""
    _looking_at, declared = _asked(request, thing)
    name = request.POST.get("name", "")
    kept_lists.remove_list(by=request.actor, at=request.at, face=_face(declared), name=name)
    messages.success(request, _("“%(name)s” is forgotten.") % {"name": name})
    return HttpResponseRedirect(_url("office_list", declared), status=SEE_OTHER)


# --- acting ------------------------------------------------------------------------------------------------------------


def _act(
    request: ActingRequest, looking: Looking, thing: Thing, act: Act, *, key: str, detail: Detail | None
) -> HttpResponse:
    """The form; what was typed with what it would change; or the thing after it was done."""
    record = None if detail is None else detail.record
    require(act.may(looking, record))
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step not in STEPS:
        given = {field.name: request.GET[field.name] for field in act.form if field.name in request.GET}
        form = ActForm(act, looking, record, promise=public_reference(), given=given)
        return _form(request, thing, act, form, key, detail)
    form = _sent(request, looking, act, record)
    if step == "edit" or not form.is_valid():
        return _form(request, thing, act, form, key, detail, bare=step == "edit")
    try:
        doing = _doing(looking, key, form, record)
        if step == "preview":
            return _preview(request, thing, act, form, doing, detail)
        return _do(request, thing, act, form, doing)
    except Refusal as refusal:
        form.refuse(refusal)
        return _form(request, thing, act, form, key, detail)


def _sent(request: ActingRequest, looking: Looking, act: Act, record: Any) -> ActForm:
    """The form as it was sent, its file kept so that nobody has to choose it twice, or its refusal said at its field."""
    data: QueryDict = request.POST
    refused = ""
    chosen = request.FILES.get(PAPER) if takes_file(act) else None
    if chosen is not None:
        try:
            kept = operations.bring_evidence(
                by=looking.viewer, at=looking.at, chunks=chosen.chunks(), name=chosen.name or ""
            )
        except Refusal as refusal:
            refused = words(refusal.reason)
        else:
            data = request.POST.copy()
            data[EVIDENCE] = kept.reference
    brought = ""
    if takes_file(act):
        brought = evidence.name_of(viewer=looking.viewer, at=looking.at, reference=data.get(EVIDENCE, ""))
    form = ActForm(act, looking, record, data=data, brought=brought)
    if refused:
        form.full_clean()
        form.add_error(PAPER, refused)
    return form


def _doing(looking: Looking, key: str, form: ActForm, record: Any) -> Doing:
    """What is about to be done. Refusal for a file that is no longer there."""
    sent = form.data.get(EVIDENCE, "") if takes_file(form.act) else ""
    paper = evidence.usable(viewer=looking.viewer, at=looking.at, reference=sent)
    return Doing(looking.viewer, looking.at, key, form.values, form.source, record, paper)


def _preview(
    request: ActingRequest, thing: Thing, act: Act, form: ActForm, doing: Doing, detail: Detail | None
) -> HttpResponse:
    """Try the act and undo it, so that it says now what it would refuse; then show what it would change."""
    rehearsed(partial(act.do, doing))
    effects = act.effects(doing)
    values = {
        "thing": thing,
        "act": act,
        "key": doing.key,
        "detail": detail,
        "changes": form.changes(),
        "effects": effects,
        "width": "" if any(effect.table is not None for effect in effects) else "narrow",
        "source": doing.source,
        "paper": form.brought,
        "carried": tuple(form.carried()),
    }
    return render(request, "office/preview.html", values)


def _do(request: ActingRequest, thing: Thing, act: Act, form: ActForm, doing: Doing) -> HttpResponse:
    """Do it once: the second of two equal submissions is led to what the first made."""
    body = [thing.name, act.name, doing.key, dict(form.carried())]
    key = idempotency.key_for(doing.by, f"office:{form.cleaned_data['promise']}", body)
    receipt = idempotency.once(key, lambda: {"key": act.do(doing)}, at=doing.at)
    messages.success(request, str(act.done) or _("Saved."))
    made = str(receipt["key"])
    url = _url("office_page", thing, made) if made else _url("office_list", thing)
    return HttpResponseRedirect(url, status=SEE_OTHER)


def _form(
    request: ActingRequest,
    thing: Thing,
    act: Act,
    form: ActForm,
    key: str,
    detail: Detail | None,
    *,
    bare: bool = False,
) -> HttpResponse:
    wrongs = () if bare or not form.is_bound else form.wrongs()
    values = {"thing": thing, "act": act, "key": key, "detail": detail, "form": form, "wrongs": wrongs}
    return render(request, "office/form.html", values, status=422 if wrongs else 200)


def _named(known: tuple[Act, ...], name: str) -> Act:
    for act in known:
        if act.name == name:
            return act
    raise NotThere


# --- looking -----------------------------------------------------------------------------------------------------------


def _looking(request: ActingRequest) -> Looking:
    """Who looks. NotThere for those who look after nothing of what the office holds."""
    looking = Looking(request.actor, request.at, request.at.date())
    if not any(thing.may(looking) for thing in THINGS.values()):
        raise NotThere
    return looking


def _asked(request: ActingRequest, name: str) -> tuple[Looking, Thing]:
    """Who looks, at which day, and the thing. NotThere for a thing there is not, or not for her."""
    looking, thing = _looking(request), THINGS.get(name)
    if thing is None or not thing.may(looking):
        raise NotThere
    return looking, thing


def _at_day(looking: Looking, params: Mapping[str, str]) -> Looking:
    """The same looker at the day that the list is asked for. Refusal for what is no day."""
    asked = params.get(DAY)
    if not asked:
        return looking
    try:
        return replace(looking, on=date.fromisoformat(asked))
    except ValueError:
        raise Refusal(Reason.of("list_filter_value", name=DAY, value=asked[:40]), where=DAY) from None


def _query(params: Mapping[str, str]) -> dict[str, str]:
    """What the query behind the list is asked: the day is the looker's."""
    return {name: value for name, value in params.items() if name != DAY}


def _params(thing: Thing) -> tuple[str, ...]:
    return ("text", "sort", "cursor", *(each.name for each in thing.filters), *([DAY] if thing.dated else []))


def _kept(params: Mapping[str, str]) -> str:
    """The parameters as an address carries them, without the place in the list."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in params.items() if name != "cursor"})
    return query.urlencode()


def _face(thing: Thing) -> str:
    return f"office.{thing.name}"


def _url(name: str, thing: Thing, *more: str) -> str:
    return reverse(name, args=[thing.name, *more])


def _offered(thing: Thing, act: Act, looking: Looking, record: Any, key: str) -> Any:
    """An act as a button; one that policy refuses stays readable and says why; None for one that does not fit."""
    if record is not None and not act.fits(looking, record):
        return None
    answer = act.may(looking, record)
    url = _url("office_change", thing, key, act.name) if key else _url("office_new", thing, act.name)
    refused = " ".join(words(reason) for reason in answer.reasons) if not answer else ""
    return {"url": url, "label": str(act.label), "icon": act.icon, "danger": act.danger, "refused": refused}


def _choosing(each: Filter, looking: Looking, params: Mapping[str, str]) -> Choosing:
    chosen = params.get(each.name, "")
    named = (Option(value, label, chosen=value == chosen) for value, label in each.options(looking))
    return Choosing(each.name, str(each.label), (Option("", _("All"), chosen=not chosen), *named))


def _saved(request: ActingRequest, thing: Thing, params: Mapping[str, str]) -> tuple[Saved, ...]:
    here = {name: value for name, value in params.items() if name != "cursor"}
    kept = kept_lists.saved_lists(viewer=request.actor, face=_face(thing))
    base = _url("office_list", thing)
    return tuple(Saved(name, f"{base}?{_kept(asked)}", asked == here) for name, asked in kept.items())


def _row(thing: Thing, row: Any) -> Row:
    first, *others = thing.columns
    cells = tuple(Shown(str(c.label), showing.marked(c.value(row), spoken=c.spoken), c.end) for c in others)
    title = showing.marked(first.value(row), spoken=first.spoken)
    return Row(_url("office_page", thing, thing.key(row)), title, cells)


def _cells(thing: Thing, looking: Looking, params: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """The rows of a download, page by page, so that a long list needs no memory."""
    cursor, left = "", EXPORT_MAX
    while left > 0:
        asked = {"limit": "200", **params} | ({"cursor": cursor} if cursor else {})
        found = thing.rows(looking, asked)
        for row in found.rows[:left]:
            yield tuple(showing.cell(column.value(row)) for column in thing.columns)
        left -= len(found.rows)
        if found.next_cursor is None:
            return
        cursor = found.next_cursor


def _versions(detail: Detail, looking: Looking, *, current: bool) -> tuple[Any, ...]:
    """What is known (or was ever known) of a thing, ready to be shown; what holds on the day is marked."""
    return tuple(
        {
            "days": showing.days(version.period),
            "words": version.words,
            "known_from": version.known_from,
            "known_until": version.known_until,
            "source": version.source,
            "evidence": version.evidence,
            "holds": version.current and looking.on in version.period,
            "later": version.current and version.period.start is not None and version.period.start > looking.on,
            "current": version.current,
        }
        for version in detail.versions
        if version.current or not current
    )


def _told(thing: Thing, rows: tuple[audit.Told, ...]) -> tuple[Told, ...]:
    names = access.called(row.subject for row in rows)
    return tuple(
        Told(
            name=str(thing.events.get(row.act, row.act)),
            at=row.at,
            who=_who(row.subject, names),
            words=showing.audited(row.facts),
            source=str(row.facts.get("source", "")),
        )
        for row in rows
    )


def _who(subject: str, names: Mapping[str, str]) -> str:
    if subject.startswith(_SYSTEM):
        return _("Inward itself (%(name)s)") % {"name": subject.removeprefix(_SYSTEM)}
    return names.get(subject, _("somebody who was forgotten"))
