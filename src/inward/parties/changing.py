"""What every act of the parties room has in common: the line they wait in, looking things up, the checks, the notes.

Only ``operations`` uses it. A check is made after the rows are written and before the transaction ends, so that it sees
what will stand; the core says what cannot be, and then nothing does.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from fractions import Fraction
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from inward.core.classification import Band, World
from inward.core.classification import Company as CoreCompany
from inward.core.classification import Person as CorePerson
from inward.core.classification import Unit as CoreUnit
from inward.core.terms import Period, Reason, Refusal
from inward.kit import audit, locks, subjects, versions
from inward.kit.actor import Actor
from inward.kit.policy import NotThere
from inward.kit.records import DatedFact, correct, retract
from inward.kit.transaction import transaction
from inward.parties import queries, veil
from inward.parties.deciding import Speaker
from inward.parties.models import (
    CODE_LENGTH_MAX,
    FACT_CODE_LENGTH_MAX,
    NAME_LENGTH_MAX,
    REGISTER_LENGTH_MAX,
    ControlRight,
    Holding,
    HouseholdMember,
    OwnershipFact,
    Party,
    Registration,
    ShareClass,
    Shareholding,
    UnitPlacement,
    WorkRelationship,
    WorldChange,
)
from inward.parties.vocabulary import PartyKind, SourceRank

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
"""What a party's code is made of: it stands in files, addresses and reasons."""

COUNTRY = re.compile(r"[A-Z]{2}")
CURRENCY = re.compile(r"[A-Z][A-Z0-9]{2,7}")
REGISTER = re.compile(r"[a-z0-9][a-z0-9._-]*")
"""What an outside source is called in the records."""

