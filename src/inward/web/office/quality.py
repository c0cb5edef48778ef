"""The data quality board: what in the records is likely wrong, each finding one click from the form that mends it."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from inward.core.terms import Reason, Refusal
from inward.kit import vocabularies
from inward.kit.policy import NotThere
from inward.parties import operations, policy, quality
from inward.parties.quality import Finding, Mend
from inward.web.components import formats, lists
from inward.web.components.errors import words
from inward.web.components.requests import ActingRequest, acts

SEE_OTHER: Final = 303
_LEFT: Final = "left"


@dataclass(frozen=True, slots=True)
class Line:
    """A check on the board: where it leads, its title, how many findings it has."""

    url: str
    title: str
    findings: int


@dataclass(frozen=True, slots=True)
class Told:
    """A finding: its key, the sentence, where it is mended, and why it was left, if it was."""

    key: str
    sentence: str
    url: str
    left: str


@require_safe
def board(request: ActingRequest) -> HttpResponse:
    """Every check with its number, those that find something first; for those who look after everything, the days before."""
    _require_keeper(request)
    found = quality.counts(viewer=request.actor, at=request.at)
    lines = [Line(reverse("office_quality_check", args=[c.check]), _title(c.check), c.findings) for c in found]
    values = {
        "wrong": [line for line in lines if line.findings],
        "well": [line.title for line in lines if not line.findings],
        "days": _days(request),
    }
    return render(request, "office/quality.html", values)


@require_safe
def check(request: ActingRequest, check: str) -> HttpResponse:
    """What a check finds, a page at a time; or what was left as it is."""
    _require_keeper(request)
    params = lists.asked(request.GET, ("cursor",))
    left = request.GET.get(_LEFT) == "yes"
    page = quality.findings(viewer=request.actor, at=request.at, check=check, params=params, left=left)
    values = {
        "check": check,
        "title": _title(check),
        "rows": [_told(each) for each in page.rows],
        "pages": lists.pages(page, {**params, **({_LEFT: "yes"} if left else {})}),
        "left": left,
    }
    return render(request, "office/quality_check.html", values)


@acts(instead="office_quality_check")
def leave(request: ActingRequest, check: str) -> HttpResponse:
    """Leave a finding as it is, with a reason, until a day."""
    _require_keeper(request)
    key, reason, until = request.POST.get("key", ""), request.POST.get("reason", ""), request.POST.get("until", "")
    try:
        operations.leave_finding(
            by=request.actor, at=request.at, check=check, key=_number(key), reason=reason, until=_day(until)
        )
    except Refusal as refusal:
        messages.error(request, words(refusal.reason))
    else:
        messages.success(request, _("It is left as it is, and no longer counted."))
    return HttpResponseRedirect(reverse("office_quality_check", args=[check]), status=SEE_OTHER)


@acts(instead="office_quality_check")
def take_up(request: ActingRequest, check: str) -> HttpResponse:
    """Count a finding again that was left as it is."""
    _require_keeper(request)
    operations.take_up_finding(by=request.actor, at=request.at, check=check, key=_number(request.POST.get("key", "")))
    messages.success(request, _("It is counted again."))
    return HttpResponseRedirect(reverse("office_quality_check", args=[check]), status=SEE_OTHER)


def _require_keeper(request: ActingRequest) -> None:
    """Out of bounds looks like missing."""
    if not policy.may_keep_records(request.actor, on=request.at.date()):
        raise NotThere


def _days(request: ActingRequest) -> list[tuple[date, int]]:
    """The days of the last month that were counted, newest first, with all findings of the day; for nobody else nothing."""
    if not policy.may_administer_everything(request.actor, on=request.at.date()):
        return []
    told = quality.history(viewer=request.actor, at=request.at)
    return [(day, sum(numbers.values())) for day, numbers in told.items()]


def _title(check: str) -> str:
    return vocabularies.label("check", check, formats.language())


def _told(finding: Finding) -> Told:
    return Told(str(finding.key), words(finding.reason), _address(finding.mend), finding.left)


def _address(mend: Mend) -> str:
    if not mend.act:
        address = reverse("office_list", args=[mend.thing])
    elif mend.code:
        address = reverse("office_change", args=[mend.thing, mend.code, mend.act])
    else:
        address = reverse("office_new", args=[mend.thing, mend.act])
    return f"{address}?{urlencode(mend.given)}" if mend.given else address


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit()):
        raise NotThere
    return int(key[:19])


def _day(text: str) -> date | None:
    """The day typed; None for none. Refusal for what is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal(Reason.of("list_filter_value", name="until", value=text[:40]), where="until") from None
