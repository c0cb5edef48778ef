"""Help: what can be asked of whom, what is promised and what it costs before one asks, and asking."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from inward.core.pricing import Wanted
from inward.core.promises import Run
from inward.core.terms import Money, Refusal
from inward.desk import helping, operations, queues, things
from inward.desk.cases import QueueRow, RequestRow
from inward.desk.casewords import Impact, Urgency
from inward.desk.helping import Department, Foretold, Hours
from inward.desk.operations import Ask
from inward.desk.vocabulary import PRIORITIES
from inward.kit import ids, vocabularies
from inward.kit.policy import NotThere, Refused
from inward.parties import leading
from inward.trade import queries as trade
from inward.web.components import formats
from inward.web.components.cases import uploads_of
from inward.web.components.errors import words as reason_words
from inward.web.components.naming import full_name
from inward.web.components.records import Link, VerdictWords
from inward.web.components.requests import SEE_OTHER, ActingRequest, acts
from inward.web.home import words
from inward.web.home.asking import AskForm

_TYPE, _QUEUE = "type:", "queue:"
"""Begin what a draft is of."""
_FIRST: Final = frozenset({"customer", "impact", "urgency"})
UNFIT: Final = 422
Sort = TypeVar("Sort", Impact, Urgency)


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """What is promised, in words: what, and by when, of something asked now."""

    what: str
    by: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A department as the door and its own page show it."""

    department: Department
    name: str
    hours: str
    open_now: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What is promised and what it costs, shown before anything is sent. ``refused`` says why it cannot be asked so."""

    lines: tuple[PromiseLine, ...]
    promise: str
    verdict: VerdictWords | None
    price: Money | None
    price_note: str
    refused: str = ""


@require_safe
def door(request: ActingRequest) -> HttpResponse:
    """Everybody who helps, with what can be asked; a search over it, and what I ask again and again with one tap."""
    text = request.GET.get("text", "").replace("\0", "").strip()
    found = helping.departments(viewer=request.actor, at=request.at, text=text)
    everything = found if not text else helping.departments(viewer=request.actor, at=request.at)
    values = {
        "text": text,
        "departments": tuple(_shown(each, request) for each in found),
        "quick": tuple((each, ids.public_reference()) for each in _quick(request, everything)),
        "drafts": _drafts(request, everything),
        "outages": things.banners(),
    }
    template = "home/help.html#found" if request.headers.get("HX-Request") == "true" else "home/help.html"
    return render(request, template, values)


@require_safe
def department(request: ActingRequest, party: str) -> HttpResponse:
    """A department: what it does, when it is open, what it promises me and why, whom to ask."""
    found = helping.department(viewer=request.actor, at=request.at, party=party)
    values = {
        "shown": _shown(found, request),
        "outages": things.banners(supplier=party),
        "leaders": _leaders(request, party),
        "told": _told(request, party, request.actor.customer, Impact.ONE, Urgency.SOON, ""),
        "quick": tuple((each, ids.public_reference()) for each in _quick(request, (found,))),
        "keeping": _keeping(request, party),
    }
    return render(request, "home/help_department.html", values)


def _keeping(request: ActingRequest, party: str) -> tuple[Link, ...]:
    """Where whoever keeps the help of a department says how it works; nothing for others."""
    if not queues.keeps(viewer=request.actor, at=request.at, supplier=party):
        return ()
    lists = (
        ("queues", _("Queues")),
        ("request-types", _("What can be asked")),
        ("macros", _("Replies and macros")),
        ("queue-rules", _("Rules of queues")),
        ("standard-procedures", _("Standard procedures")),
        ("equipment", _("Equipment")),
    )
    named = tuple(Link(reverse("office_list", args=[thing]), label) for thing, label in lists)
    return (*named, Link(reverse("office_help_files"), _("Bring in a file about help")))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActingRequest, code: str) -> HttpResponse:
    """Ask by the form of a request: first what is promised and what it costs, then, by POST, it is sent."""
    row = helping.request(viewer=request.actor, at=request.at, code=code)
    line = helping.queue(viewer=request.actor, at=request.at, code=row.queue.code)
    return _page(request, _TYPE + code, line, row)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActingRequest, code: str) -> HttpResponse:
    """Ask a queue in one's own words."""
    line = helping.queue(viewer=request.actor, at=request.at, code=code)
    return _page(request, _QUEUE + code, line, None)


@require_POST
def draft(request: ActingRequest) -> HttpResponse:
    """Keep what was typed so far; the page asks for it by itself. Nothing is said."""
    what = request.POST.get("what", "").replace("\0", "")
    try:
        line, row = _of(request, what)
    except NotThere:
        return HttpResponse(status=204)
    form = _form(line, row, request.POST)
    operations.keep_draft(by=request.actor, at=request.at, what=what, typed=form.typed)
    return HttpResponse(status=204)