Fact = TypeVar("Fact", Holding, ShareClass, Shareholding, ControlRight, WorkRelationship, HouseholdMember)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: in words, and the key of a kept file that shows it.

    For facts of ownership also whose word it is: the code of an outside source ("" for the house) and how far it is trusted.
    """

    text: str = ""
    evidence: int | None = None
    register: str = ""
    rank: SourceRank = SourceRank.OWN_REGISTER

    @property
    def speaker(self) -> Speaker:
        """Whose word it is."""
        return Speaker(self.rank, self.register)


NO_SOURCE = Source()


@contextmanager
def changing() -> Iterator[None]:
    """One act: a transaction in the line of all that change the parties."""
    with transaction():
        locks.advisory(queries.VERSION)
        versions.current(queries.VERSION)  # what was seen before the wait may be old by now
        yield


def home_of(code: str) -> str:
    """The company of a unit, where it stands latest; any other party is its own."""
    placed = queries.world().unit.get(code)
    return placed[-1].company if placed else code


def begins(company: int, day: date) -> datetime:
    """The first instant of the day where the company of that key is; in UTC where its zone is not known."""
    return datetime.combine(day, time.min, _zone(company, day)).astimezone(UTC)


def today_of(code: str, at: datetime) -> date:
    """The day that it is where a company or unit is."""
    company = queries.keys().get(home_of(code))
    return at.astimezone(UTC if company is None else _zone(company, at.date())).date()


def _zone(company: int, day: date) -> tzinfo:
    zone = Registration.objects.current().on(day).filter(company=company).values_list("time_zone", flat=True).first()
    return ZoneInfo(zone) if zone else UTC


def said_by(source: Source) -> dict[str, Any]:
    """The fields of a dated fact that say where it comes from."""
    return {"source": source.text, "evidence_id": source.evidence}


def spoken_by(source: Source) -> dict[str, Any]:
    """The fields of a fact of ownership that say where it comes from and whose word it is. Refusal for an unusable code."""
    if source.register and (not REGISTER.fullmatch(source.register) or len(source.register) > REGISTER_LENGTH_MAX):
        raise Refusal(Reason.of("register_not_usable", id=source.register, most=REGISTER_LENGTH_MAX), where="register")
    return {**said_by(source), "register": source.register, "rank": source.rank.value}


def shares(votes: Fraction | Band, capital: Fraction | Band | None) -> dict[str, Any]:
    """The fields of a holding for exact shares, or for bands; the capital is as the votes where it is not told."""
    return _share("votes", votes) | _share("capital", capital)


def _share(name: str, share: Fraction | Band | None) -> dict[str, Any]:
    band = share if isinstance(share, Band) else None
    return {
        name: share if band is None else band.low,
        f"{name}_high": None if band is None else band.high,
        f"{name}_low_open": band is not None and band.low_open,
        f"{name}_high_open": band is not None and band.high_open,
    }


def learned(at: datetime, source: Source) -> dict[str, Any]:
    """The same, with the instant from which it is known."""
    return {"known_from": at, **said_by(source)}


def new_party(at: datetime, code: str, kind: PartyKind, name: str, *, email: str = "") -> Party:
    """Keep a party; Refusal for a code that is taken or unusable, and for no name."""
    check_code(code, CODE_LENGTH_MAX)
    if Party.objects.filter(code=code).exists():
        raise Refusal(Reason.of("id_twice", id=code), where="code")
    subject = subjects.new_subject(at=at) if kind is PartyKind.PERSON else None
    return Party.objects.create(
        code=code, kind=kind.value, name=usable_name(name), email=email, subject=subject, created_at=at
    )


def check_code(code: str, most: int) -> None:
    """Refusal for a code that could not stand in a file, an address and a reason alike."""
    if not CODE.fullmatch(code) or len(code) > most:
        raise Refusal(Reason.of("code_not_usable", id=code, most=most), where="code")


def usable_name(name: str) -> str:
    """The name without spaces around it; Refusal for none, or one that is too long."""
    name = name.strip()
    if not name or len(name) > NAME_LENGTH_MAX:
        raise Refusal(Reason.of("name_not_usable", most=NAME_LENGTH_MAX), where="name")
    return name


def party_of(code: str, *kinds: PartyKind) -> Party:
    """The party of that code and of one of these kinds (any, if none is given); NotThere otherwise, and for a person who is
    hidden from whoever asks (``veil``).
    """
    veil.require_open(code)
    found = Party.objects.filter(code=code).first()
    if found is None or (kinds and PartyKind(found.kind) not in kinds):
        raise NotThere
    return found


def fact_of(table: type[Fact], code: str) -> Fact:
    """What is known now under this code; NotThere for nothing, and for what is about a person hidden from whoever asks."""
    found: Fact | None = table.objects.current().filter(code=code).select_related(*_ENDS[table]).first()
    if found is None:
        raise NotThere
    veil.require_open(*(end.code for name in _ENDS[table] if (end := getattr(found, name)) is not None))
    return found


_ENDS: dict[type[Any], tuple[str, ...]] = {
    Holding: ("owner", "owned"),
    ShareClass: ("company",),
    Shareholding: ("owner", "company"),
    ControlRight: ("target", "holder", "over"),
    WorkRelationship: ("person", "company"),
    HouseholdMember: ("person", "member"),
}
"""The parties at the ends of a fact."""


def free_code(table: type[OwnershipFact | WorkRelationship | HouseholdMember], wanted: str, *, given: bool) -> str:
    """The code itself when it was ``given`` (Refusal if taken); else the first free one that begins so."""
    taken = set(table.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    if given:
        check_code(wanted, FACT_CODE_LENGTH_MAX)
        if wanted in taken:
            raise Refusal(Reason.of("id_twice", id=wanted), where="code")
        return wanted
    number = 1
    code = wanted
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code


def check_period(valid_from: date | None, valid_until: date | None) -> None:
    """Refusal for days the wrong way round."""
    if valid_from is not None and valid_until is not None and valid_until <= valid_from:
        raise Refusal(Reason.of("period_backwards", since=valid_from, until=valid_until), where="valid_until")


def check_length(field: str, text: str, most: int) -> None:
    """Refusal for a text that its column cannot keep."""
    if len(text) > most:
        raise Refusal(Reason.of("text_too_long", most=most), where=field)


def check_within(found: OwnershipFact | WorkRelationship | Registration, day: date | None) -> None:
    """Refusal for a day on which a change cannot begin, because the fact does not hold then."""
    holds = found.valid_from is None if day is None else day in found.period
    if not holds:
        reason = Reason.of("change_outside_period", on=day, since=found.valid_from, until=found.valid_until)
        raise Refusal(reason, where="valid_from")


def unit_open_on(code: str | None, on: date | None) -> Party | None:
    """The unit, if one was given; NotThere for no unit, Refusal for one that does not exist on that day."""
    if code is None:
        return None
    unit = party_of(code, PartyKind.UNIT)
    places = [p.period for p in UnitPlacement.objects.current().filter(unit=unit)]
    if not any(place.start is None if on is None else on in place for place in places):
        first, last = min(p.start or date.min for p in places), max(p.until or date.max for p in places)
        reason = Reason.of(
            "unit_not_open",
            unit=unit.name,
            on=on,
            since=None if first == date.min else first,
            until=None if last == date.max else last,
        )
        raise Refusal(reason, where="unit")
    return unit


def companies(*parties: Party) -> list[str]:
    """The codes of those parties that are companies."""
    return [each.code for each in parties if each.kind == PartyKind.COMPANY.value]


def check_ownership(company: Party, speaker: Speaker) -> None:
    """Refusal when what one source is known now to say of who owns and controls the company cannot be true on some day.

    Sources are not checked against each other: ``deciding`` chooses among them.
    """
    parties = {party.pk: party for party in (company, *_around(company))}
    told = queries.told_of_ownership({key: party.code for key, party in parties.items()}, about=company.pk)
    said: dict[str, Sequence[Any]] = {
        "holdings": told.holdings,
        "share_classes": told.share_classes,
        "shareholdings": told.shareholdings,
        "control_rights": told.control_rights,
    }
    spoken: dict[str, Any] = {name: [f for f in facts if told.speaker(f) == speaker] for name, facts in said.items()}
    kinds = {kind: [p for p in parties.values() if p.kind == kind.value] for kind in PartyKind}
    _hold_up(
        companies=[CoreCompany(p.code, p.name) for p in kinds[PartyKind.COMPANY]],
        people=[CorePerson(p.code, p.name) for p in kinds[PartyKind.PERSON]],
        **spoken,
    )


def _around(company: Party) -> Iterator[Party]:
    """Those who hold or control the company, as far as is known now."""
    for table, end, other in (
        (Holding, "owned", "owner"),
        (Shareholding, "company", "owner"),
        (ControlRight, "target", "holder"),
        (ControlRight, "target", "over"),
    ):
        known = table._default_manager.filter(known_until=None, **{end: company})
        yield from Party.objects.filter(pk__in=known.values(other))


def check_same_source(found: OwnershipFact, source: Source) -> None:
    """Refusal for a fact that another source told: nobody corrects another's word."""
    if found.register != source.register:
        raise Refusal(Reason.of("fact_of_other_source", id=found.code, register=found.register))


