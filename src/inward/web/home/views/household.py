"""The page on which a person sees whose household she is known to belong to, or who is known to belong to hers, and ends it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.terms import Reason, Refusal
from inward.kit import vocabularies
from inward.parties import households, operations
from inward.parties.households import HouseholdRecord
from inward.web.components import formats
from inward.web.components.requests import ActingRequest, acts, done


@dataclass(frozen=True, slots=True)
class Home:
    """One household as its page shows it: the two by name, in words what they are and for what, the days; whether it goes on."""

    code: str
    member: str
    person: str
    tie: str
    purposes: str
    since: date | None
    last: date | None
    source: str
    goes_on: bool


@require_safe
def household(request: ActingRequest) -> HttpResponse:
    """All that is known of my household: who, for what, on which days, on whose word."""
    found = households.own(viewer=request.actor, at=request.at)
    today = request.at.date()
    return render(
        request, "home/household.html", {"homes": tuple(_home(each, today) for each in found), "today": today}
    )


@acts(instead="household_one")
def end(request: ActingRequest, key: str) -> HttpResponse:
    """Give it a last day, which was chosen on the page."""

    def act() -> None:
        until = _day_after(request.POST.get("last_day", ""))
        operations.end_household(by=request.actor, at=request.at, household=key, valid_until=until)

    return done(request, act, _("The last day is kept."), "household")


@acts(instead="household_one")
def take_back(request: ActingRequest, key: str) -> HttpResponse:
    """It was never so."""

    def act() -> None:
        operations.take_back_household(by=request.actor, at=request.at, household=key)

    return done(request, act, _("It is taken back: it counts on no day any more."), "household")


@require_safe
def one(request: ActingRequest, key: str) -> HttpResponse:
    """Whoever went back to an act is led to the page it belongs to."""
    del request, key
    return HttpResponseRedirect(reverse("household"))


def _day_after(typed: str) -> date:
    try:
        return date.fromisoformat(typed) + timedelta(days=1)
    except (ValueError, OverflowError):  # after the last day of the calendar there is none
        raise Refusal(Reason.of("not_a_day", value=typed[:40].replace("\0", "")), where="last_day") from None


def _home(record: HouseholdRecord, today: date) -> Home:
    language = formats.language()
    return Home(
        code=record.code,
        member=record.member.name,
        person=record.person.name,
        tie=vocabularies.label("tie", record.tie.value, language),
        purposes=", ".join(vocabularies.label("purpose", each.value, language) for each in record.purposes),
        since=record.period.start,
        last=record.period.last,
        source=record.source,
        goes_on=record.period.until is None or record.period.until > today,
    )
