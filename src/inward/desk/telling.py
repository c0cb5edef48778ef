"""What letters say of a case, and to whom. Reads only, for the house itself: a letter is rendered for its reader by ``shown``."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from inward.core.promises import Measure
from inward.desk import cases, policy, replyaddress
from inward.desk.casewords import Side, TaskState
from inward.desk.models import Case, CaseMessage, CaseTask, CaseWatcher
from inward.kit.actor import Actor
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

WORDS_LENGTH_MAX = 600


@dataclass(frozen=True, slots=True)
class CaseTold:
    """What a letter may say of a case to whoever sees it."""

    number: int
    subject: str
    due_at: datetime | None
    due_measure: Measure | None
    last_words: str
    """What the service wrote last, shortened."""
    task: str
    """What the task is called that the letter is about, if it is about one."""
    serving: bool
    """Whether the reader is of the service here."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a letter about a case bears so that its answer comes back into it; ``answered`` is where to, empty for who may not write."""

    letter_id: str
    answered: str


def envelope(*, viewer: Actor, at: datetime, reference: str, letter: int) -> Envelope | None:
    """The envelope of a letter to the viewer; None without a mailbox, and for a case that she does not see.

    One that is confidential as well: what she answers must come to those who handle it, and to nobody else.
    """
    found = cases.visible(viewer, at).filter(reference=reference).first()
    person = parties.keys().get(viewer.person or "")
    if settings.INWARD_INBOX is None or found is None or person is None:
        return None
    sides, on = cases.parties_of(viewer, at, found), at.date()
    may = policy.may_speak(viewer, case=sides, on=on) or policy.may_handle(viewer, case=sides, on=on)
    inbox, case = settings.INWARD_INBOX, found.pk
    return Envelope(
        letter_id=replyaddress.letter_id(inbox, case=case, person=person, letter=letter, at=at),
        answered=replyaddress.reply_address(inbox, case=case, person=person, at=at) if may else "",
    )


def asking(person: str, customer: str) -> str | None:
    """Who is told as whoever asked: she herself, or the customer where she is not named and the customer is a person."""
    if person:
        return person
    return customer if parties.kind_of(customer) is PartyKind.PERSON else None


def followers(reference: str) -> tuple[str, ...]:
    """Who follows a case, by code."""
    keys = CaseWatcher.objects.filter(case__reference=reference).order_by("id").values_list("person_id", flat=True)
    codes = parties.known().codes
    return tuple(codes[key] for key in keys)


def shown(*, viewer: Actor, at: datetime, reference: str, task: str = "", side: Side = Side.SERVICE) -> CaseTold | None:
    """What a letter to the viewer may say; None for a case that is confidential or that she does not see (any more): letters lie about."""
    found: Case | None = cases.visible(viewer, at).filter(reference=reference, confidential=False).first()
    if found is None:
        return None
    written = CaseMessage.objects.filter(case=found, note=False, side=side.value).order_by("-id").first()
    named = CaseTask.objects.filter(reference=task).values_list("title", flat=True).first() if task else None
    return CaseTold(
        number=found.number,
        subject=found.subject,
        due_at=found.due_at,
        due_measure=Measure(found.due_measure) if found.due_measure else None,
        last_words="" if written is None else _short(written.text),
        task=named or "",
        serving=bool(policy.may_handle(viewer, case=cases.parties_of(viewer, at, found), on=at.date())),
    )


def own_task(*, viewer: Actor, reference: str) -> str:
    """What a task is called that is the viewer's, or that an open one of hers waits for, also where she does not see its case; empty
    for others, and of a confidential case.
    """
    key = parties.keys().get(viewer.person or "")
    hers = Q(owner_id=key) | Q(
        pk__in=CaseTask.objects.filter(owner_id=key, state=TaskState.OPEN.value).values("waits_for")
    )
    named = CaseTask.objects.filter(hers, reference=reference, case__confidential=False).values_list("title", flat=True)
    return "" if key is None else named.first() or ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= WORDS_LENGTH_MAX else plain[: WORDS_LENGTH_MAX - 1] + "…"
