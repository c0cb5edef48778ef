"""Letters that came in, read for a viewer: those that wait for a person, and what became of the others. Reads only.

A letter that names a case, or is in one, is seen by whoever handles that case, and by nobody else. One that names none is seen by
service owners and by whoever looks after the data, of the company its sender works for; a stranger's by those of any company.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Q, QuerySet

from inward.access import queries as access
from inward.core.letters import Letter, LetterKind, read_letter
from inward.core.terms import Refusal
from inward.desk import cases, policy
from inward.desk.lettertext import text_now, whole_text
from inward.desk.letterwords import LetterState, LetterWhy
from inward.desk.models import Case, LetterStanding
from inward.kit import files
from inward.kit.actor import Actor
from inward.kit.lists import ListSpec, Page, counted, page
from inward.kit.models import File
from inward.kit.policy import NotThere
from inward.parties import queries as parties
from inward.parties.queries import Named

LETTERS: Final = ListSpec(
    {"received": "letter_id"}, {"state": "state", "why": "why", "kind": "kind"}, default="-received"
)
OWN_MAX: Final = 1000
_ROW: Final = ("letter__file", "person", "case")


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list. ``sender`` is an address, empty where who wrote is a person known here; ``case`` the number it is in or names."""

    reference: str
    at: datetime
    kind: LetterKind
    state: LetterState
    why: LetterWhy | None
    sender: str
    person: Named | None
    subject: str
    case: int | None
    case_reference: str
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter on its page: what was written now, and all of it with what is quoted; both empty where it was forgotten."""

    row: LetterRow
    text: str
    whole: str
    attachments: tuple[str, ...]
    may_open: bool
    """Whether its sender is known here, so that a request can be opened for her."""


@dataclass(frozen=True, slots=True)
class Answerable:
    """To whom the house answers a letter: the address, in which language, and the id of what is answered (empty for none)."""

    address: str
    language: str
    message_id: str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter somebody wrote to the mailbox, as she herself reads it: nothing of any case."""

    at: datetime
    sender: str
    subject: str
    state: LetterState


def own(*, viewer: Actor) -> tuple[SentLetter, ...]:
    """What the viewer wrote to the mailbox, the latest first, up to OWN_MAX."""
    key = parties.keys().get(viewer.person or "")
    rows = LetterStanding.objects.filter(person_id__isnull=False, person_id=key).order_by("-letter_id")
    found = rows.values_list("letter__at", "sender", "subject", "state")[:OWN_MAX]
    return tuple(SentLetter(at, sender, subject, LetterState(state)) for at, sender, subject, state in found)


def seen(viewer: Actor, at: datetime) -> QuerySet[LetterStanding]:
    """The letters this viewer may see: the one filter for pages, API and counters."""
    on, keys = at.date(), parties.keys()
    ways = policy.cases_served_by(viewer, keys=keys, near=cases.near_keys(viewer, at), on=on)
    served = Case.objects.filter(reduce(or_, ways, Q(pk__in=())))
    visible = Q(case__in=served.values("pk"))
    if policy.may_keep_letters(viewer, on=on):
        visible |= Q(case=None) & _within(viewer, at)
    return LetterStanding.objects.filter(visible).select_related(*_ROW)


def _within(viewer: Actor, at: datetime) -> Q:
    """Strangers' letters, and those of people who work for a company the viewer keeps something of."""
    over = policy.queues_kept_by(viewer, on=at.date())
    if over is None:
        return Q()
    units = parties.world().unit
    homes = {units[code][-1].company if code in units else code for code in over}
    keys = parties.keys()
    return Q(company=None) | Q(company_id__in=sorted(keys[code] for code in homes if code in keys))


def letters(*, viewer: Actor, at: datetime, params: Mapping[str, str]) -> Page[LetterRow]:
    """Letters, the latest first; those that wait for a person where no state is asked for. NotThere for whoever deals with none."""
    require_keeper(viewer, at)
    asked = params if params.get("state") else {**params, "state": LetterState.WAITING.value}
    return page(seen(viewer, at), LETTERS, asked).map(_row)


def count_waiting(*, viewer: Actor, at: datetime) -> tuple[int, bool]:
    """How many wait for a person that this viewer sees, up to 1000, and whether there are more."""
    return counted(seen(viewer, at).filter(state=LetterState.WAITING.value))


def deals_with_some(viewer: Actor, at: datetime) -> bool:
    """Whether the viewer handles cases or letters at all."""
    on = at.date()
    return policy.serves_somebody(viewer, on=on) or bool(policy.may_keep_letters(viewer, on=on))


def require_keeper(viewer: Actor, at: datetime) -> None:
    """NotThere for whoever neither handles cases nor letters."""
    if not deals_with_some(viewer, at):
        raise NotThere


def letter(*, viewer: Actor, at: datetime, reference: str) -> LetterView:
    """One letter with its words. NotThere out of bounds."""
    found = _found(viewer, at, reference)
    read = content_of(found)
    return LetterView(
        row=_row(found),
        text="" if read is None else text_now(read),
        whole="" if read is None else whole_text(read),
        attachments=() if read is None else tuple(files.clean_name(each.name) for each in read.attachments),
        may_open=found.person_id is not None,
    )


def raw(*, viewer: Actor, at: datetime, reference: str) -> File:
    """The raw message as it is kept. NotThere out of bounds."""
    return _found(viewer, at, reference).letter.file


def answerable(*, reference: str, fallback: str) -> Answerable | None:
    """For the house itself: to whom a letter is answered, in her language or else the ``fallback``; None where it was forgotten."""
    found = LetterStanding.objects.filter(letter__reference=reference).select_related("letter__file", "person").first()
    read = None if found is None else content_of(found)
    if found is None or read is None or not found.sender:
        return None
    holder = None if found.person is None else access.holder_of(found.person.code)
    return Answerable(found.sender, fallback if holder is None else holder.language, read.message_id)


def content_of(found: LetterStanding) -> Letter | None:
    """The letter, read again from what is kept; None where that was forgotten or is damaged."""
    try:
        return read_letter(files.read(found.letter.file))
    except Refusal:
        return None


def _found(viewer: Actor, at: datetime, reference: str) -> LetterStanding:
    found = seen(viewer, at).filter(letter__reference=reference).first()
    if found is None:
        raise NotThere
    return found


def _row(found: LetterStanding) -> LetterRow:
    return LetterRow(
        reference=found.letter.reference,
        at=found.letter.at,
        kind=LetterKind(found.kind),
        state=LetterState(found.state),
        why=LetterWhy(found.why) if found.why else None,
        sender="" if found.person is not None else found.sender,
        person=None if found.person is None else parties.named(found.person),
        subject=found.subject,
        case=None if found.case is None else found.case.number,
        case_reference="" if found.case is None else found.case.reference,
        left_out=tuple(found.left_out),
    )
