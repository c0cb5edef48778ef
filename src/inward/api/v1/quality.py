"""The data quality board over HTTP: what in the records is likely wrong, and what somebody left as it is."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Schema, Status

from inward.api import listing
from inward.api.auth import actor_of
from inward.api.calls import Area
from inward.api.listing import Found
from inward.api.problems import worded
from inward.api.v1.schemas import Asked, Day, Name
from inward.kit import clock, vocabularies
from inward.kit.policy import NotThere
from inward.parties import operations, quality
from inward.parties.quality import Finding

area = Area("parties", tag="organisation")
_LEFT = listing.parameter("left", {"type": "boolean", "default": False}, "What was left as it is, instead of the rest.")
_KEY_DIGITS_MAX = 19


class CheckOut(Schema):
    """A check, what it is called in the language asked for, and how many records it finds."""

    check: str
    text: str
    findings: int


class FindingOut(Schema):
    """A record that is likely wrong: its key, the sentence, which sort of record mends it by which act (empty: its list), and
    why it was left as it is.
    """

    key: str
    text: str
    thing: str
    act: str
    code: str
    left: str


class LeaveIn(Asked):
    """Why a finding stays as it is, and the day on which it is shown again; without one, never."""

    reason: Name
    until: Day | None = None


@area.get("/quality", response=list[CheckOut], summary="What is likely wrong")
def checks(request: HttpRequest) -> list[dict[str, Any]]:
    """How many records each check finds among those the caller looks after, without those left as they are."""
    found = quality.counts(viewer=actor_of(request), at=clock.now())
    return [
        {
            "check": each.check,
            "text": vocabularies.label("check", each.check, get_language() or "en"),
            "findings": each.findings,
        }
        for each in found
    ]


@area.list("/quality/{check}", item=FindingOut, spec=quality.FINDINGS, summary="What a check finds", own=[_LEFT])
def findings(request: HttpRequest, check: str) -> Found[Finding]:
    """The records, oldest first; with `left=true` those that were left as they are."""
    viewer, at, left = actor_of(request), clock.now(), request.GET.get("left", "").lower() in ("true", "1")
    return Found(lambda asked: quality.findings(viewer=viewer, at=at, check=check, params=asked, left=left), _finding)


@area.change(
    "POST",
    "/quality/{check}/{key}/leave",
    response={204: None},
    summary="Leave a finding as it is",
    example={"reason": "Works on every floor.", "until": "2027-06-01"},
)
def leave(request: HttpRequest, check: str, key: str, body: LeaveIn) -> Status[None]:
    """It is no longer counted; the log notes that it was done, not why."""
    operations.leave_finding(
        by=actor_of(request), at=clock.now(), check=check, key=_number(key), reason=body.reason, until=body.until
    )
    return Status(204, None)


@area.change("POST", "/quality/{check}/{key}/take-up", response={204: None}, summary="Count a finding again")
def take_up(request: HttpRequest, check: str, key: str) -> Status[None]:
    """For one that was left as it is; for another, nothing changes."""
    operations.take_up_finding(by=actor_of(request), at=clock.now(), check=check, key=_number(key))
    return Status(204, None)


def _finding(found: Finding) -> dict[str, Any]:
    mend = found.mend
    text = worded(found.reason, get_language() or "en")
    return {
        "key": str(found.key),
        "text": text,
        "thing": mend.thing,
        "act": mend.act,
        "code": mend.code,
        "left": found.left,
    }


def _number(key: str) -> int:
    """The key as the database has it. NotThere for what is none."""
    if not (key.isascii() and key.isdigit() and len(key) <= _KEY_DIGITS_MAX):
        raise NotThere
    return int(key)