def check_not_over_itself(target: Party, holder: Party | None) -> None:
    """Refusal for power over oneself: the table keeps none."""
    if holder is not None and holder.pk == target.pk:
        raise Refusal(Reason.of("right_over_itself", company=target.name), where="holder")


def check_units() -> None:
    """Refusal when what is known now of all units cannot be true on some day: circles, parents in other companies."""
    known = list(UnitPlacement.objects.current().select_related("unit", "company", "parent"))
    _hold_up(
        companies=[CoreCompany(company) for company in {place.company.code for place in known}],
        units=[
            CoreUnit(
                place.unit.code,
                place.company.code,
                place.parent and place.parent.code,
                place.unit.name,
                place.period,
            )
            for place in known
        ],
    )


def _hold_up(**facts: Any) -> None:
    """Let the core check; its places name rows that nobody typed, so only the field stays."""
    try:
        World.of(**facts)
    except Refusal as refusal:
        raise Refusal(refusal.reason, where=refusal.where.rpartition(".")[2]) from None


def check_free(rows: Sequence[DatedFact], period: Period) -> None:
    """Refusal when the same is already said of some of the days."""
    taken = next((row for row in rows if row.period.overlaps(period)), None)
    if taken is not None:
        reason = Reason.of("days_taken", since=taken.valid_from, until=taken.valid_until)
        raise Refusal(reason, where="valid_from")


def nothing_from(rows: Sequence[DatedFact], until: date, at: datetime, source: Source) -> None:
    """End what holds on ``until`` and withdraw what was to begin later; Refusal where that has begun, NotThere for nothing."""
    later = [row for row in rows if row.valid_from is not None and row.valid_from >= until]
    begun = [row.valid_from for row in later if row.valid_from is not None and row.valid_from <= at.date()]
    if begun:
        raise Refusal(Reason.of("later_version_begins", since=min(begun), until=until), where="valid_until")
    running = [row for row in rows if row not in later and (row.valid_until is None or row.valid_until > until)]
    if not (later or running):
        raise NotThere
    for row in later:
        retract(row, at=at)
    for row in running:
        correct(row, at=at, valid_until=until, **said_by(source))


def audit_name(found: Party) -> str:
    """How audit names a party: a person by her subject key, anybody else by code."""
    return found.subject or found.code


def note(
    by: Actor,
    at: datetime,
    act: str,
    thing: str,
    facts: dict[str, Any],
    source: Source = NO_SOURCE,
    *,
    person: int | None = None,
) -> None:
    """Bump the version and audit, with the words of the source where there are any.

    ``person`` is the key of her whom alone the act is about, with her work: then kept worlds need not be made whole again.
    """
    number = versions.bump(queries.VERSION)
    WorldChange.objects.create(number=number, at=at, person_key=person)
    said = {"source": source.text} if source.text else {}
    audit.record(by=by, at=at, act=f"parties.{act}", thing=thing, facts={**facts, **said})


def days(found: Any) -> dict[str, str]:
    """The days of a fact as text, empty for open."""
    return {
        "valid_from": "" if found.valid_from is None else found.valid_from.isoformat(),
        "valid_until": "" if found.valid_until is None else found.valid_until.isoformat(),
    }