@acts(instead="help")
def forget(request: ActingRequest) -> HttpResponse:
    """Throw away what I had typed for a request and not sent."""
    operations.drop_draft(by=request.actor, at=request.at, what=request.POST.get("what", "").replace("\0", ""))
    messages.info(request, _("What you had typed is thrown away."))
    return HttpResponseRedirect(reverse("help"), status=SEE_OTHER)


@acts(instead="help_ask")
def again(request: ActingRequest, code: str) -> HttpResponse:
    """Ask the same as the last time, with one tap."""
    found = helping.departments(viewer=request.actor, at=request.at)
    quick = next((each for each in _quick(request, found) if each.request.code == code), None)
    if quick is None:
        raise NotThere
    ask = Ask(request_type=code, answers=quick.answers or {}, customer=request.actor.customer)
    try:
        receipt = operations.open_case(by=request.actor, at=request.at, key=request.POST.get("key", ""), ask=ask)
    except Refusal as refusal:  # the form has changed since, or was never filled in
        messages.warning(request, reason_words(refusal.reason))
        return HttpResponseRedirect(reverse("help_ask", args=[code]), status=SEE_OTHER)
    messages.success(request, _sent(receipt.number))
    return HttpResponseRedirect(reverse("request", args=[receipt.reference]), status=SEE_OTHER)


def _page(request: ActingRequest, what: str, line: QueueRow, row: RequestRow | None) -> HttpResponse:
    if request.method == "POST":
        form = _form(line, row, request.POST)
        sent = _send(request, what, line, row, form)
        if sent is not None:
            return sent
    elif request.headers.get("HX-Request") == "true":
        return render(request, "home/help_ask.html#told", {"told": _told_of(request, line, row, request.GET)})
    else:
        kept = helping.draft(viewer=request.actor, what=what)
        form = _form(line, row, kept or None)
    given = form.data if form.is_bound else {}
    values = {
        "what": what,
        "line": line,
        "row": row,
        "supplier": full_name(line.supplier.code, on=request.at.date()),
        "whom": _whom(request),
        "form": form,
        "drafted": form.is_bound and request.method != "POST",
        "told": _told_of(request, line, row, given),
        "key": request.POST.get("key") or ids.public_reference(),
        "follows": request.POST.get("follows", "") or request.GET.get("follows", ""),
        "here": request.path,
        "parts": _parts(request, row),
    }
    return render(request, "home/help_ask.html", values, status=UNFIT if request.method == "POST" else 200)


def _send(
    request: ActingRequest, what: str, line: QueueRow, row: RequestRow | None, form: AskForm
) -> HttpResponse | None:
    """Open the case; None where something has to be said in the form first, which keeps what was typed."""
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    wanted = Ask(
        queue="" if row is not None else line.code,
        request_type="" if row is None else row.code,
        subject=typed.get("subject", ""),
        text=typed["text"],
        answers=form.answers,
        customer=typed["customer"] or request.actor.customer,
        concerned=typed.get("concerned", ()),
        impact=_of_enum(Impact, typed.get("impact")),
        urgency=_of_enum(Urgency, typed.get("urgency")),
        follows=request.POST.get("follows", ""),
    )
    key, uploads = request.POST.get("key", ""), uploads_of(request)
    try:
        receipt = operations.open_case(by=request.actor, at=request.at, key=key, ask=wanted, uploads=uploads)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    except Refused as refused:
        form.add_error(None, " ".join(map(reason_words, refused.reasons)))
        return None
    operations.drop_draft(by=request.actor, at=request.at, what=what)
    messages.success(request, _sent(receipt.number))
    return HttpResponseRedirect(reverse("request", args=[receipt.reference]), status=SEE_OTHER)


def _sent(number: int) -> str:
    return _("Request %(number)s is sent. You are written to when somebody answers.") % {"number": number}


def _of(request: ActingRequest, what: str) -> tuple[QueueRow, RequestRow | None]:
    """Of which queue or request a draft is. NotThere where there is none."""
    if what.startswith(_TYPE):
        row = helping.request(viewer=request.actor, at=request.at, code=what.removeprefix(_TYPE))
        return helping.queue(viewer=request.actor, at=request.at, code=row.queue.code), row
    return helping.queue(viewer=request.actor, at=request.at, code=what.removeprefix(_QUEUE)), None


def _form(line: QueueRow, row: RequestRow | None, data: Mapping[str, str] | None) -> AskForm:
    questions = () if row is None else row.questions
    return AskForm(data, questions=questions, free=row is None, confidential=line.confidential)


def _whom(request: ActingRequest) -> str:
    """For whom it is unless a colleague is named; empty for oneself."""
    acting = request.actor.acting_for
    return "" if acting is None else full_name(acting, on=request.at.date())


