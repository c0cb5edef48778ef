"""What was and is to be told. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, page
from inward.notices import policy
from inward.notices.models import Notice, Preference
from inward.notices.vocabulary import NoticeState, Pace
from inward.parties import queries as parties

NOTICE_LIST = ListSpec({"told": "id"}, {"code": "code", "state": "state"}, default="-told")


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that waits to be rendered and sent: its key, the person's code, and what to say."""

    id: int
    person: str
    code: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its reader sees it."""

    code: str
    facts: dict[str, Any]
    created_at: datetime
    state: NoticeState


def due(*, at: datetime, limit: int = 100) -> tuple[DueNotice, ...]:
    """The notices that should go out by now, oldest first."""
    rows = Notice.objects.filter(state=NoticeState.WAITING.value, due_at__lte=at).order_by("due_at", "id")
    found = rows.values_list("id", "person__code", "code", "facts")[:limit]
    return tuple(DueNotice(*row) for row in found)


@dataclass(frozen=True, slots=True)
class LetterView:
    """A notice with the letter as it went out; subject and body are empty where none did."""

    id: int
    notice: NoticeView
    language: str
    subject: str
    body: str


def letters(*, viewer: Actor, params: Mapping[str, str]) -> Page[LetterView]:
    """A page of what the viewer was told, newest first, each with its letter; none for nobody."""
    person = policy.notices_visible_to(viewer)
    rows = Notice.objects.none() if person is None else Notice.objects.filter(person_id=parties.keys()[person])
    return page(rows, NOTICE_LIST, params).map(_letter)


def pace(*, viewer: Actor) -> Pace:
    """How the viewer wants to be told."""
    person = policy.notices_visible_to(viewer)
    key = -1 if person is None else parties.keys()[person]
    chosen = Preference.objects.filter(person_id=key).values_list("pace", flat=True).first()
    return Pace.AT_ONCE if chosen is None else Pace(chosen)


def notices(*, viewer: Actor, limit: int = 20) -> tuple[NoticeView, ...]:
    """The viewer's own notices, newest first; none for nobody."""
    person = policy.notices_visible_to(viewer)
    if person is None:
        return ()
    rows = Notice.objects.filter(person_id=parties.keys()[person]).order_by("-id")
    found = rows.values_list("code", "facts", "created_at", "state")[:limit]
    return tuple(NoticeView(code, facts, at, NoticeState(state)) for code, facts, at, state in found)


def _letter(row: Notice) -> LetterView:
    told = NoticeView(row.code, row.facts, row.created_at, NoticeState(row.state))
    return LetterView(row.pk, told, row.language, row.subject, row.body)
