"""Renders due notices in the reader's language and hands them to the mail server. A crash in between may send one twice,
never lose one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from inward.access import queries as access
from inward.kit import vocabularies
from inward.kit.actor import Actor
from inward.kit.outbox import job
from inward.notices import operations as notices
from inward.notices import queries
from inward.notices.queries import DueNotice
from inward.parties import marks, veil
from inward.parties import queries as parties
from inward.trade import runs, waiting
from inward.trade.letterlinks import decision_link
from inward.web.components import formats
from inward.web.letters import cases

_HOUSE = Actor.system("letters")
OPENED = ("person_opened", "you_were_opened")
"""What keepers of marks are told of an opening, and what the person is told."""
SUSPENDED = ("scheme_suspended", "suspension_upheld", "suspension_lifted")
"""What a person is told who is suspended from a scheme."""
ANSWERED = "suspension_answered"
"""What those are told who decide."""
RUNNING = ("running_ends", "running_repriced")
"""What whoever has a subscription or cover is told of its end and its price."""
FRAMES = ("frame_agreed", "frame_held")
"""What whoever asked for a standing order is told of it."""
BEHALF = {"ordered_for_you": "helper", "ordered_for": "whom"}
"""What is told when a colleague ordered for somebody, and which fact names the other of the two."""
WAITED = {"HELD": "waiting_held", "LAPSED": "waiting_lapsed", "OPEN": "waiting_open"}
"""What whoever waited for an item is told, by what became of it."""
REVIEW = "procedure_overdue"
"""What whoever looks after a standard procedure is told when its day went by."""
DECIDED = ("approval_asked", "approval_reminded")
"""Letters that ask for a yes or no."""

MACHINE = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""Every letter says that a machine wrote it, so that no machine answers."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice rendered for one reader."""

    subject: str
    text: str
    html: str


@job("letters.send", every=timedelta(seconds=5), outside=True)
def send_due(*, at: datetime) -> None:
    """Send what is due. One letter that fails does not keep the others back; it is tried again later."""
    for notice in queries.due(at=at):
        _send(notice, at)


def render(notice: DueNotice, language: str, *, at: datetime | None = None, viewer: Actor | None = None) -> Letter:
    """The letter in that language; written ``at`` an instant, one that asks for a decision can be answered by its link.

    Of a case it says what ``viewer`` may read of it, and nothing to nobody.
    """
    with translation.override(language):
        context = {
            "code": notice.code,
            "facts": notice.facts,
            "reader": parties.name_of(notice.person),
            **(cases.about(notice, viewer, at) if _of_case(notice) else _about(notice)),
            "decide": "" if at is None or notice.code not in DECIDED else _decide(notice, at),
        }
        code = str(context["code"])
        subject = " ".join(render_to_string(f"letters/{code}.html#subject", context).split())
        body = _body(code, context)
        return Letter(
            subject=subject,
            text=render_to_string("letters/letter.txt", context | {"body": body}).strip() + "\n",
            html=render_to_string("letters/letter.html", context | {"body": body, "subject": subject}),
        )


def _of_case(notice: DueNotice) -> bool:
    return notice.code.startswith(cases.PREFIX)


def _body(code: str, context: dict[str, Any]) -> str:
    return " ".join(render_to_string(f"letters/{code}.html#body", context).split())


def _about(notice: DueNotice) -> dict[str, Any]:
    """What the letter is about: an order, something that runs, a suspension, what was waited for, or that somebody opened a confidential person."""
    if notice.code in (*SUSPENDED, ANSWERED):
        return _about_suspension(notice)
    if notice.code in RUNNING:
        path = reverse("running_one", args=[notice.facts["running"]])
        name = runs.name_of(str(notice.facts["running"]))
        return {"name": name, "on": _day(notice.facts["on"]), "address": settings.INWARD_BASE_URL + path}
    if notice.code == REVIEW:
        path = reverse("office_page", args=["standard-procedures", notice.facts["procedure"]])
        return {"day": _day(notice.facts["review_by"]), "address": settings.INWARD_BASE_URL + path}
    if notice.code in WAITED.values():
        return _about_waiting(notice)
    if notice.code not in OPENED:
        path = reverse("frame" if notice.code in FRAMES else "order", args=[notice.facts["order"]])
        day = {"on": _day(notice.facts["due"])} if notice.code == FRAMES[1] else {}
        supplier = parties.name_of(str(notice.facts["supplier"]))
        if notice.code in BEHALF:
            day = {"colleague": parties.name_of(str(notice.facts[BEHALF[notice.code]]))}
        return {"supplier": supplier, "address": settings.INWARD_BASE_URL + path, **day}
    opening = marks.told_of(int(notice.facts["opening"]))
    if opening is None:
        msg = f"notice {notice.id} tells of an opening that is not there"
        raise LookupError(msg)
    path = reverse("office_page", args=["openings", opening.reference]) if notice.code == OPENED[0] else "/"
    return {
        "opening": opening,
        "who": access.called([opening.subject]).get(opening.subject, ""),
        "why": vocabularies.label("opening", opening.kind.value, formats.language()),
        "until": formats.instant(opening.ends_at),
        "address": settings.INWARD_BASE_URL + path,
    }


def _about_waiting(notice: DueNotice) -> dict[str, Any]:
    item = waiting.offering_of(int(notice.facts["waiting"]))
    if item is None:
        msg = f"notice {notice.id} tells of a waiting that is not there"
        raise LookupError(msg)
    until = str(notice.facts["until"])
    path = reverse("offering", args=[item.code])
    return {"name": item.name, "until": _day(until) if until else "", "address": settings.INWARD_BASE_URL + path}


def _about_suspension(notice: DueNotice) -> dict[str, Any]:
    """Where it is read; the letter itself says no reason, for letters lie about."""
    reference = str(notice.facts["suspension"])
    path = (
        reverse("office_page", args=["suspensions", reference])
        if notice.code == ANSWERED
        else reverse("suspension", args=[reference])
    )
    return {"suspension": True, "address": settings.INWARD_BASE_URL + path}


def _day(text: Any) -> str:
    return formats.day(date.fromisoformat(str(text)))


def _decide(notice: DueNotice, at: datetime) -> str:
    token = decision_link(reference=str(notice.facts["order"]), person=notice.person, at=at)
    return str(settings.INWARD_BASE_URL + reverse("decide", args=[token]))


def _send(notice: DueNotice, at: datetime) -> None:
    reader = access.holder_of(notice.person)
    if reader is None or not reader.email:
        notices.note_unreachable(by=_HOUSE, at=at, notice=notice.id)
        return
    viewer = access.actor_for(reader.user, via="worker", at=at)
    with veil.read_by(viewer):
        letter = render(notice, reader.language, at=at, viewer=viewer)
    envelope = cases.envelope(notice, viewer, at) if _of_case(notice) else None
    headers = {"Content-Language": reader.language, **MACHINE, **cases.headers(envelope)}
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[reader.email], headers=headers)
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except OSError:
        notices.note_failed(by=_HOUSE, at=at, notice=notice.id)
    else:
        notices.note_sent(
            by=_HOUSE, at=at, notice=notice.id, language=reader.language, subject=letter.subject, body=letter.text
        )
