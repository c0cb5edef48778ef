"""Subscriptions and insurance covers: what runs for me, one of them with its charges, ending it, changing its plan."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.terms import Money
from inward.kit import ids
from inward.trade import operations as trade
from inward.trade import runs
from inward.trade.runs import ChangeView, ChargeView, RunView
from inward.web.components import lists
from inward.web.components.errors import words as reason_words
from inward.web.components.lists import Heading
from inward.web.components.requests import ActingRequest, acts, done
from inward.web.home import quoting, words
from inward.web.home.forms import accepted

PARAMS: Final = ("sort", "cursor")


@dataclass(frozen=True, slots=True)
class Charge:
    """A charge as the page shows it."""

    view: ChargeView


@dataclass(frozen=True, slots=True)
class Change:
    """A change with the facts that made it, in words."""

    view: ChangeView
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of them as its page shows it. ``key`` goes with a change of plan, so that a double click changes once."""

    view: RunView
    charges: tuple[Charge, ...]
    changes: tuple[Change, ...]
    grounds: tuple[str, ...]
    plan: str
    held: str
    refused: str
    key: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A plan that could take its place: how it is charged, the terms to tick, its price as a form carries it."""

    view: runs.Other
    plan: str
    terms: tuple[quoting.Tick, ...]
    expected: str


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """What runs for me, or for whom I act."""
    return _listed(request, "own")


@require_safe
def every(request: ActingRequest) -> HttpResponse:
    """All of which I may see the orders: those of my customers, of my departments."""
    return _listed(request, "all")


@require_safe
def changed(request: ActingRequest) -> HttpResponse:
    """What changed a price or ended something, and why."""
    params = lists.asked(request.GET, PARAMS)
    page = runs.changes(viewer=request.actor, at=request.at, params=params)
    headings = (
        Heading(_("What"), sort="noted"),
        Heading(_("From"), sort="on"),
        Heading(_("Price before"), end=True),
        Heading(_("Price after"), end=True),
        Heading(_("Why")),
    )
    values = {
        "rows": tuple(map(_change, page.rows)),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
    }
    return render(request, "home/running_changes.html", values)


@require_safe
def one(request: ActingRequest, reference: str) -> HttpResponse:
    """One subscription or cover."""
    view = runs.run(viewer=request.actor, at=request.at, reference=reference)
    sheet = Sheet(
        view=view,
        charges=tuple(map(Charge, view.charges)),
        changes=tuple(map(_change, view.changes)),
        grounds=tuple(map(reason_words, view.grounds)),
        plan=words.plan(view.row.plan),
        held="" if view.row.held is None else reason_words(view.row.held),
        refused=" ".join(reason_words(reason) for reason in view.may_end.reasons),
        key=ids.public_reference(),
    )
    return render(
        request,
        "home/running_one.html",
        {"run": sheet, "others": tuple(_choice(each, request.at.date()) for each in view.others)},
    )


@acts(instead="running_one")
def end(request: ActingRequest, reference: str) -> HttpResponse:
    """End it after a last day, or as soon as it can."""

    def act() -> None:
        text = request.POST.get("last_day", "")
        last = parse_date(text) if text else None
        if text and last is None:
            raise ValidationError(_("This is no day."))
        on = None if last is None else last + timedelta(days=1)
        trade.end_running(by=request.actor, at=request.at, reference=reference, on=on)

    return done(request, act, _("It ends. What was charged for later days is given back."), "running_one", reference)


@acts(instead="running_one")
def keep(request: ActingRequest, reference: str) -> HttpResponse:
    """Let it go on after all."""
    act = partial(trade.keep_running, by=request.actor, at=request.at, reference=reference)
    return done(request, act, _("It goes on."), "running_one", reference)


@acts(instead="running_one")
def change(request: ActingRequest, reference: str) -> HttpResponse:
    """Change to another plan from today on, at the price that was shown."""

    def act() -> None:
        trade.change_running(
            by=request.actor,
            at=request.at,
            reference=reference,
            offering=request.POST.get("offering", ""),
            expected=_expected(request.POST.get("expected", "")),
            key=request.POST.get("key", ""),
            accepts=accepted(request.POST),
        )

    return done(request, act, _("Changed. The other plan runs from today on."), "running")


def _expected(text: str) -> Money:
    amount, _blank, currency = text.partition(" ")
    try:
        return Money.of(amount, currency)
    except ValueError as unreadable:
        raise ValidationError(_("The price that was shown is missing.")) from unreadable


def _listed(request: ActingRequest, which: str) -> HttpResponse:
    params = lists.asked(request.GET, PARAMS)
    page = runs.runs(viewer=request.actor, at=request.at, params=params, which=which)
    headings = (
        Heading(_("What"), sort="begun"),
        *(() if which == "own" else (Heading(_("For whom")),)),
        Heading(_("Supplier")),
        Heading(_("Next charge")),
        Heading(_("Price"), end=True),
    )
    values = {
        "which": which,
        "rows": tuple((row, words.every(row.plan)) for row in page.rows),
        "columns": lists.columns(headings, page, params),
        "pages": lists.pages(page, params),
    }
    return render(request, "home/running.html", values)


def _change(view: ChangeView) -> Change:
    return Change(view, tuple(map(reason_words, view.why)))


def _choice(other: runs.Other, on: date) -> Choice:
    return Choice(other, words.plan(other.plan), quoting.ticks(other.terms, on=on), str(other.price))
