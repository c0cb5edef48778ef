"""Telling: make notices, choose a pace, and record what became of a letter. Nothing here renders or sends."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import require
from inward.kit.transaction import transaction
from inward.notices import policy
from inward.notices.models import Notice, Preference
from inward.notices.vocabulary import NoticeState, Pace
from inward.parties import queries as parties

DAILY_AT = time(7, 0)
ATTEMPTS_MAX = 5
RETRY_AFTER = timedelta(minutes=10)


def tell(
    *, by: Actor, at: datetime, to: Iterable[str], code: str, facts: Mapping[str, Any], key: str, at_once: bool = False
) -> int:
    """Tell people (party codes) something: a notice each, due when she wants to be told, or ``at_once`` whatever she wants.
    Returns how many are new.

    The same ``key`` for the same person is told once, however often a reaction is repeated.
    """
    keys = parties.keys()
    people = sorted({keys[person] for person in to})
    with transaction():
        paces = dict(Preference.objects.filter(person_id__in=people).values_list("person_id", "pace"))
        made = [
            _notice(
                person,
                Pace.AT_ONCE if at_once else Pace(paces.get(person, Pace.AT_ONCE.value)),
                at,
                code,
                dict(facts),
                key,
            )
            for person in people
        ]
        known = set(Notice.objects.filter(key__in=[notice.key for notice in made]).values_list("key", flat=True))
        fresh = [notice for notice in made if notice.key not in known]
        Notice.objects.bulk_create(fresh, ignore_conflicts=True)
        audit.record(by=by, at=at, act="notices.tell", thing=key, facts={"code": code, "people": len(fresh)})
    return len(fresh)


def choose_pace(*, by: Actor, at: datetime, person: str, pace: Pace) -> None:
    """Choose how one wants to be told from now on."""
    require(policy.may_choose_pace(by, person=person))
    with transaction():
        Preference.objects.update_or_create(person_id=parties.keys()[person], defaults={"pace": pace.value})
        audit.record(by=by, at=at, act="notices.choose_pace", thing=person, facts={"pace": pace.value})


def note_sent(*, by: Actor, at: datetime, notice: int, language: str, subject: str, body: str) -> None:
    """Keep the letter as it went out. ``by`` is the house itself."""
    with transaction():
        Notice.objects.filter(pk=notice, state=NoticeState.WAITING.value).update(
            state=NoticeState.SENT.value, sent_at=at, language=language, subject=subject, body=body
        )


def note_failed(*, by: Actor, at: datetime, notice: int) -> None:
    """A letter did not go out: try again later, and give up after the fifth time."""
    with transaction():
        found = Notice.objects.select_for_update().get(pk=notice)
        found.attempts += 1
        found.due_at = at + RETRY_AFTER * found.attempts
        if found.attempts >= ATTEMPTS_MAX:
            found.state = NoticeState.FAILED.value
        found.save(update_fields=["attempts", "due_at", "state"])


def note_unreachable(*, by: Actor, at: datetime, notice: int) -> None:
    """The person has no address: the notice stays readable, no letter goes out."""
    with transaction():
        Notice.objects.filter(pk=notice, state=NoticeState.WAITING.value).update(state=NoticeState.UNREACHABLE.value)


def _notice(person: int, pace: Pace, at: datetime, code: str, facts: dict[str, Any], key: str) -> Notice:
    state = NoticeState.UNREACHABLE if pace is Pace.NEVER else NoticeState.WAITING
    due = _next_morning(at) if pace is Pace.DAILY else at
    return Notice(
        person_id=person, code=code, facts=facts, created_at=at, due_at=due, state=state.value, key=f"{key}:{person}"
    )


def _next_morning(at: datetime) -> datetime:
    morning = datetime.combine(at.date(), DAILY_AT, tzinfo=at.tzinfo)
    return morning if morning > at else morning + timedelta(days=1)
