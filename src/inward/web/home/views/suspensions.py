"""Suspensions from staff schemes, as the person reads why, follows every step and answers."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.catalogue import operations, suspending
from inward.catalogue.suspending import SuspensionView
from inward.kit import vocabularies
from inward.web.components import formats
from inward.web.components.requests import ActingRequest, acts, done


@dataclass(frozen=True, slots=True)
class HeardStep:
    """A step in words: what, when, by whom, what was said."""

    what: str
    at: datetime
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class SuspensionSheet:
    """One suspension as its owner reads it."""

    reference: str
    scheme: str
    since: date
    last: date | None
    began: bool
    stands: str
    tone: str
    answer_by: date
    answerable: bool
    steps: tuple[HeardStep, ...]


@require_safe
def mine(request: ActingRequest) -> HttpResponse:
    """Every suspension of mine, the latest first."""
    return render(request, "home/suspensions.html", {"sheets": sheets_of(request)})


@require_safe
def one(request: ActingRequest, key: str) -> HttpResponse:
    """One of them, to read and answer."""
    found = suspending.own_one(viewer=request.actor, at=request.at, reference=key)
    return render(request, "home/suspensions.html", {"sheets": (_sheet(found, request.at.date()),)})


@acts(instead="suspension")
def answer(request: ActingRequest, key: str) -> HttpResponse:
    """Say what there is to say."""

    def act() -> None:
        words = request.POST.get("words", "").replace("\0", "")
        operations.answer_suspension(by=request.actor, at=request.at, suspension=key, words=words)

    return done(request, act, _("Your answer is kept, and whoever decides is told."), "suspension", key)


def sheets_of(request: ActingRequest) -> tuple[SuspensionSheet, ...]:
    """The reader's own suspensions."""
    return tuple(_sheet(each, request.at.date()) for each in suspending.own(viewer=request.actor, at=request.at))


def _sheet(view: SuspensionView, on: date) -> SuspensionSheet:
    language = formats.language()
    return SuspensionSheet(
        reference=view.reference,
        scheme=view.scheme_name,
        since=view.since,
        last=view.period.last,
        began=view.began,
        stands=_("ended: nobody upheld it")
        if view.lapsed_on(on)
        else vocabularies.label("hearing_step", view.state.value, language),
        tone="warn" if view.open_on(on) else "quiet",
        answer_by=view.answer_by,
        answerable=view.answerable_on(on),
        steps=tuple(
            HeardStep(
                vocabularies.label("hearing_step", step.kind.value, language),
                step.at,
                "" if step.who is None else step.who.name,
                step.words,
            )
            for step in view.steps
        ),
    )
