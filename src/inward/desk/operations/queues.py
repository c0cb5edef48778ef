"""Saying what a department helps with: queues, and the requests that are often asked of them. Audited."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from inward.core.classification import Kind, WorkKind
from inward.core.terms import Reason, Refusal
from inward.desk import asking, known_queues
from inward.desk.casewords import HandingOut, Impact, Urgency
from inward.desk.models import Queue, RequestType
from inward.desk.operations.steps.keeping import check_texts, require_keeper
from inward.kit import audit
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.transaction import transaction
from inward.parties import queries as parties
from inward.parties.vocabulary import PartyKind

DAYS_MAX: Final = 365
PARTS_MAX: Final = 20


def set_queue(
    *,
    by: Actor,
    at: datetime,
    code: str,
    supplier: str,
    name: str,
    words: str = "",
    confidential: bool = False,
    handing_out: HandingOut = HandingOut.BY_HAND,
    close_after: int = 5,
    reopen_within: int = 14,
) -> None:
    """Say that a department takes cases on in a queue, or say it otherwise; a queue stays with its department, and confidential.

    1. Refuse what policy refuses, what cannot be a code or a name, another's code, a queue that would no longer be confidential.
    2. Keep; audit. Raises Refused, Refusal, NotThere.
    """
    if parties.kind_of(supplier) not in (PartyKind.COMPANY, PartyKind.UNIT):
        raise NotThere
    require_keeper(by, at, supplier)
    check_texts(code, name, words)
    if not (0 <= close_after <= DAYS_MAX and 0 <= reopen_within <= DAYS_MAX):
        raise Refusal(Reason.of("queue_days", most=DAYS_MAX), where="close_after")
    with transaction():
        found = Queue.objects.filter(code=code).first()
        if found is not None and found.supplier_id != parties.keys()[supplier]:
            raise Refusal(Reason.of("queue_code_of_another", code=code), where="code")
        if found is not None and found.confidential != confidential and found.cases.exists():
            raise Refusal(Reason.of("queue_stays_as_it_is"), where="confidential")
        Queue.objects.update_or_create(
            code=code,
            defaults={
                "supplier_id": parties.keys()[supplier],
                "name": name.strip(),
                "words": words.strip(),
                "confidential": confidential,
                "handing_out": handing_out.value,
                "close_after": close_after,
                "reopen_within": reopen_within,
                "closed_at": None,
            },
        )
        known_queues.changed()
        audit.record(by=by, at=at, act="desk.set_queue", thing=f"{code} queue", facts={"supplier": supplier})


def close_queue(*, by: Actor, at: datetime, code: str) -> None:
    """Ask nothing new of a queue any more; what is under way goes on. NotThere where there is none that is open."""
    with transaction():
        found = _kept(by, at, Queue.objects.filter(code=code, closed_at=None).first())
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        known_queues.changed()
        audit.record(by=by, at=at, act="desk.close_queue", thing=f"{code} queue", facts={})


def set_request(
    *,
    by: Actor,
    at: datetime,
    code: str,
    queue: str,
    name: str,
    words: str = "",
    fields: Sequence[Mapping[str, Any]] = (),
    kinds: Collection[Kind] = (),
    work: Collection[WorkKind] = (),
    impact: Impact = Impact.ONE,
    urgency: Urgency = Urgency.SOON,
    quick: bool = False,
    offering: str = "",
    parts: Sequence[str] = (),
    protected: bool = False,
    outsiders: bool = False,
) -> None:
    """Say what is often asked of a queue, with its form and who may ask it, or say it otherwise; what was asked keeps its answers.

    ``protected`` lets it be written without a name, by whoever is signed in, and with ``outsiders`` by everybody.

    1. Refuse what policy refuses, a form that cannot be asked, a code of another queue, parts nobody knows or that have parts,
       a protected one of a queue that is not confidential, or that is made of others.
    2. Keep; audit. Raises Refused, Refusal, NotThere.
    """
    check_texts(code, name, words)
    questions = asking.read_questions(list(fields))
    with transaction():
        line = _kept(by, at, Queue.objects.filter(code=queue, closed_at=None).first())
        found = RequestType.objects.filter(code=code).first()
        if found is not None and found.queue_id != line.pk:
            raise Refusal(Reason.of("queue_code_of_another", code=code), where="code")
        _check_parts(code, parts)
        if (protected and (not line.confidential or parts)) or (outsiders and not protected):
            raise Refusal(Reason.of("line_of_confidential_queue"), where="protected")
        RequestType.objects.update_or_create(
            code=code,
            defaults={
                "queue": line,
                "name": name.strip(),
                "words": words.strip(),
                "fields": asking.as_json(questions),
                "kinds": sorted(kind.value for kind in kinds),
                "work": sorted(kind.value for kind in work),
                "impact": impact.value,
                "urgency": urgency.value,
                "quick": quick,
                "offering": offering,
                "parts": list(parts),
                "protected": protected,
                "outsiders": outsiders,
                "closed_at": None,
            },
        )
        audit.record(by=by, at=at, act="desk.set_request", thing=f"{code} request", facts={"queue": queue})


def close_request(*, by: Actor, at: datetime, code: str) -> None:
    """Let something be asked no more. NotThere where there is none that is open."""
    with transaction():
        found = RequestType.objects.filter(code=code, closed_at=None).select_related("queue").first()
        if found is None:
            raise NotThere
        _kept(by, at, found.queue)
        found.closed_at = at
        found.save(update_fields=["closed_at"])
        audit.record(by=by, at=at, act="desk.close_request", thing=f"{code} request", facts={})


def _kept(by: Actor, at: datetime, line: Queue | None) -> Queue:
    if line is None:
        raise NotThere
    require_keeper(by, at, parties.known().codes[line.supplier_id])
    return line


def _check_parts(code: str, parts: Sequence[str]) -> None:
    if len(parts) > PARTS_MAX or len(set(parts)) != len(parts):
        raise Refusal(Reason.of("request_parts", most=PARTS_MAX), where="parts")
    known = RequestType.objects.filter(code__in=parts, closed_at=None, parts=[]).exclude(code=code)
    if set(known.values_list("code", flat=True)) != set(parts):
        raise Refusal(Reason.of("request_parts", most=PARTS_MAX), where="parts")
