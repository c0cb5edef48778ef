"""What was and is to be told. Reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from inward.kit.actor import Actor
from inward.notices import policy
from inward.notices.models import Notice
from inward.notices.vocabulary import NoticeState
from inward.parties import queries as parties


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


def notices(*, viewer: Actor, limit: int = 20) -> tuple[NoticeView, ...]:
    """The viewer's own notices, newest first; none for nobody."""
    person = policy.notices_visible_to(viewer)
    if person is None:
        return ()
    rows = Notice.objects.filter(person_id=parties.keys()[person]).order_by("-id")
    found = rows.values_list("code", "facts", "created_at", "state")[:limit]
    return tuple(NoticeView(code, facts, at, NoticeState(state)) for code, facts, at, state in found)
