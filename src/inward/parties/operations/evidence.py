"""Papers are brought, put to what they show, opened and withdrawn. Each of these is noted; the content is the kit's."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Q

from inward.core.terms import Reason, Refusal
from inward.kit import audit, files
from inward.kit.actor import Actor
from inward.kit.models import File
from inward.kit.policy import NotThere, require
from inward.kit.records import DatedFact, correct, in_order
from inward.kit.transaction import transaction, transaction_required
from inward.parties import evidence, policy
from inward.parties.changing import (
    Source,
    audit_name,
    changing,
    check_same_source,
    companies,
    fact_of,
    home_of,
    note,
    party_of,
    said_by,
)
from inward.parties.evidence import ENDS, TABLES, Shows
from inward.parties.models import (
    NAME_LENGTH_MAX,
    ChangeEvent,
    ControlRight,
    DefinitionChoice,
    DeputyOfPlace,
    HeadOfPlace,
    Holding,
    InsideDefinition,
    Party,
    PartyName,
    Registration,
    ShareClass,
    Shareholding,
    SpendingLimit,
    UnitPlacement,
    WorkingWeek,
    WorkRelationship,
)
from inward.parties.papers import Evidence, as_paper
from inward.parties.vocabulary import PartyKind

_Versioned = TypeVar("_Versioned", bound=DatedFact)

_TABLES: dict[Shows, tuple[type[Any], str]] = {
    Shows.HOLDING: (Holding, "holding"),
    Shows.SHARE_CLASS: (ShareClass, "share class"),
    Shows.SHAREHOLDING: (Shareholding, "shareholding"),
    Shows.RIGHT: (ControlRight, "right"),
}


def bring_evidence(*, by: Actor, at: datetime, chunks: Iterable[bytes], name: str) -> Evidence:
    """Keep a file that is to show a fact; returns it with the reference under which the fact's own act takes it.

    1. Refuse what policy refuses: whoever looks after no records and sets no limits.  2. Keep the file; refuse one that is empty, larger than
    the setting allows, or of a type that is not taken.  3. Audit.
    What no act takes within a day is forgotten. Raises Refused, Refusal.
    """
    require(policy.may_bring_evidence(by, on=at.date()))
    with transaction():
        kept = files.store(by=by, at=at, chunks=chunks, name=name, limit=settings.INWARD_EVIDENCE_MB * 1024**2)
        facts = {"sha256": kept.sha256, "size": kept.size, "type": kept.media_type}
        audit.record(by=by, at=at, act="parties.bring_evidence", thing=_thing(kept), facts=facts)
    return as_paper(kept)


def attach_evidence(*, by: Actor, at: datetime, shows: Shows, code: str, source: Source) -> None:
    """Put a paper to what is known already: a fact of ownership, what is said of a company, its name, a department or work, who
    heads it, a signing limit, its working week, an inside rule, the choice of one (by its purpose), a merger or reorganisation. What it says stays.

    1. Wait; refuse what policy refuses, a fact of another source, an event that was taken back, and no paper.
    2. Correct the fact, so that its history tells since when the paper was there; an event has no history but the audit's.
    3. Bump, audit.
    Of what has versions it is that of today, else the one that begins last. Words of the source are replaced where new ones are
    given. Raises Refused, Refusal, NotThere (no such fact).
    """
    with changing():
        thing = _SHOWN.get(shows, _of_ownership)(by, at, shows, code, source)
        kept = File.objects.get(pk=_given(source))
        note(by, at, "attach_evidence", thing, {"sha256": kept.sha256}, source)


def _of_ownership(by: Actor, at: datetime, shows: Shows, code: str, source: Source) -> str:
    table, thing = _TABLES[shows]
    fact = fact_of(table, code)
    ends = [getattr(fact, end.removesuffix("_id")) for end in ENDS[table][1]]
    require(policy.may_administer(by, companies=companies(*(end for end in ends if end is not None)), on=at.date()))
    check_same_source(fact, source)
    changed = correct(fact, at=at, evidence_id=_given(source), source=source.text or fact.source)
    return f"{thing} {changed.pk}"


def _of_work(by: Actor, at: datetime, _shows: Shows, code: str, source: Source) -> str:
    fact = fact_of(WorkRelationship, code)
    require(policy.may_administer(by, companies=[fact.company.code], on=at.date()))
    changed = correct(fact, at=at, evidence_id=_given(source), source=source.text or fact.source)
    return f"work {changed.pk}"


def _of_party(by: Actor, at: datetime, shows: Shows, code: str, source: Source) -> str:
    """What is said of a company, where a unit stands, what either is called; never anything about a person."""
    table, kinds, named = _OF_PARTY[shows]
    found = party_of(code, *kinds)
    home = code if found.kind == PartyKind.COMPANY.value else home_of(code)
    require(policy.may_administer(by, companies=[home], on=at.date()))
    versions = in_order(table.objects.current().filter(**{named: found}))
    if versions or table is not PartyName:
        _put(versions, at, source)
    else:  # nothing was ever said of its name but the name itself
        PartyName.objects.create(party=found, name=found.name, known_from=at, **said_by(source) | _paper(source))
    return audit_name(found)


def _of_place(by: Actor, at: datetime, shows: Shows, code: str, source: Source) -> str:
    """Who heads a place, up to how much a post of it may sign (``PLACE~POST``), when it works; a deputy's and a day's own file
    comes with the act that says them.
    """
    place, _tilde, post = code.partition("~")
    found = party_of(place, PartyKind.COMPANY, PartyKind.UNIT)
    home = place if found.kind == PartyKind.COMPANY.value else home_of(place)
    if shows is Shows.LIMIT:
        require(policy.may_set_spending(by, company=home, on=at.date()))
        _put(in_order(SpendingLimit.objects.current().filter(place=found, post=post)), at, source)
    else:
        require(policy.may_administer(by, companies=[home], on=at.date()))
        if shows is Shows.HEAD:
            _put(in_order(HeadOfPlace.objects.current().filter(place=found)), at, source)
        else:
            _put(in_order(WorkingWeek.objects.current().filter(party=found)), at, source)
    return audit_name(found)


def _of_none(_by: Actor, _at: datetime, _shows: Shows, _code: str, _source: Source) -> str:
    raise NotThere


def _of_rule(by: Actor, at: datetime, _shows: Shows, code: str, source: Source) -> str:
    require(policy.may_define_inside(by, on=at.date()))
    _put(in_order(InsideDefinition.objects.current().filter(code=code)), at, source)
    return code


def _of_choice(by: Actor, at: datetime, _shows: Shows, code: str, source: Source) -> str:
    require(policy.may_define_inside(by, on=at.date()))
    chosen: str = _put(in_order(DefinitionChoice.objects.current().filter(purpose=code)), at, source).definition
    return chosen


def _put(versions: Sequence[_Versioned], at: datetime, source: Source) -> _Versioned:
    """Put the paper to the version of today, else to the one that begins last. NotThere where there is none."""
    if not versions:
        raise NotThere
    version = next((each for each in versions if at.date() in each.period), versions[-1])
    return correct(version, at=at, **_paper(source) | {"source": source.text or version.source})


def _of_event(by: Actor, at: datetime, _shows: Shows, code: str, source: Source) -> str:
    event = ChangeEvent.objects.filter(pk=int(code)).first() if code.isascii() and code.isdigit() else None
    if event is None:
        raise NotThere
    require(policy.may_administer(by, companies=event.companies, on=at.date()))
    if event.undone_at is not None:
        raise Refusal(Reason.of("event_undone_already", on=event.undone_at.date()))
    event.evidence_id, event.source = _given(source), source.text or event.source
    event.save(update_fields=["evidence", "source"])
    return f"change {event.pk}"


_OF_PARTY: dict[Shows, tuple[type[Any], tuple[PartyKind, ...], str]] = {
    Shows.COMPANY: (Registration, (PartyKind.COMPANY,), "company"),
    Shows.NAME: (PartyName, (PartyKind.COMPANY, PartyKind.UNIT), "party"),
    Shows.UNIT: (UnitPlacement, (PartyKind.UNIT,), "unit"),
}
_SHOWN = {
    **dict.fromkeys(_OF_PARTY, _of_party),
    Shows.WORK: _of_work,
    **dict.fromkeys((Shows.HEAD, Shows.LIMIT, Shows.WEEK), _of_place),
    **dict.fromkeys((Shows.DEPUTY, Shows.DAY), _of_none),
    Shows.DEFINITION: _of_rule,
    Shows.CHOICE: _of_choice,
    Shows.EVENT: _of_event,
}
"""What is no fact of ownership, and how a paper is put to it."""


def _paper(source: Source) -> dict[str, Any]:
    return {"evidence_id": _given(source)}


def _given(source: Source) -> int:
    if source.evidence is None:
        raise Refusal(Reason.of("evidence_missing"), where="paper")
    return source.evidence


def open_evidence(*, by: Actor, at: datetime, reference: str) -> tuple[Evidence, bytes]:
    """Give a paper to whoever may see what it shows; returns it with its content.

    1. Refuse what she may not see as if it were not there, and one that was withdrawn or whose content is gone or damaged.
    2. Audit that she had it.
    Raises Refusal, NotThere.
    """
    with transaction():
        file = evidence.found(viewer=by, at=at, reference=reference)
        content = files.read(file)
        audit.record(by=by, at=at, act="parties.open_evidence", thing=_thing(file), facts={"sha256": file.sha256})
    return as_paper(file), content


def withdraw_evidence(*, by: Actor, at: datetime, reference: str, reason: str) -> None:
    """Take a paper that should never have been here away from everybody, for good: a wrong one, one that says too much.

    1. Refuse what policy refuses, and no reason.  2. Forget its name and, within two days, its content; facts keep that there
    was one, and its SHA-256.  3. Audit.
    ``reason`` stands in the audit for good, so it names nobody. Withdrawing it again changes nothing. Raises Refused, Refusal,
    NotThere.
    """
    with transaction():
        file = evidence.found(viewer=by, at=at, reference=reference)
        require(policy.may_administer_everything(by, on=at.date()))
        if not reason.strip() or len(reason) > NAME_LENGTH_MAX:
            raise Refusal(Reason.of("withdrawal_without_reason", most=NAME_LENGTH_MAX), where="reason")
        if file.withdrawn_at is None:
            files.withdraw(file, at=at)
            facts = {"sha256": file.sha256, "reason": reason.strip()}
            audit.record(by=by, at=at, act="parties.withdraw_evidence", thing=_thing(file), facts=facts)


@transaction_required
def withdraw_of_person(*, by: Actor, at: datetime, person: Party) -> None:
    """With a person who is forgotten go the papers that show her shares, powers, work and posts and nobody else's.

    1. Find them.  2. Withdraw each.  3. Audit each. A paper that shows another's share as well stays.
    """
    hers: dict[type[DatedFact], Q] = {
        Holding: Q(owner=person),
        Shareholding: Q(owner=person),
        ControlRight: Q(holder=person),
        WorkRelationship: Q(person=person),
        HeadOfPlace: Q(person=person),
        DeputyOfPlace: Q(person=person),
    }
    papers = {file for table, rule in hers.items() for file in _papers(table, rule)}
    others = {file for table in TABLES for file in _papers(table, ~hers[table] if table in hers else Q())}
    for shown in (InsideDefinition, DefinitionChoice, ChangeEvent):
        others |= set(shown._default_manager.values_list("evidence_id", flat=True))
    for file in File.objects.filter(pk__in=papers - others, withdrawn_at=None).order_by("pk"):
        files.withdraw(file, at=at)
        facts = {"sha256": file.sha256}
        audit.record(by=by, at=at, act="parties.withdraw_evidence", thing=_thing(file), facts=facts)


def _papers(table: type[DatedFact], rule: Q) -> Iterable[int]:
    return table._default_manager.filter(rule, evidence__isnull=False).values_list("evidence_id", flat=True)


def _thing(file: File) -> str:
    return f"paper {file.reference}"