def _parts(request: ActingRequest, row: RequestRow | None) -> tuple[str, ...]:
    """What a bundle is made of, in words: which department does what."""
    if row is None or not row.parts:
        return ()
    on, found = request.at.date(), []
    for code in row.parts:
        part = helping.request(viewer=request.actor, at=request.at, code=code)
        found.append(
            _("%(what)s, by %(department)s") % {"what": part.name, "department": full_name(part.supplier.code, on=on)}
        )
    return tuple(found)


def _told_of(request: ActingRequest, line: QueueRow, row: RequestRow | None, typed: Mapping[str, str]) -> Told:
    """What is promised for what has been typed so far."""
    form = _form(line, row, {name: text for name, text in typed.items() if name in _FIRST})
    form.is_valid()
    named = form.cleaned_data.get("customer") if "customer" not in form.errors else None
    impact = _of_enum(Impact, typed.get("impact")) or (Impact.ONE if row is None else row.impact)
    urgency = _of_enum(Urgency, typed.get("urgency")) or (Urgency.SOON if row is None else row.urgency)
    customer = named or request.actor.customer
    offering = "" if row is None else row.offering
    return _told(request, line.supplier.code, customer, impact, urgency, offering)


def _told(
    request: ActingRequest, supplier: str, customer: str | None, impact: Impact, urgency: Urgency, offering: str
) -> Told:
    try:
        found = helping.foretold(
            viewer=request.actor,
            at=request.at,
            supplier=supplier,
            customer=customer,
            priority=PRIORITIES[impact, urgency],
        )
    except Refused as refused:
        return Told((), "", None, None, "", " ".join(map(reason_words, refused.reasons)))
    on = request.at.date()
    assert customer is not None  # nobody is promised nothing
    price, note = _price(request, customer, offering)
    return Told(
        lines=tuple(map(_line, found.runs)),
        promise=_promise(found),
        verdict=words.verdict(found.standing, customer=customer, supplier=supplier, on=on),
        price=price,
        price_note=note,
    )


def _line(run: Run) -> PromiseLine:
    return PromiseLine(vocabularies.label("measure", run.measure.value, formats.language()), run.due.at)


def _promise(found: Foretold) -> str:
    """Which promise it is and for whom it was made; or that there is none."""
    if found.promise is None:
        return _("Nothing is promised here: it is answered as soon as somebody can.")
    if not found.runs:
        return _("Nobody has said when this department works, so no time can be promised.")
    record = found.promise.record
    said = {
        "name": record.name,
        "kind": vocabularies.label("standing_kind", found.standing.kind.value, formats.language()),
    }
    if record.terms.kinds:
        return _("“%(name)s”: promised to whoever stands like this to the service (%(kind)s).") % said
    return _("“%(name)s”: promised to everybody.") % said


def _price(request: ActingRequest, customer: str, offering: str) -> tuple[Money | None, str]:
    """What it costs whoever asks, today; without an item nothing is charged for."""
    if not offering:
        return None, ""
    try:
        lines = [Wanted(offering, 1)]
        quoted = trade.quote_for(viewer=request.actor, at=request.at, lines=lines, customer=customer).quote
    except (Refusal, Refused):
        return None, _("Its price follows from who they are; they see it themselves.")
    return quoted.total, words.price_note(includes_tax=bool(quoted.tax))


def _shown(found: Department, request: ActingRequest) -> Shown:
    hours = helping.hours(supplier=found.party.code, at=request.at)
    name = full_name(found.party.code, on=request.at.date())
    return Shown(found, name, _hours(hours, request.at), hours is not None and hours.open_now)


def _hours(hours: Hours | None, now: datetime) -> str:
    if hours is None:
        return _("Nobody has said when it is open.")
    if hours.changes_at is None:
        return _("Open now") if hours.open_now else _("Closed")
    at = {"at": formats.instant_from(hours.changes_at, now)}
    return _("Open now, until %(at)s") % at if hours.open_now else _("Closed now, until %(at)s") % at


def _leaders(request: ActingRequest, party: str) -> leading.Leaders | None:
    """Whom to ask; nobody for those who do not see who works there."""
    try:
        return leading.leaders(viewer=request.actor, at=request.at, on=request.at.date(), place=party)
    except NotThere:
        return None


def _quick(request: ActingRequest, found: tuple[Department, ...]) -> tuple[helping.Again, ...]:
    return helping.quick(viewer=request.actor, at=request.at, shown=found)


def _drafts(request: ActingRequest, found: tuple[Department, ...]) -> tuple[tuple[str, str], ...]:
    """What I had begun to ask, as links: the name and the address."""
    named = {
        _TYPE + row.code: (row.name, reverse("help_ask", args=[row.code])) for each in found for row in each.requests
    }
    named |= {
        _QUEUE + row.code: (row.name, reverse("help_write", args=[row.code])) for each in found for row in each.queues
    }
    return tuple(named[what] for what in helping.drafts(viewer=request.actor) if what in named)


def _of_enum(sort: type[Sort], value: object) -> Sort | None:
    return sort(value) if isinstance(value, str) and value in sort.__members__ else None
